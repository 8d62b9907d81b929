-- The books. Entries, postings, what happened to claims and remittances are only ever added; triggers refuse the rest.
-- Amounts are whole cents. Dates are ISO texts.

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE transitions (
  state TEXT NOT NULL, event TEXT NOT NULL, target TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (state, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE claims (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  payer TEXT NOT NULL,          -- account of the payer whose turn it is
  patient TEXT NOT NULL,        -- account of the patient
  charge INTEGER NOT NULL,      -- cents
  service_day TEXT,
  payer_number TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL            -- JSON of the claim as it was last sent or saved
) STRICT;
CREATE INDEX claims_patient ON claims (patient);

CREATE TABLE claim_events (
  number INTEGER PRIMARY KEY,
  claim TEXT NOT NULL REFERENCES claims (id),
  before TEXT NOT NULL, event TEXT NOT NULL, after TEXT NOT NULL,
  day TEXT NOT NULL, source TEXT NOT NULL, note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX claim_events_claim ON claim_events (claim);

CREATE TABLE entries (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  day TEXT NOT NULL, kind TEXT NOT NULL, memo TEXT NOT NULL, source TEXT NOT NULL,
  reverses TEXT UNIQUE REFERENCES entries (id),
  who TEXT NOT NULL, payer TEXT NOT NULL, steps TEXT NOT NULL
) STRICT;

CREATE TABLE postings (
  entry TEXT NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  place INTEGER NOT NULL,
  kind TEXT NOT NULL, owner TEXT NOT NULL,
  cents INTEGER NOT NULL,
  claim TEXT NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (entry, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX postings_claim ON postings (claim);
CREATE INDEX postings_account ON postings (kind, owner);

CREATE TABLE remittances (
  digest TEXT PRIMARY KEY,
  payer TEXT NOT NULL, trace TEXT NOT NULL, cents INTEGER NOT NULL, paid_on TEXT, posted_on TEXT NOT NULL,
  source TEXT NOT NULL, who TEXT NOT NULL, note TEXT NOT NULL, body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX remittances_trace ON remittances (payer, trace);

CREATE TABLE held_remittances (  -- read, and not posted: another file with its trace number, broken off, ...
  digest TEXT PRIMARY KEY, payer TEXT NOT NULL, trace TEXT NOT NULL, cents INTEGER NOT NULL, day TEXT NOT NULL,
  source TEXT NOT NULL, why TEXT NOT NULL, body TEXT NOT NULL
) STRICT;

CREATE TABLE claim_payments (
  remittance TEXT NOT NULL REFERENCES remittances (digest),
  ordinal INTEGER NOT NULL,
  claim TEXT REFERENCES claims (id),  -- none: it waits
  payer TEXT NOT NULL, waits TEXT NOT NULL, entry TEXT REFERENCES entries (id), denied TEXT NOT NULL, day TEXT NOT NULL,
  PRIMARY KEY (remittance, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_payments_claim ON claim_payments (claim);

CREATE TABLE matches (  -- a waiting claim payment that a person has matched since
  remittance TEXT NOT NULL, ordinal INTEGER NOT NULL, claim TEXT NOT NULL REFERENCES claims (id),
  entry TEXT REFERENCES entries (id), denied TEXT NOT NULL, day TEXT NOT NULL, who TEXT NOT NULL,
  PRIMARY KEY (remittance, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE batches (
  name TEXT PRIMARY KEY,        -- the name of the file
  partner TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('intended', 'sending', 'sent', 'confirmed', 'recalled')),
  interchange INTEGER NOT NULL, day TEXT NOT NULL, sha256 TEXT NOT NULL, body BLOB NOT NULL,
  UNIQUE (partner, interchange)
) STRICT;

CREATE TABLE batch_claims (
  batch TEXT NOT NULL REFERENCES batches (name), claim TEXT NOT NULL REFERENCES claims (id), payer TEXT NOT NULL,
  PRIMARY KEY (batch, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_claims_claim ON batch_claims (claim);

CREATE TABLE control_numbers (partner TEXT NOT NULL, kind TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (partner, kind))
  STRICT, WITHOUT ROWID;

CREATE TABLE calls (key TEXT PRIMARY KEY, action TEXT NOT NULL, digest TEXT NOT NULL, result TEXT NOT NULL, day TEXT NOT NULL) STRICT;

-- What is in the books stays in the books.
CREATE TRIGGER entries_keep BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;
CREATE TRIGGER postings_keep BEFORE UPDATE ON postings BEGIN SELECT RAISE(ABORT, 'postings are never changed'); END;
CREATE TRIGGER postings_stay BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'postings are never removed'); END;
CREATE TRIGGER events_keep BEFORE UPDATE ON claim_events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON claim_events BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
CREATE TRIGGER remittances_keep BEFORE UPDATE ON remittances BEGIN SELECT RAISE(ABORT, 'remittances are never changed'); END;
CREATE TRIGGER remittances_stay BEFORE DELETE ON remittances BEGIN SELECT RAISE(ABORT, 'remittances are never removed'); END;
CREATE TRIGGER payments_keep BEFORE UPDATE ON claim_payments BEGIN SELECT RAISE(ABORT, 'payments are never changed'); END;
CREATE TRIGGER payments_stay BEFORE DELETE ON claim_payments BEGIN SELECT RAISE(ABORT, 'payments are never removed'); END;
CREATE TRIGGER claims_stay BEFORE DELETE ON claims BEGIN SELECT RAISE(ABORT, 'claims are never removed'); END;
CREATE TRIGGER batches_stay BEFORE DELETE ON batches BEGIN SELECT RAISE(ABORT, 'batches are never removed'); END;
CREATE TRIGGER numbers_rise BEFORE UPDATE ON control_numbers WHEN new.last <= old.last
BEGIN SELECT RAISE(ABORT, 'control numbers never repeat'); END;

-- An entry exists only when its postings sum to 0, and afterwards nothing is added to it.
CREATE TRIGGER entries_balance BEFORE INSERT ON entries
WHEN (SELECT coalesce(sum(cents), 1) FROM postings WHERE entry = new.id) <> 0
BEGIN SELECT RAISE(ABORT, 'the postings of an entry sum to 0.00'); END;
CREATE TRIGGER postings_closed BEFORE INSERT ON postings
WHEN EXISTS (SELECT 1 FROM entries WHERE id = new.entry)
BEGIN SELECT RAISE(ABORT, 'nothing is added to an entry'); END;

-- Only what stands in the table of transitions can happen to a claim.
CREATE TRIGGER events_permitted BEFORE INSERT ON claim_events
WHEN NOT EXISTS (SELECT 1 FROM transitions WHERE state = new.before AND event = new.event AND target = new.after)
  OR (SELECT state FROM claims WHERE id = new.claim) IS NOT new.before
BEGIN SELECT RAISE(ABORT, 'that cannot happen to a claim in this state'); END;
CREATE TRIGGER events_move AFTER INSERT ON claim_events
BEGIN UPDATE claims SET state = new.after WHERE id = new.claim; END;
CREATE TRIGGER claims_move BEFORE UPDATE OF state ON claims
WHEN new.state <> old.state
  AND (SELECT after FROM claim_events WHERE claim = new.id ORDER BY number DESC LIMIT 1) IS NOT new.state
BEGIN SELECT RAISE(ABORT, 'a state changes only by an event'); END;
CREATE TRIGGER claims_begin BEFORE INSERT ON claims WHEN new.state NOT IN ('draft', 'held', 'ready')
BEGIN SELECT RAISE(ABORT, 'a claim begins as a draft, held or ready'); END;

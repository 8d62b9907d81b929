"""Reading an 837 down to the claim: submitter, billing provider, subscriber, patient (loops 1000A to 2010CA)."""

from __future__ import annotations

from dataclasses import replace

from nosology.model.claim import Envelope, Patient, Subscriber
from nosology.model.claim_parts import Contact, Party
from nosology.x12.claim_837_order import PROVIDER_TAXONOMY
from nosology.x12.claim_837_read_parts import party
from nosology.x12.claim_837_state import BillingLevel, Reading, SubscriberLevel, Table
from nosology.x12.quick import quick
from nosology.x12.values import parse_day

__all__ = [
    "HEADER",
    "LEVEL_TABLES",
    "PARTY",
    "close_level",
    "close_party",
    "header",
    "read_hl",
    "read_nm1",
    "read_prv",
    "read_to_party",
]

_PATIENT_OF, _INSURED = quick(Patient), quick(Subscriber)
_MANY = 512  # levels that are remembered by their HL01
_OWN = frozenset({"IL", "QC", "QD"})  # parties that are seldom the same in two claims


# -- parties


def read_nm1(r: Reading, text: str) -> None:
    """NM1: a new party in the loop at hand."""
    if r.party_texts is not None:
        close_party(r)
    r.party_texts = [text]
    r.party_at = None
    role = r.party_role = text.split(r.element_separator, 2)[1] if r.element_separator in text else ""
    r.party_started = (r.run, r.index)
    if r.pending_taxonomy and _kind_of(r, r.pending_taxonomy) == PROVIDER_TAXONOMY.get(role):
        r.party_texts.append(r.pending_taxonomy)
        r.pending_taxonomy = ""


def read_to_party(r: Reading, text: str) -> None:
    """N3, N4, REF, PER: belongs to the party at hand."""
    if r.party_texts is None:
        r.note_unplaced_segment(text.partition(r.element_separator)[0])
    else:
        r.party_texts.append(text)


def read_prv(r: Reading, text: str) -> None:
    """PRV: the taxonomy of the party at hand; if that cannot be, of the next that it fits."""
    kind = _kind_of(r, text)
    expected = PROVIDER_TAXONOMY.get(r.party_role)
    if r.party_texts is not None and (expected == kind or expected is None or kind not in _KINDS):
        r.party_texts.append(text)
    else:
        if r.pending_taxonomy:
            r.note_unplaced_segment("PRV")
        r.pending_taxonomy = text


_KINDS = frozenset(PROVIDER_TAXONOMY.values())


def _kind_of(r: Reading, text: str) -> str:
    return [*text.split(r.element_separator, 2), ""][1]


def close_party(r: Reading) -> None:
    """Make the party at hand and give it to its loop."""
    texts = r.party_texts
    if texts is None:
        return
    r.party_texts = None
    if r.party_role in _OWN:
        r.party_at = r.party_started
        made = party(r, texts)
        r.party_at = None
    else:
        key = tuple(texts)
        found = r.known_parties.get(key)
        if found is None:
            before = len(r.findings)
            r.party_at = r.party_started
            found = party(r, texts)
            r.party_at = None
            if len(r.findings) == before:
                if len(r.known_parties) > 4096:
                    r.known_parties.clear()
                r.known_parties[key] = found
        made = found
    r.party_role = ""
    r.parties.append(made)


def _first(r: Reading, role: str) -> Party | None:
    """The first party of the loop in that role; a second one is noted."""
    found = None
    for each in r.parties:
        if each.role == role:
            if found is None:
                found = each
            else:
                r.note(
                    "x12.837.second_party", f"a second party {role} of one loop is not kept", "NM1", segment_error="5"
                )
    return found


# -- levels


def read_hl(r: Reading, text: str) -> None:
    """HL: a new level; its parent is looked up, so that levels may stand in any order."""
    close_level(r)
    e = [*text.split(r.element_separator), "", "", "", ""]
    r.head = {}
    r.parties = []
    r.level, r.level_id = e[3], e[1]
    if e[3] == "20":
        r.billing, r.billing_id = None, e[1]
        r.subscriber = None
        r.patient = r.patient_contact = None
        r.table = _BILLING
    elif e[3] == "22":
        if e[2] != r.billing_id:
            above = r.levels.get(e[2])
            if isinstance(above, BillingLevel):
                r.billing, r.billing_id = above, e[2]
            else:
                _note_parent(r)
        r.subscriber, r.subscriber_id = None, e[1]
        r.patient = r.patient_contact = None
        r.table = _SUBSCRIBER
    elif e[3] == "23":
        if e[2] != r.subscriber_id:
            level = r.levels.get(e[2])
            if isinstance(level, SubscriberLevel):
                r.subscriber, r.subscriber_id = level, e[2]
                r.billing = level.above
            else:
                _note_parent(r)
        r.patient = r.patient_contact = None
        r.table = _PATIENT
    else:
        r.note("x12.837.hierarchy", "HL03 names no level of a claim; its loop is not kept", "HL", 3, element_error="7")
        r.level = ""
        r.table = _SUBSCRIBER


def _note_parent(r: Reading) -> None:
    r.note(
        "x12.837.hierarchy",
        "HL02 does not name the level above; the last such level is taken",
        "HL",
        2,
        element_error="7",
    )


def close_level(r: Reading) -> None:
    """Make what the open level says (billing provider, subscriber or patient)."""
    close_party(r)
    if r.pending_taxonomy and r.level:
        r.note_unplaced_segment("PRV")
        r.pending_taxonomy = ""
    if r.level == "20":
        _close_billing(r)
    elif r.level == "22":
        _close_subscriber(r)
    elif r.level == "23":
        _close_patient(r)
    if r.level:
        r.level = ""
        r.head = {}
        r.parties = []


def _remember(r: Reading, level: BillingLevel | SubscriberLevel) -> None:
    if len(r.levels) > _MANY:
        kept = r.levels.get(r.billing_id)
        r.levels.clear()
        if kept is not None:
            r.levels[r.billing_id] = kept
    r.levels[r.level_id] = level


def _close_billing(r: Reading) -> None:
    billing = _first(r, "85") or next((each for each in r.parties if each.role not in {"87", "PE"}), None)
    currency = r.head.get("CUR")
    r.billing = BillingLevel(
        billing or Party("85"), _first(r, "87"), _first(r, "PE"), currency[2] if currency is not None else ""
    )
    _note_strangers(r, {"85", "87", "PE"})
    _remember(r, r.billing)


def _note_strangers(r: Reading, known: set[str]) -> None:
    for each in r.parties:
        if each.role not in known:
            r.note(
                "x12.837.unplaced_party",
                "a party has no place in this loop and is not kept",
                "NM1",
                1,
                segment_error="2",
            )


def _person(r: Reading, who: Party, relationship: str) -> Patient:
    birth = death = None
    weight = None
    sex = ""
    pregnant = False
    dmg = r.head.get("DMG")
    if dmg is not None:
        r.expect(dmg[1], "D8", "DMG", 1)
        if dmg[2]:
            birth = parse_day(dmg[2])
            if birth is None:
                r.note_value("DMG", 2, dmg[2], "a date", "8")
        sex = dmg[3]
    pat = r.head.get("PAT")
    if pat is not None:
        r.expect(pat[5], "D8", "PAT", 5)
        r.expect(pat[7], "01", "PAT", 7)
        r.expect(pat[9], "Y N", "PAT", 9)
        if pat[6]:
            death = parse_day(pat[6])
            if death is None:
                r.note_value("PAT", 6, pat[6], "a date", "8")
        weight = r.number(pat[8], "PAT", 8)
        pregnant = pat[9] == "Y"
    return _PATIENT_OF(who, relationship, birth, sex, death, weight, pregnant)


def _close_subscriber(r: Reading) -> None:
    if r.billing is None:
        r.note("x12.837.hierarchy", "a subscriber without a billing provider", "HL", segment_error="7")
        r.billing = BillingLevel(Party("85"))
    insured = _first(r, "IL") or Party("IL")
    payer = _first(r, "PR") or Party("PR")
    dependent = _first(r, "QC")
    _note_strangers(r, {"IL", "PR", "QC", "QD"})
    sbr = r.head.get("SBR") or [""] * 26
    contact: Contact | None = None
    bare = insured
    if insured.contacts:
        contact = insured.contacts[0]
        bare = replace(insured, contacts=insured.contacts[1:])
    person = _person(r, bare, "18")
    own = _INSURED(person, payer, sbr[1], sbr[2], sbr[3], sbr[4], sbr[5], sbr[9])
    for_patients = own if contact is None else replace(own, person=replace(person, party=insured))
    level = SubscriberLevel(r.billing, own, for_patients, contact)
    level.responsible = _first(r, "QD")
    if dependent is not None:
        r.note("x12.837.hierarchy", "the patient stands in the loop of the subscriber", "NM1", segment_error="2")
        pat = r.head.get("PAT")
        level.patient = Patient(dependent, pat[1] if pat is not None else "")
    r.subscriber = level
    _remember(r, level)


def _close_patient(r: Reading) -> None:
    if r.subscriber is None:
        r.note("x12.837.hierarchy", "a patient without a subscriber", "HL", segment_error="7")
        billing = r.billing or BillingLevel(Party("85"))
        nobody = Subscriber(Patient(Party("IL")), Party("PR"), "", "")
        r.subscriber = SubscriberLevel(billing, nobody, nobody, None)
    who = _first(r, "QC") or Party("QC")
    _note_strangers(r, {"QC", "QD"})
    r.subscriber.responsible = _first(r, "QD") or r.subscriber.responsible
    contact: Contact | None = None
    if who.contacts:
        contact = who.contacts[0]
        who = replace(who, contacts=who.contacts[1:])
    pat = r.head.get("PAT")
    r.patient = _person(r, who, pat[1] if pat is not None else "")
    r.patient_contact = contact


def _read_head(r: Reading, text: str) -> None:
    """SBR, PAT, DMG, CUR: kept until the level is closed."""
    e = r.split(text)
    if e[0] in r.head:
        r.note_unplaced_segment(e[0])
    else:
        r.head[e[0]] = e


def _read_ahead_of_party(r: Reading, text: str) -> None:
    """PRV of the billing provider, which stands before its name."""
    if r.party_texts is not None:
        read_prv(r, text)
    elif r.pending_taxonomy:
        r.note_unplaced_segment("PRV")
    else:
        r.pending_taxonomy = text


# -- the header


def _read_bht(r: Reading, text: str) -> None:
    r.bht = r.split(text)


def _read_st(r: Reading, text: str) -> None:
    """ST: nothing that the transaction does not say."""


def _read_header_ref(r: Reading, text: str) -> None:
    """REF of a party; that of 4010 headers (87) repeats the guide."""
    if _kind_of(r, text) != "87":
        read_to_party(r, text)


def header(r: Reading) -> Envelope:
    """The envelope of the transaction set, from its header and what surrounds it."""
    close_party(r)
    transaction = r.transaction
    assert transaction is not None
    isa, gs = transaction.interchange.header, transaction.group.header
    bht = r.bht or [""] * 26
    made = Envelope(
        submitter=_first(r, "41") or Party("41"),
        receiver=_first(r, "40") or Party("40"),
        reference=bht[3],
        created=bht[4] + bht[5],
        kind=bht[6],
        purpose=bht[2],
        usage=isa[15],
        interchange_control=isa[13],
        group_control=gs[6],
        transaction_control=transaction.control,
        sender_qualifier=isa[5],
        sender_id=isa[6],
        receiver_qualifier=isa[7],
        receiver_id=isa[8],
        group_sender=gs[2] if gs[2] != isa[6] else "",
        group_receiver=gs[3] if gs[3] != isa[8] else "",
    )
    r.parties = []
    return made


PARTY: Table = {"N3": read_to_party, "N4": read_to_party, "REF": read_to_party, "PER": read_to_party, "PRV": read_prv}
"""What belongs to a party once it has begun."""

_BILLING: Table = {**PARTY, "PRV": _read_ahead_of_party, "CUR": _read_head, "NM1": read_nm1}
_SUBSCRIBER: Table = {**PARTY, "SBR": _read_head, "PAT": _read_head, "DMG": _read_head, "NM1": read_nm1}
_PATIENT: Table = {**PARTY, "PAT": _read_head, "DMG": _read_head, "NM1": read_nm1}
HEADER: Table = {**PARTY, "ST": _read_st, "REF": _read_header_ref, "BHT": _read_bht, "NM1": read_nm1}
LEVEL_TABLES: tuple[Table, ...] = (HEADER, _BILLING, _SUBSCRIBER, _PATIENT)
"""The tables above the claim; what ends a level is added where all tables meet."""

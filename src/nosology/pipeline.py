"""The walk in code: ``code_note`` takes a document to suggested codes with evidence; ``lookup`` and ``search``
open the books.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from os.path import isfile
from pathlib import Path
from typing import TYPE_CHECKING

from nosology.codes.drugs import open_drug_table
from nosology.codes.home import data_home, releases_changed
from nosology.codes.icd10cm import Icd10cmCode, open_icd10cm
from nosology.coding.calibration import load_calibration
from nosology.coding.calibrator import Calibrator
from nosology.coding.features import FeatureReader
from nosology.coding.gate import set_gate
from nosology.coding.index import Context
from nosology.coding.persons import well_visit_age
from nosology.coding.present import present_draft
from nosology.coding.procedures import CONTRIBUTORS, ServiceDesk, add_services
from nosology.coding.substances import Substances
from nosology.coding.suggest import Coder
from nosology.errors import UsageError
from nosology.lexicon.store import open_lexicon
from nosology.model.coding import CodedNote
from nosology.model.encounter import Setting
from nosology.model.note import Document, Note
from nosology.notes.annotate import annotate_asserted
from nosology.notes.indicators import IndicatorReader
from nosology.notes.wrapped import read_unwrapped
from nosology.rules.loader import find_rule

if TYPE_CHECKING:  # what only some calls need is imported by them, so that coding a note starts sooner
    from nosology.claims.price import Terms
    from nosology.claims.prior import PriorPayment
    from nosology.coding.calibration import Calibration
    from nosology.coding.exhaustive import PhraseBook
    from nosology.coding.features import ChartReading
    from nosology.coding.procedures.desk import Asserted
    from nosology.coding.ranker import ExhaustiveModel
    from nosology.coding.suggest import Draft
    from nosology.coding.train import Example
    from nosology.edits.desk import Books
    from nosology.edits.site import Site
    from nosology.ledger.settle import Settlement
    from nosology.lexicon.lexicon import Tokens
    from nosology.lexicon.search import Searcher, SearchHit
    from nosology.model.billing import Bill
    from nosology.model.claim import Claim, Envelope
    from nosology.model.coverage import Coverage, Practice
    from nosology.model.encounter import Encounter
    from nosology.model.finding import Finding
    from nosology.model.ledger import Entry
    from nosology.model.remittance import Remittance

__all__ = [
    "bill_encounter",
    "check_encounter",
    "code_note",
    "find_calibration",
    "load_coder",
    "lookup",
    "read_chart",
    "read_example",
    "search",
    "settle_claim",
    "train_ranker",
]

_SEARCHERS: dict[int, Searcher] = {}
_CODERS: dict[tuple[str, str, str, str], Coder] = {}
_BOOKS: dict[int, PhraseBook] = {}
_MOST_CALIBRATORS = 64
_CALIBRATORS: dict[tuple[int, float], Calibrator] = {}
_READERS: dict[int, FeatureReader] = {}
_GARBAGE = 20_000  # containers more than were let go, before the collector looks: a note makes hardly any garbage
_IN_FORCE: dict[tuple[date | None, Path, int], Coder] = {}


def load_coder(
    on: date | None, *, home: Path | None = None, progress: Callable[[int, int, str], None] | None = None
) -> Coder:
    """Return the coder for the release in force on the date (None: the newest), loaded once. Raises ReleaseNotFound."""
    folder = home or data_home()
    changed = releases_changed(folder)
    coder = _IN_FORCE.get((on, folder, changed))
    if coder is None:
        icd = open_icd10cm(on=on, home=home, progress=progress)
        lexicon = open_lexicon(icd, on=on, home=home, progress=progress)
        table = open_drug_table(on=on, home=home)
        key = (icd.release.name, icd.release.sha256, lexicon.digest, table.release.sha256 if table else "")
        coder = _CODERS.get(key)
        if coder is None:
            coder = _CODERS[key] = Coder(icd, lexicon, Substances(table or ()))
            gc.freeze()  # what was loaded stays: the collector need not look at it again for every batch of notes
            often, *rest = gc.get_threshold()
            gc.set_threshold(max(often, _GARBAGE), *rest)
        _IN_FORCE[(on, folder, changed)] = coder
    return coder


@read_unwrapped
def code_note(
    document: Document,
    *,
    setting: str | Setting,
    on: date,
    sex: str | None = None,
    age: int | None = None,
    scope: str = "reportable",
    home: Path | None = None,
    suggest_at: float | None = None,
    autonomous_at: float | None = None,
) -> CodedNote:
    """Return the suggested codes of ``document`` for the setting and date of service.

    ``scope`` "reportable" is what a coder would report, "all" every condition, sign and symptom present. ``sex`` is
    "F" or "M",
    ``age`` in years. ``suggest_at`` is the probability below which a code is not suggested, ``autonomous_at`` the one
    from which a chart passes the gate; None takes what the calibration says. Raises ReleaseNotFound where no release
    is in force on the date, UnreadableInput for a damaged model of the site.
    """
    setting = Setting(setting)
    home = home or data_home()
    coder = load_coder(on, home=home)
    tokens = coder.lexicon.tokens(document.text)
    note, assertions = annotate_asserted(document, lexicon=coder.lexicon, tokens=tokens)
    draft = coder.draft(note, tokens, setting=setting, on=on, sex=(sex or "").upper(), age=age, scope=scope)
    if scope == "all":
        book = _phrase_book(coder, home)
        if book is not None:
            from nosology.coding.exhaustive import rank_exhaustive

            ruled = _ruled(coder, note, tokens, on, sex=(sex or "").upper(), age=age)
            draft = rank_exhaustive(draft, ruled, note, tokens, book, assertions.of)
        ranker = book.model.provenance.get("source", "a trained ranker") if book is not None else ""
        coded = present_draft(draft, note, coder.icd, (), setting=setting, on=on, scope=scope, ranker=ranker)
        if setting is not Setting.INPATIENT:
            return coded
        return _with_services(coded, coder, draft, tokens, assertions.of, sex=sex, age=age, home=home)
    queries, findings = coder.queries(draft, note, IndicatorReader(note, assertions.of), on=on)
    calibrator = _calibrator(coder, home, suggest_at)
    row = calibrator.reader.read_chart(draft, note, len(queries)) if calibrator is not None else ()
    coded = present_draft(
        draft, note, coder.icd, queries, findings, setting=setting, on=on, scope=scope, calibrator=calibrator
    )
    chances = [s.confidence.probability for s in coded.suggestions if s.confidence is not None]
    coded = _with_services(coded, coder, draft, tokens, assertions.of, sex=sex, age=age, home=home)
    if calibrator is not None:
        threshold = autonomous_at if autonomous_at is not None else calibrator.model.autonomous_at
        probability = round(calibrator.model.chart_probability(chances, row), 4)
        coded = set_gate(coded, probability, autonomous_at=threshold, source=calibrator.model.source)
    return coded


def _ruled(coder: Coder, note: Note, tokens: Tokens, on: date, *, sex: str = "", age: int | None = None) -> Draft:
    """Return what the guidelines make of a note, for the view that codes every condition.

    They are always those for inpatients, as uncertain diagnoses count in that view, and as the ranker was trained.
    """
    return coder.draft(note, tokens, setting=Setting.INPATIENT, on=on, sex=sex, age=age, scope="reportable")


def _with_services(
    coded: CodedNote,
    coder: Coder,
    draft: Draft,
    tokens: Tokens,
    asserted: Asserted,
    *,
    sex: str | None,
    age: int | None,
    home: Path | None,
) -> CodedNote:
    """Return the coded note with what was done, given and supplied, as its setting codes it."""
    if draft.withheld or not CONTRIBUTORS[coded.setting]:
        return coded
    desk = ServiceDesk(
        note=coded.note,
        tokens=tokens,
        lexicon=coder.lexicon,
        asserted=asserted,
        setting=coded.setting,
        on=coded.on,
        scope=coded.scope,
        sex=(sex or "").upper() or draft.chart.known_sex,
        age=draft.chart.age if draft.chart.age is not None else well_visit_age(coded.note),
        diagnoses=coded.suggestions,
        home=home,
    )
    return add_services(coded, desk)


def find_calibration(*, home: Path | None = None) -> Calibration | None:
    """Return the calibration of scope "reportable": the site's own if it has one, else the packaged one.

    Raises UnreadableInput for a damaged file.
    """
    own = _own_calibration(home or data_home())
    return load_calibration(own if isfile(own) else None)


@lru_cache(maxsize=8)
def _own_calibration(folder: Path) -> Path:
    return folder / "models" / "reportable.json"


def _calibrator(coder: Coder, home: Path | None, suggest_at: float | None) -> Calibrator | None:
    """Return the calibration made ready for a coder; ``suggest_at`` None takes its own threshold."""
    model = find_calibration(home=home)
    if model is None:
        return None
    key = (id(coder), model.suggest_at if suggest_at is None else suggest_at)
    known = _CALIBRATORS.get(key)
    if known is None or known.model is not model:
        if len(_CALIBRATORS) > _MOST_CALIBRATORS:
            _CALIBRATORS.clear()
        known = _CALIBRATORS[key] = Calibrator(model, coder.icd, coder.instructions, _feature_reader(coder), key[1])
    return known


def _feature_reader(coder: Coder) -> FeatureReader:
    reader = _READERS.get(id(coder))
    if reader is None:
        rule = find_rule("IV.J-reportable")
        reader = _READERS[id(coder)] = FeatureReader(coder.icd, rule.data["chronic"] if rule is not None else ())
    return reader


def _phrase_book(coder: Coder, home: Path | None) -> PhraseBook | None:
    """Return the ranker of the exhaustive view: the site's own if it has trained one, else the packaged one."""
    from nosology.coding.exhaustive import PhraseBook
    from nosology.coding.ranker import load_exhaustive_model

    own = (home or data_home()) / "models" / "exhaustive.json"
    model = load_exhaustive_model(own if own.is_file() else None)
    if model is None:
        return None
    book = _BOOKS.get(id(coder))
    if book is None or book.model is not model:
        book = _BOOKS[id(coder)] = PhraseBook(model, coder.lexicon, coder.icd)
    return book


def read_example(
    document: Document, gold: Iterable[str], *, on: date, home: Path | None = None, superseded: Iterable[str] = ()
) -> Example:
    """Return a chart as the ranker's training sees it: phrases, what the engine saw, ``gold`` codes of the coders and
    ``superseded`` ones, which the release no longer has.
    """
    from nosology.coding.phrases import find_phrases
    from nosology.coding.sightings import GeneralNames, read_otherwise, see_codes
    from nosology.coding.superseded import bring_forward
    from nosology.coding.train import Example

    coder = load_coder(on, home=home)
    tokens = (lexicon := coder.lexicon).tokens(document.text)
    note, assertions = annotate_asserted(document, lexicon=lexicon, tokens=tokens)
    draft = coder.draft(note, tokens, setting=Setting.OUTPATIENT, on=on, sex="", age=None, scope="all")
    found = find_phrases(document.text, tokens, lexicon, note.sentences, assertions.of, None)
    general = GeneralNames(lexicon, coder.walk).find(draft, tokens)
    others = read_otherwise(draft, _ruled(coder, note, tokens, on), general, coder.walk)
    forward = bring_forward(superseded, frozenset(c.code for c in draft.candidates), coder.icd)
    return Example(
        phrases=frozenset(phrase.words for phrase in found),
        sightings=tuple(see_codes(draft, general, others, tokens).values()),
        gold=forward.gold.union(gold),
        superseded=forward.unknown,
        accepted=forward.accepted,
        length=len(document.text),
    )


def read_chart(
    document: Document,
    *,
    setting: str | Setting,
    on: date,
    sex: str | None = None,
    age: int | None = None,
    home: Path | None = None,
) -> ChartReading:
    """Return a chart as the calibration sees it: suggested codes, their features, and those of the chart."""
    from nosology.coding.alternatives import find_rejected
    from nosology.coding.evidence import EvidenceReader
    from nosology.coding.features import ChartReading
    from nosology.coding.present import plain_score

    coder = load_coder(on, home=home)
    tokens = coder.lexicon.tokens(document.text)
    note, assertions = annotate_asserted(document, lexicon=coder.lexicon, tokens=tokens)
    draft = coder.draft(
        note, tokens, setting=Setting(setting), on=on, sex=(sex or "").upper(), age=age, scope="reportable"
    )
    queries, _findings = coder.queries(draft, note, IndicatorReader(note, assertions.of), on=on)
    rejected = find_rejected(draft)
    evidence = EvidenceReader(note, [*draft.candidates, *draft.dropped])
    for candidate in draft.candidates:
        evidence.of(candidate)
    reader = _feature_reader(coder)
    return ChartReading(
        id=document.id,
        codes=tuple(c.code for c in draft.candidates),
        rows=tuple(reader.read_codes(draft, note, evidence.cared, rejected)),
        chart_row=reader.read_chart(draft, note, len(queries)),
        plain=tuple(plain_score(c) for c in draft.candidates),
        offered=tuple(tuple(other.code for other in each) for each in rejected),
    )


def train_ranker(examples: Sequence[Example], *, on: date, source: str, home: Path | None = None) -> ExhaustiveModel:
    """Return the ranker trained on ``examples``; ``source`` names the gold file. Raises UsageError where it cannot
    be.
    """
    from nosology.coding.train import train_exhaustive, words_shared

    coder = load_coder(on, home=home)
    lexicon, icd = coder.lexicon, coder.icd

    def title_of(code: str) -> str:
        return icd.title(code) if code in icd else ""

    provenance = {"source": source, "release": icd.release.name, "on": on.isoformat()}
    return train_exhaustive(examples, words_shared(lexicon, title_of), title_of, provenance)


def check_encounter(
    encounter: Encounter,
    *,
    on: date,
    home: Path | None = None,
    books: Books | None = None,
    site: Site | None = None,
    only: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """Return the findings of every edit in force, with those of the Medicare Code Editor for a stay. Never raises.

    The parts are :func:`nosology.edits.check.check_encounter` and :func:`nosology.grouping.mce_findings.find_mce`.
    """
    from nosology.edits.check import check_encounter as run_edits
    from nosology.grouping.mce_findings import find_mce

    more = find_mce(encounter, on=on) if encounter.setting == "inpatient" else ()
    return run_edits(encounter, on=on, home=home, books=books, site=site, only=only, more=more)


def bill_encounter(
    encounter: Encounter,
    coverages: Sequence[Coverage] = (),
    practice: Practice | None = None,
    *,
    on: date,
    form: str = "",
    payer: int = 0,
    prior: Sequence[PriorPayment] = (),
    claim_id: str = "",
    envelope: Envelope | None = None,
    terms: Terms | None = None,
    strict: bool = True,
    home: Path | None = None,
    books: Books | None = None,
    site: Site | None = None,
) -> Bill:
    """Return the claims of an encounter for one payer, edited, grouped, priced and scrubbed: may they leave?

    ``payer`` counts in order of responsibility, ``prior`` holds what the earlier payers decided; ``terms`` say how the
    provider is paid (without them no price). ``envelope`` is put on the claims and scrubbed with them; what passes is
    written and held against the guide. With ``strict`` an edit whose table is not installed stops the claim; without
    it, it warns. Overrides of the encounter count for every finding. Raises UsageError where there is no such payer.
    """
    from dataclasses import replace

    from nosology.claims.build import build_claim, form_of, make_envelope, responsibility_order
    from nosology.claims.price import expect_payment
    from nosology.edits.check import accept_findings
    from nosology.edits.claim_check import check_claim
    from nosology.grouping.msdrg import assign_drg
    from nosology.model.billing import Bill
    from nosology.model.claim import ClaimForm
    from nosology.model.finding import Severity
    from nosology.x12.claim_837_judge import judge_claims

    chosen = ClaimForm(form.upper()) if form else form_of(encounter)
    edits = check_encounter(encounter, on=on, home=home, books=books, site=site)
    if not strict:
        edits = tuple(replace(e, severity=Severity.WARNING) if e.rule == "edit.not-run" else e for e in edits)
    stay = encounter.setting is Setting.INPATIENT
    drg = assign_drg(encounter, on=on, dotted=True) if stay else None
    group = drg.drg if drg is not None and drg.drg not in ("", "998", "999") else ""
    claims, building = build_claim(
        encounter, coverages, practice, form=chosen, payer=payer, prior=prior, claim_id=claim_id, drg=group
    )
    practice = practice or (encounter.registration.practice if encounter.registration else None)
    if envelope is None and practice is not None:
        envelope = make_envelope(practice, reference=claim_id or encounter.id, created=f"{on:%Y%m%d}0000")
    claims = tuple(replace(each, envelope=envelope) for each in claims)
    order = responsibility_order(encounter, coverages)
    scrub = tuple(
        finding
        for each in claims
        for finding in check_claim(
            each,
            on=on,
            coverage=order[payer] if order else 0,
            others=[place for n, place in enumerate(order) if n != payer],
            overrides=encounter.overrides,
            site=site,
        )
    )
    if not any(each.severity is Severity.ERROR and each.override is None for each in (*building, *scrub)):
        scrub += accept_findings(judge_claims(claims, on=on), encounter.overrides)
    return Bill(
        encounter=encounter.id,
        on=on,
        claims=claims,
        edits=edits,
        building=accept_findings(building, encounter.overrides),
        scrub=tuple(dict.fromkeys(scrub)),
        drg=drg,
        expected=expect_payment(encounter, terms, on=on, drg=group) if terms is not None else None,
    )


def settle_claim(
    claim: Claim,
    remittance: Remittance,
    *,
    on: date,
    entries: Sequence[Entry] = (),
    unsound: frozenset[str] = frozenset(),
) -> Settlement:
    """Return what a remittance does to the books of one claim: entries that balance, and what was noticed.

    ``entries`` are those that stand in the books (none: the claim's charges are taken as open); ``on`` is the day of
    posting; ``unsound`` names claims (CLP01) that the reader found wrong. Payments that do not fit the claim are kept
    apart, never lost. Nothing is stored: that is for ``actions.billing``.
    """
    from nosology.ledger.balance import claim_positions, position_of
    from nosology.ledger.match import ClaimIndex
    from nosology.ledger.settle import Standing, settle_remittance

    positions = claim_positions(entries)
    standing = Standing(
        ClaimIndex([claim]).match,
        lambda name: positions.get(name) or position_of(claim),
        lambda name: [each for each in entries if name in each.claims],
    )
    return settle_remittance(remittance, standing, on=on, unsound=unsound)


def lookup(code: str, *, on: date | None = None, home: Path | None = None) -> Icd10cmCode:
    """Return what the release in force (None: the newest) says of ``code``. Raises UnknownCode."""
    return open_icd10cm(on=on, home=home).get(code)


def search(
    query: str,
    *,
    system: str = "icd10cm",
    limit: int = 10,
    on: date | None = None,
    home: Path | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> list[SearchHit]:
    """Return the codes that answer ``query``, best first, each with code, title, score and the term that was met.

    Raises UsageError for an empty query or a code set that cannot be searched, ReleaseNotFound for one not installed.
    """
    if limit < 1:
        raise UsageError("the limit must be 1 or more")
    if system != "icd10cm":
        from nosology.lexicon.book_search import search_titles

        return search_titles(query, system=system, limit=limit, on=on, home=home, progress=progress)
    coder = load_coder(on, home=home, progress=progress)
    searcher = _SEARCHERS.get(id(coder))
    if searcher is None:
        from nosology.lexicon.search import Searcher

        nothing = Context(frozenset())

        def default_code(node: str) -> str | None:
            refined = coder.walk.refine(node, nothing)
            return refined.code if refined else None

        searcher = _SEARCHERS[id(coder)] = Searcher(coder.icd, coder.lexicon, default_code)
        gc.freeze()
    return searcher.search(query, limit=limit)

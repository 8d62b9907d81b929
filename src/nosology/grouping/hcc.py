"""CMS-HCC risk scores: diagnoses to categories, hierarchies, interactions, coefficients; raw, with every step.

The engine is ours, over the published tables (:mod:`nosology.grouping.hcc_tables`).

Source: CMS, Advance Notices and Rate Announcements; 2026 model software for V24, V28, ESRD V24 and RxHCC V08.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from nosology.grouping.hcc_demographics import Beneficiary, read_beneficiary
from nosology.grouping.hcc_interactions import find_interactions
from nosology.grouping.hcc_tables import DIALYSIS, HEART_FAILURE, MODELS, HccTables, open_hcc_tables
from nosology.model.encounter import Encounter, HccProfile
from nosology.model.grouping import HccResult
from nosology.model.trace import Step

__all__ = ["MODELS", "add_up", "score_hcc", "score_hccs"]

_WITHOUT_PREFIX = ("FGC_", "FGI_", "LTI_GE65", "LTI_LT65")
_UNVERIFIED = (
    "the 2026 table carries two sets of RxHCC coefficients under the same names; do not use this score for payment"
)


def score_hcc(encounter: Encounter, *, model: str = "V28") -> HccResult:
    """Return the categories and the raw score of the encounter's beneficiary (no normalization, no coding intensity).

    ``model`` is V24, V28, RX_V08 or ESRD_V24. Diagnoses may stand with or without the point, in any case, more than
    once; a code that maps to nothing, valid or not, counts nothing.

    Raises:
        UsageError: unknown model, or age or sex is missing.
        ReleaseNotFound: no tables for the payment year of the profile.
    """
    profile = encounter.hcc or HccProfile()
    tables = open_hcc_tables(model, profile.payment_year)
    who = read_beneficiary(encounter, model)
    source = f"CMS {MODELS[model]}, payment year {who.profile.payment_year}"
    steps: list[Step] = []
    found = _map_diagnoses(encounter, who, tables, steps, source)
    kept = _apply_hierarchies(found, tables, steps, source)
    coefficients, demographic = add_up(who, kept, tables, steps, source)
    score = round(sum(coefficients.values()), 3)
    note = f" ({_UNVERIFIED})" if model == "RX_V08" else ""
    if model == "ESRD_V24" and not who.esrd and not who.segment().startswith("TRANSPLANT"):
        note = " (the model does not apply: neither orec nor crec says end-stage renal disease, 2 or 3)"
    steps.append(Step("score", f"{score:.3f}: raw, segment {who.segment()}{note}", source))
    return HccResult(
        encounter.id,
        model,
        who.segment(),
        tuple(kept),
        score,
        round(demographic, 3),
        tuple(coefficients.items()),
        tuple(steps),
    )


def score_hccs(encounters: Iterable[Encounter], *, model: str = "V28") -> Iterator[HccResult]:
    """The result of each encounter, in order; see :func:`score_hcc`."""
    for encounter in encounters:
        yield score_hcc(encounter, model=model)


def _map_diagnoses(
    encounter: Encounter, who: Beneficiary, tables: HccTables, steps: list[Step], source: str
) -> dict[str, list[str]]:
    """Categories with the diagnoses that lead to them.

    An age or sex edit decides on *all* categories of a code, as in the CMS macro. (The package drops only one of two,
    and which one varies from run to run.)
    """
    found: dict[str, list[str]] = {}
    for code in dict.fromkeys([each.code.strip().upper().replace(".", "") for each in encounter.diagnoses]):
        categories = tables.categories.get(code, ())
        edit = tables.edits.get(code)
        if edit is not None and categories and edit.applies(who.age, who.sex):
            categories = (edit.category,) if edit.category else ()
            to = f"HCC {edit.category} instead" if edit.category else "no category"
            steps.append(Step("edit", f"{code} at age {who.age}, sex {who.sex}: {to}", source, (code,)))
        for category in categories:
            found.setdefault(category, []).append(code)
    for category in sorted(found, key=int):
        codes = tuple(found[category])
        label = tables.labels.get(category, "")
        steps.append(Step("category", f"{', '.join(codes)} → HCC {category} {label}".rstrip(), source, codes))
    return found


def _apply_hierarchies(found: dict[str, list[str]], tables: HccTables, steps: list[Step], source: str) -> list[str]:
    """The payment categories in numerical order."""
    present = set(found)
    if tables.model == "V28" and "223" in present and present.isdisjoint(HEART_FAILURE):
        present.discard("223")
        steps.append(Step("hierarchy", "HCC 223 dropped: it counts only beside HCC 221, 222, 224, 225 or 226", source))
    if tables.model == "ESRD_V24" and not present.isdisjoint(DIALYSIS):
        for category in sorted(present & DIALYSIS, key=int):
            steps.append(
                Step("hierarchy", f"HCC {category} dropped: kidney status is in the ESRD model itself", source)
            )
        present -= DIALYSIS
    dropped: dict[str, str] = {}
    for parent in sorted(present, key=int):
        for child in tables.hierarchies.get(parent, frozenset()) & present:
            dropped.setdefault(child, parent)
    for child in sorted(dropped, key=int):
        steps.append(Step("hierarchy", f"HCC {child} dropped by HCC {dropped[child]}", source, (dropped[child], child)))
    return sorted(present.difference(dropped), key=int)


def add_up(
    who: Beneficiary, kept: list[str], tables: HccTables, steps: list[Step], source: str
) -> tuple[dict[str, float], float]:
    """Every coefficient that counts, in order (demographics, categories, interactions, number of categories), and the
    sum of the demographic ones. ``kept`` are the categories after hierarchies; each coefficient adds to ``steps``.
    """
    prefix = who.segment().lower() + "_"
    table = tables.coefficients
    counted: dict[str, float] = {}

    def count(name: str, key: str, what: str) -> float:
        value = table.get(prefix + key)
        if value is None and name.startswith(_WITHOUT_PREFIX):
            value = table.get(key)
        if value is None:
            return 0.0
        counted[name] = value
        steps.append(Step(what, f"{name} {value:+.3f}", source, (name,)))
        return value

    if who.segment().startswith("TRANSPLANT"):  # the month's amount is all there is; diagnoses do not count
        name = who.segment()
        counted[name] = table[name.lower()]
        steps.append(Step("demographics", f"{name} {counted[name]:+.3f}", source, (name,)))
        return counted, counted[name]
    if who.segment() == "GNE":
        steps += _name_uncounted_cell(who, table, source)
    demographic = 0.0
    for name, key in _demographic_keys(who):
        demographic += count(name, key, "demographics")
    group = "rxhcc" if who.model == "RX_V08" else "hcc"
    for category in kept:
        count(category, group + category, "coefficient")
    for name in find_interactions(who.model, kept, disabled=who.disabled, aged=who.aged):
        count(name, name.lower(), "interaction")
    if kept:
        name = f"D{len(kept)}" if len(kept) < 10 else "D10P"
        count(name, name.lower(), "number of categories")
    return counted, demographic


def _name_uncounted_cell(who: Beneficiary, table: dict[str, float], source: str) -> list[Step]:
    """The age and sex cell of new enrollees with a functioning graft: in the table, and not counted.

    The reference results (see docs/adr/0003-hcc-engine.md) hold the months since the transplant only. What is left
    out is said here, so that nobody takes the score for complete.
    """
    benefits = "FBD" if who.full_dual else "ND_PBD"
    entitled = "ORIGDIS" if who.originally_disabled else "NORIGDIS"
    cell = replace(who, model="V24").cell().removeprefix("NE")
    name = f"GNE_{benefits}_{entitled}_G_NE{cell}"
    value = table.get(name.lower())
    return [] if value is None else [Step("not counted", f"{name} {value:+.3f}: left out as in the reference", source)]


def _demographic_keys(who: Beneficiary) -> list[tuple[str, str]]:
    """Names of the demographic coefficients as shown, and as the table writes them after the prefix of the segment."""
    if who.model != "RX_V08":
        return [(name, name.lower()) for name in (who.cell(), *who.traits())]
    cell = who.cell()
    if who.profile.new_enrollee:
        kidney = "ESRD" if who.esrd else "NESRD"
        disability = "OD" if who.originally_disabled else "NOD"
        name = f"{kidney}_{disability}_x_{cell.removeprefix('NE')}"
        return [(name, name.lower())]
    names = [cell]
    if who.originally_disabled:
        names.append("ORIGDS" if who.profile.long_term_institutional else f"{who.sex}65OD")
    return [(name, name.lower()) for name in names]

"""Claims from any encounter: nothing raised, lost, invented or unbalanced; what leaves is valid."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.claims.build import build_claim, make_envelope
from nosology.claims.prior import PriorPayment
from nosology.edits.claim_check import check_claim
from nosology.errors import NosologyError
from nosology.model.claim import Claim
from nosology.model.claim_parts import Adjustment, Reference
from nosology.model.coverage import Practice
from nosology.model.encounter import Diagnosis, Encounter, ServiceLine
from nosology.model.encounter_json import read_encounter
from nosology.model.remittance import ClaimPayment, ServicePayment
from nosology.x12.claim_837 import read_837, write_837
from nosology.x12.claim_837_judge import judge_claims
from nosology.x12.validate import validate

ON = date(2026, 5, 4)
EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "claims"
DATA = {
    name: json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    for name in ("visit", "visit_secondary", "stay", "dental")
}
BASE = {name: read_encounter(data) for name, data in DATA.items()}
CENTS = st.decimals(Decimal("0.01"), Decimal("9999.99"), places=2)


@st.composite
def visits(draw: st.DrawFn, *, most_lines: int = 80, base: str = "visit") -> Encounter:
    """A visit with any number of diagnoses and lines, each line pointing to up to four of them."""
    count = draw(st.integers(1, 30))
    pointers = st.lists(st.integers(1, count), min_size=1, max_size=4, unique=True).map(tuple)
    lines = draw(
        st.lists(
            st.builds(
                ServiceLine,
                code=st.sampled_from(["99213", "20610", "96372", "J1885"]),
                modifiers=st.lists(st.sampled_from(["25", "59", "RT", "LT", "76"]), max_size=4, unique=True).map(tuple),
                units=st.integers(1, 9).map(Decimal),
                charge=CENTS,
                date=st.just(ON),
                place_of_service=st.sampled_from(["11", "22"]),
                diagnosis_pointers=pointers,
            ),
            min_size=1,
            max_size=most_lines,
        )
    )
    diagnoses = tuple(Diagnosis(f"M25.{n:03d}") for n in range(count))
    return replace(BASE[base], diagnoses=diagnoses, lines=tuple(lines))


def with_envelope(claims: tuple[Claim, ...], practice: Practice) -> list[Claim]:
    envelope = make_envelope(practice, reference="1", created="202612310000", control="1")
    envelope = replace(envelope, interchange_control="000000001", transaction_control="0001")
    return [replace(each, envelope=envelope) for each in claims]


@given(visits())
@settings(max_examples=40)
def test_splitting_loses_and_invents_nothing(visit: Encounter) -> None:
    before = repr(visit)
    claims, findings = build_claim(visit)
    assert repr(visit) == before
    assert not [each for each in findings if each.severity == "error"]
    assert sum(each.charge for each in claims) == sum(each.charge for each in visit.lines)
    assert len({each.id for each in claims}) == len(claims)
    assert sum(amount.amount for each in claims for amount in each.amounts) == 30
    lines = [(claim, line) for claim in claims for line in claim.lines]
    assert len(lines) == len(visit.lines)
    for (claim, line), ours in zip(lines, visit.lines, strict=True):
        wanted = [visit.diagnoses[n - 1].code.replace(".", "") for n in ours.diagnosis_pointers]
        assert [claim.diagnoses[n - 1].code for n in line.pointers] == wanted
        assert line.procedure is not None
        assert (line.procedure.code, line.procedure.modifiers) == (ours.code, ours.modifiers)
        assert (line.charge, line.quantity) == (ours.charge, ours.units)
        assert (line.place_of_service or claim.facility) == ours.place_of_service
    for claim in claims:
        assert len(claim.lines) <= 50
        assert len(claim.diagnoses) <= 12
        assert [each.number for each in claim.lines] == list(range(1, len(claim.lines) + 1))
        if sum(each.charge for each in claims) >= 30:  # what the patient had paid
            assert not [each.message for each in check_claim(claim, on=ON)]


@given(visits(most_lines=8))
@settings(max_examples=40)
def test_read_of_written_is_what_was_built(visit: Encounter) -> None:
    assert visit.registration is not None
    assert visit.registration.practice is not None
    claims = with_envelope(build_claim(visit)[0], visit.registration.practice)
    assert [claim for claim, _ in read_837(write_837(claims))] == claims


@given(visits(most_lines=12, base="visit_secondary"), st.data())
@settings(max_examples=40)
def test_the_next_payer_sees_every_cent(visit: Encounter, data: st.DataObject) -> None:
    """However the payer drops modifiers or loses line numbers: what adds up is on the claim, or it stays here."""
    claims, _ = build_claim(visit)
    prior, numbered = [], data.draw(st.booleans())
    for claim in claims:
        services = []
        for line in claim.lines:
            assert line.procedure is not None
            off = data.draw(st.decimals(Decimal(0), line.charge, places=2))
            share = data.draw(st.decimals(Decimal(0), line.charge - off, places=2))
            modifiers = line.procedure.modifiers if data.draw(st.booleans()) else ()
            services.append(
                ServicePayment(
                    replace(line.procedure, modifiers=modifiers),
                    line.charge,
                    line.charge - off - share,
                    dates=line.dates,
                    adjustments=(Adjustment("CO", "45", off), Adjustment("PR", "2", share)),
                    references=(Reference("6R", line.references[-1].value),) if numbered else (),
                )
            )
        paid = sum((each.paid for each in services), Decimal(0))
        prior.append(PriorPayment(ClaimPayment(claim.id, "1", claim.charge, paid, lines=tuple(services)), ON, "EXH01"))
    later, findings = build_claim(visit, payer=1, prior=prior)
    errors = [each for each in findings if each.severity == "error"]
    scrubbed = [each for claim in later for each in check_claim(claim, on=ON) if each.severity == "error"]
    if numbered:
        assert not [each.message for each in errors]
        assert not [each.message for each in scrubbed]
    balanced = all(
        line.charge
        == sum(
            (made.paid + sum((a.amount for a in made.adjustments), Decimal(0)) for made in line.adjudications),
            Decimal(0),
        )
        for claim in later
        for line in claim.lines
    )
    assert balanced or errors


def paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [found for key, each in inside for found in [(*path, key), *paths(each, (*path, key))]]


@given(st.sampled_from(sorted(DATA)), st.data())
@settings(max_examples=120)
def test_what_leaves_is_valid_whatever_was_wrong(name: str, data: st.DataObject) -> None:
    """Nothing raises, and a claim that may leave has no error in the eyes of the validator (LibreHealth 1023)."""
    changed = copy.deepcopy(DATA[name])
    where = data.draw(st.sampled_from(paths(changed)))
    inner = changed
    for key in where[:-1]:
        inner = inner[key]
    if data.draw(st.booleans()):
        del inner[where[-1]]
    else:
        inner[where[-1]] = data.draw(
            st.sampled_from(["", "0", "-5", "12345.678", "X", "a b", " x", "Z" * 70, "1990-01-01", None])
        )
    try:
        visit = read_encounter(changed)
        claims, findings = build_claim(visit)
    except NosologyError:
        return
    if visit.registration is None or visit.registration.practice is None:
        assert any(check_claim(each, on=ON) for each in claims)
        return
    whole = with_envelope(claims, visit.registration.practice)
    found = [*findings, *(each for claim in whole for each in check_claim(claim, on=ON))]
    assert not [each for each in found if each.rule == "edit.failed"]
    if not any(each.severity == "error" for each in found):
        found += judge_claims(whole, on=ON)
    if not any(each.severity == "error" for each in found):
        assert [each.message for each in validate(write_837(whole), snip=6) if each.severity == "error"] == []

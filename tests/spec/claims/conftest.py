"""The case tables of the scrub: an example encounter, what is changed in it, and where the scrub finds fault."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from nosology.claims.build import build_claim, make_envelope
from nosology.claims.prior import find_prior
from nosology.edits.claim_check import check_claim
from nosology.model.claim import Claim
from nosology.model.claim_parts import Adjustment, Party
from nosology.model.coverage import Practice
from nosology.model.encounter_json import read_encounter
from nosology.model.remittance import ClaimPayment, Remittance, ServicePayment

ON = date(2026, 5, 4)
EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "claims"


def read_rows(table: str) -> list[dict[str, str]]:
    """The rows of a table whose columns are separated by bars; the second line is a ruler."""
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    heads = [head.strip() for head in lines[0].split("|")]
    return [dict(zip(heads, map(str.strip, line.split("|")), strict=True)) for line in lines[2:]]


def change(data: Any, text: str) -> None:
    """Change parsed JSON: ``a.b[0].c = value`` sets (JSON or text), ``without a.b`` takes out."""
    out = text.startswith("without ")
    path, _, value = text.removeprefix("without ").partition(" = ")
    keys = [int(each) if each.isdigit() else each for each in re.findall(r"[^.\[\]]+", path)]
    for key, following in pairwise(keys):
        if isinstance(key, str) and key not in data:
            data[key] = [] if isinstance(following, int) else {}
        data = data[key]
    if out:
        del data[keys[-1]]
        return
    plain = value[0] not in '[{"' and value != "true" and keys[-1] != "minutes"
    made = value if plain else json.loads(value)
    if isinstance(data, list) and keys[-1] == len(data):
        data.append(made)
    else:
        data[keys[-1]] = made


def pay(claim: Claim) -> Remittance:
    """A remittance that pays half of each line and leaves the rest to the patient."""
    services = tuple(
        ServicePayment(each.procedure, each.charge, each.charge / 2, dates=each.dates, references=each.references,
                       adjustments=(Adjustment("PR", "2", each.charge / 2),))
        for each in claim.lines if each.procedure
    )  # fmt: skip
    payment = ClaimPayment(claim.id, "1", claim.charge, claim.charge / 2, lines=services)
    payer = Party("PR", claim.subscriber.payer.name, id_qualifier="XV", id=claim.subscriber.payer.id)
    return Remittance(payer, Party("PE"), payment.paid, "T", ON, claims=(payment,))


def build(name: str, changes: str) -> Claim:
    """The claim of an example after changes divided by semicolons; "secondary" is the one for the second payer."""
    data = json.loads((EXAMPLES / f"{'visit_secondary' if name == 'secondary' else name}.json").read_text("utf-8"))
    prior: Any = ()
    if name == "secondary":
        first = build_claim(read_encounter(data))[0][0]
        prior = find_prior([pay(first)], first.id)
    for each in changes.split(";") if changes != "-" else []:
        change(data, each.strip())
    encounter = read_encounter(data)
    claim = build_claim(encounter, payer=int(name == "secondary"), prior=prior)[0][0]
    practice = (encounter.registration.practice if encounter.registration else None) or Practice(Party("85"))
    return replace(claim, envelope=make_envelope(practice, reference="1", created="202605050000"))


def alter(claim: Claim, text: str) -> Claim:
    """A claim with a field of its own, or of its first line, set: ``charge = 1``, ``lines[0].pointers = 1,2``."""
    name, _, value = text.partition(" = ")
    typed: Any = value
    if name.endswith(("charge", "quantity", "noncovered")):
        typed = Decimal(value)
    elif name.endswith("pointers"):
        typed = tuple(map(int, value.split(",")))
    elif name.endswith("lines"):
        typed = claim.lines * int(value)
    elif name.endswith(("amounts", "paid_on", "adjudications")):
        typed = ()
    for part in ("lines", "other_payers"):
        if name.startswith(f"{part}[0]."):
            first, *rest = getattr(claim, part)
            return replace(claim, **{part: (replace(first, **{name.partition(".")[2]: typed}), *rest)})
    return replace(claim, **{name: typed})


@pytest.fixture
def claim_cases() -> Callable[..., None]:
    """Checks a table for one rule: where it finds fault with a claim, in any order ("-" for nowhere).

    Columns: claim (an example), change (of the encounter; semicolons between), claimed (changes of the built claim);
    finds; why.
    """

    def check(table: str, rule: str) -> None:
        wrong = []
        for row in read_rows(table):
            claim = build(row["claim"], row.get("change", "-"))
            for each in row.get("claimed", "-").split(";") if row.get("claimed", "-") != "-" else []:
                claim = alter(claim, each.strip())
            later = int(row["claim"] == "secondary")
            before = repr(claim)
            findings = check_claim(claim, on=ON, coverage=later, others=(0,) * later, only=[rule])
            assert repr(claim) == before
            got = sorted(each.where for each in findings)
            wanted = sorted(row["finds"].split()) if row["finds"] != "-" else []
            if got != wanted or any(each.rule != rule for each in findings):
                wrong.append(f"{row}: found {got}: {[each.message for each in findings]}")
            assert all(each.message and each.citation and "{" not in each.message for each in findings)
        assert not wrong, "\n".join(wrong)

    return check

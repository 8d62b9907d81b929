"""The case tables of the payer: ``lines | more | decision | why``; a claim a row, decided by a small made-up policy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from nosology.codes.icd10cm import open_icd10cm
from nosology.codes.icd10pcs import open_icd10pcs
from nosology.edits.desk import Books
from nosology.model.claim import Claim, ClaimCode, ClaimForm, ClaimLine, Drug, OtherPayer, Patient, Subscriber
from nosology.model.claim_parts import Adjustment, Amount, Dated, Party, ProcedureId, Reference
from nosology.payer.adjudicate import adjudicate
from nosology.payer.decision import Decision
from nosology.payer.payment import balance_of
from nosology.payer.policy_file import read_policy
from nosology.payer.state import State

ON = date(2026, 5, 20)
SERVED = date(2026, 5, 4)

POLICY: dict[str, Any] = {
    "payer": {"name": "Plan", "id": "P1", "edits_as": "medicare"},
    "filing_days": 180,
    "delay_reasons": ["8"],
    "plans": [
        {"id": "rich", "benefits": [{"id": "therapy", "codes": ["97110"], "most": 2}], "excluded": ["S9122"]},
        {"id": "narrow", "network_only": True, "dependents": False, "needs_referral": ["99244"]},
        {
            "id": "sharing", "deductible": 100, "coinsurance": 20, "copay": 0, "out_of_pocket": 150,
            "benefits": [
                {"id": "visit", "codes": ["99211-99215"], "copay": 30, "deductible": False},
                {"id": "preventive", "codes": ["G0438"], "free": True},
            ],
        },
    ],
    "members": [
        {"id": "M1", "last": "Sample", "first": "Ann", "birth_date": "1980-01-01", "sex": "F", "plan": "rich",
         "from": "2026-01-01", "to": "2026-12-31"},
        {"id": "M2", "last": "Sample", "first": "Bob", "birth_date": "1950-01-01", "plan": "narrow", "from": "2026-01-01",
         "other_coverage": [{"payer": "First", "id": "F1", "order": "primary"}]},
        {"id": "M3", "last": "Sample", "first": "Cyd", "birth_date": "1990-01-01", "plan": "sharing", "from": "2026-01-01"},
        {"id": "M4", "last": "Sample", "first": "Dan", "birth_date": "1940-01-01", "plan": "rich", "from": "2026-01-01",
         "died": "2026-05-01"},
        {"id": "M5", "last": "Sample", "first": "Eve", "birth_date": "2010-01-01", "plan": "narrow", "from": "2026-01-01",
         "relationship": "19"},
        {"id": "M6", "last": "Sample", "first": "Fay", "birth_date": "1990-01-01", "plan": "narrow", "from": "2026-01-01"},
        {"id": "M7", "last": "Sample", "first": "Gus", "plan": "rich", "from": "2026-01-01"},
    ],
    "providers": [
        {"npi": "1245319599", "terms": {"contract": {"payer": "Plan", "terms": [
            {"id": "rest", "method": "percent_of_charge", "percent": 50, "codes": ["00000-ZZZZZ"]},
            {"id": "days", "method": "per_diem", "rate": 1000, "drgs": ["001-999"]},
        ]}}},
        {"npi": "1000000004", "excluded": True},
    ],
    "needs_authorization": ["70551"],
    "authorizations": [
        {"number": "A1", "member": "M1", "codes": ["70551"], "from": "2026-01-01", "to": "2026-12-31", "units": 1},
        {"number": "A2", "member": "M3", "codes": ["70551"]},
    ],
    "not_covered": ["15820"],
    "experimental": ["0001T"],
    "necessity": [{"codes": ["93000"], "diagnoses": ["I", "R07"]}],
    "most_units": {"97140": 2},
    "bundles": [{"code": "99213", "includes": ["36415"]}],
    "edits": [{"rule": "Fee-status", "severity": "error"}],
}  # fmt: skip


def read_rows(table: str) -> list[dict[str, str]]:
    """The rows of a table whose columns are separated by bars; the second line is a ruler."""
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    heads = [head.strip() for head in lines[0].split("|")]
    return [dict(zip(heads, map(str.strip, line.split("|")), strict=True)) for line in lines[2:]]


def read_line(number: int, text: str, day: date) -> ClaimLine:
    """A line such as ``99213-25 x2 $90 @2026-05-04 ^1 n50242004062``: code, modifiers, units, charge, day, pointers, drug."""
    code, *rest = text.split()
    name, *modifiers = code.split("-")
    given = {each[0]: each[1:] for each in rest}
    on = date.fromisoformat(given["@"]) if "@" in given else day
    return ClaimLine(
        number,
        ProcedureId("HC", name, tuple(modifiers)),
        Decimal(given.get("$", "100")),
        quantity=Decimal(given.get("x", "1")),
        place_of_service=given.get("p", "11"),
        pointers=tuple(map(int, given.get("^", "1").split(","))),
        drug=Drug(given["n"], Decimal(1), "UN") if "n" in given else None,
        dates=(Dated.on("472", on),),
        references=(Reference("6R", f"L{number}"),),
    )


def read_claim(row: dict[str, str]) -> tuple[Claim, date]:
    """The claim of a row, and the day on which it comes in. ``more`` holds ``name=value`` divided by semicolons."""
    more = dict(each.strip().split("=", 1) for each in row.get("more", "-").split(";") if "=" in each)
    member = next((each for each in POLICY["members"] if each["id"] == more.get("member", "M1")), POLICY["members"][0])
    day = date.fromisoformat(more.get("served", SERVED.isoformat()))
    lines = tuple(read_line(n, each, day) for n, each in enumerate(row["lines"].split(";"), 1))
    person = Patient(
        Party("IL", more.get("last", member["last"]), more.get("first", member["first"]), person=True,
              id_qualifier="MI", id=more.get("member", "M1")),
        birth_date=date.fromisoformat(more.get("born") or member.get("birth_date", "1970-01-01")), sex=member.get("sex", "U"),
    )  # fmt: skip
    stay, visit = "stay" in more, "revenue" in more  # a visit to a hospital: its revenue code, "none" for no code
    diagnoses = more.get("diagnoses", "J189,N179" if stay else "R05.9").split(",")
    others: tuple[OtherPayer, ...] = ()
    if "prior" in more:  # paid:patient's of the primary payer; "named": it has not decided
        amounts, adjustments = (), ()
        if more["prior"] != "named":
            paid, left = map(Decimal, more["prior"].split(":"))
            amounts = (Amount("D", paid),)
            adjustments = (Adjustment("PR", "2", left),)
        others = (OtherPayer("P", "18", replace(person.party), Party("PR", "First", id_qualifier="PI", id="F1"),
                             amounts=amounts, adjustments=adjustments),)  # fmt: skip
    references = [Reference("G1", more["authorization"])] if "authorization" in more else []
    references += [Reference("F8", more["replaces"])] if "replaces" in more else []
    codes = tuple(
        ClaimCode("ABK" if n == 0 else "ABF", each, poa=more.get("poa", "Y") if stay else "")
        for n, each in enumerate(diagnoses)
    )
    if visit:
        revenue = "" if more["revenue"] == "none" else more["revenue"]
        lines = tuple(replace(line, revenue_code=revenue) for line in lines)
    claim = Claim(
        form=ClaimForm.INSTITUTIONAL if stay or visit else ClaimForm.PROFESSIONAL,
        id=more.get("id", "C1"),
        charge=Decimal(more["charge"]) if "charge" in more else sum((line.charge for line in lines), Decimal(0)),
        billing=Party(
            "85", "Practice", id_qualifier="XX", id=more.get("npi", "1245319599"), taxonomy=more.get("taxonomy", "")
        ),
        providers=(Party("82", "Doe", person=True, id_qualifier="XX", id=more["rendering"]),)
        if "rendering" in more
        else (),
        subscriber=Subscriber(person, Party("PR", "Plan", id_qualifier="PI", id="P1"), "S" if others else "P"),
        lines=lines,
        facility=more.get("bill", "13" if visit else "11"),
        facility_qualifier="A" if stay or visit else "B",
        frequency=more.get("frequency", "1"),
        delay_reason=more.get("delay", ""),
        related_causes=tuple(filter(None, more.get("causes", "").split(","))),
        discharge_status="01" if stay else "",
        patient=replace(person, relationship=more["patient"]) if "patient" in more else None,
        codes=codes,
        dates=(Dated("434", f"{day:%Y%m%d}-{more['stay']}", "RD8"), Dated.on("435", day)) if stay else (),
        references=tuple(references),
        other_payers=others,
        predetermination="PB" if "predetermination" in more else "",
    )
    return claim, date.fromisoformat(more.get("in", ON.isoformat()))


def tell(decision: Decision) -> str:
    """A decision as the tables write it: claim adjustments and, by line, ``adjustments remarks paid``."""

    def show(adjustments: Any) -> list[str]:
        return [f"{each.group}-{each.reason} {each.amount.normalize():f}" for each in adjustments]

    payment = decision.payment
    if payment is None:
        return decision.outcome.value
    remarks = [each for each in (*payment.inpatient[4:], *payment.outpatient[2:]) if each]
    if not payment.lines:
        return ", ".join([*show(payment.adjustments), *remarks, f"paid {payment.paid.normalize():f}"])
    told = []
    for line in payment.lines:
        said = [*show(line.adjustments), *(code for _, code in line.remarks), f"paid {line.paid.normalize():f}"]
        told.append(", ".join(said))
    return "; ".join(told)


@pytest.fixture(scope="session")
def payer_books(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Books with what comes out of the box and the small made-up tables of the edits."""
    folder = tmp_path_factory.mktemp("payer-home")
    open_icd10cm(home=home)
    open_icd10pcs(home=home)
    shutil.copytree(home / "releases", folder / "releases", ignore=shutil.ignore_patterns("*.lock"))
    spec = spec_from_file_location("edit_tables", Path(__file__).parents[1] / "edits" / "tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    module.install_tables(folder)
    return Books(folder)


@pytest.fixture
def payer_cases(payer_books: Books) -> Callable[..., None]:
    """Checks a table: what the remittance says of each claim.

    ``before`` holds claims that were decided earlier: lines, divided from the next claim by "/"; their control numbers
    are 1, 2 … ``policy`` replaces fields of the policy.
    """

    def check(table: str, **policy: Any) -> None:
        read = read_policy(POLICY | policy)
        wrong = []
        for row in read_rows(table):
            state = State()
            earlier = row.get("before", "-")
            for number, text in enumerate([] if earlier == "-" else earlier.split("/"), 1):
                lines, _, more = text.partition("[")
                claim, day = read_claim({"lines": lines.strip(), "more": more.rstrip("] ") or row.get("more", "-")})
                claim = replace(
                    claim, frequency="1", references=tuple(r for r in claim.references if r.qualifier != "F8")
                )
                adjudicate(claim, read, state, on=day, control=str(number), books=payer_books)
            claim, day = read_claim(row)
            before = repr(claim)
            decision = adjudicate(claim, read, state, on=day, books=payer_books)
            assert repr(claim) == before
            got = tell(decision)
            if decision.payment is not None and balance_of(decision.payment):
                got += " NOT BALANCED"
            if got != row["decision"]:
                wrong.append(f"{row['lines']} {row.get('more', '')}\n  wanted {row['decision']}\n  got    {got}")
        assert not wrong, "\n".join(wrong)

    return check

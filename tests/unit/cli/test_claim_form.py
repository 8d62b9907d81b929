"""``nosology claim --form``: the wire text that our validator takes, paper, or findings that say where to mend."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from nosology.model.claim_json import claim_to_json
from nosology.x12.claim_837 import read_837
from nosology.x12.validate import validate

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "claims"
FORMS = {"visit": "837p", "visit_secondary": "837p", "stay": "837i", "dental": "837d"}


def load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    return data


# RIVALS 1 and 2
@pytest.mark.parametrize("name", FORMS)
def test_examples_are_valid(name: str, runner: Any, home: Path) -> None:
    """LibreHealth 1023; OpenEMR 6172, 6471, 6495: what we write is whole and valid."""
    result = runner("claim", EXAMPLES / f"{name}.json", "--form", FORMS[name], "--control", "7")
    assert result.exit_code == 0, result.stderr
    assert [each.message for each in validate(result.stdout) if each.severity == "error"] == []
    assert "*000000007*0*T*" in result.stdout


@pytest.mark.parametrize("name", ["visit", "visit_secondary", "stay"])
def test_examples_pass_pyx12(name: str, runner: Any, home: Path, tmp_path: Path) -> None:
    import pyx12.params
    import pyx12.x12n_document

    file = tmp_path / "claim.837"
    assert runner("claim", EXAMPLES / f"{name}.json", "--form", FORMS[name], "--out", file).exit_code == 0
    answer = io.StringIO()
    assert pyx12.x12n_document.x12n_document(pyx12.params.params(), str(file), answer, None, None), answer.getvalue()


def test_what_is_missing_keeps_the_claim_here(runner: Any, home: Path, tmp_path: Path) -> None:
    data = load("visit")
    del data["coverages"][0]["member_id"]
    file = tmp_path / "visit.json"
    file.write_text(json.dumps(data))
    result = runner("claim", file, "--form", "837p")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "coverages[0].member_id" in result.stderr
    shown = json.loads(runner("claim", file, "--form", "837p", "--format", "json").stdout)
    assert shown["encounters"][0]["may_leave"] is False
    assert shown["x12"] == ""
    result = runner("claim", EXAMPLES / "visit.json", "--form", "837p", "--strict")
    assert result.exit_code == int("edit.not-run" in result.stderr)


def test_practice_and_coverage_of_their_own(runner: Any, home: Path, tmp_path: Path) -> None:
    data = load("visit")
    practice, coverages = data.pop("practice"), data.pop("coverages")
    files = {"visit": data, "practice": practice, "coverage": coverages}
    for name, each in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(each))
    words = ["--practice", tmp_path / "practice.json", "--coverage", tmp_path / "coverage.json"]
    assert runner("claim", tmp_path / "visit.json", "--form", "837p").exit_code == 1
    result = runner("claim", tmp_path / "visit.json", "--form", "837p", *words)
    assert result.exit_code == 0, result.stderr
    claims = list(read_837(result.stdout))
    assert len(claims) == 1


def test_several_encounters_share_an_interchange(runner: Any, home: Path, tmp_path: Path) -> None:
    data = load("visit")
    data["coverages"][0]["combines"] = True
    other = data | {"id": "visit-b", "lines": [data["lines"][0] | {"code": "99406", "modifiers": []}]}
    broken = data | {"id": "visit-c", "lines": []}
    file = tmp_path / "visits.jsonl"
    file.write_text("\n".join(map(json.dumps, (data, other, broken))))
    result = runner("claim", file, "--form", "837p")
    assert result.exit_code == 1
    assert [result.stdout.count(each) for each in ("CLM*visit-0504*", "CLM*visit-b*", "CLM*visit-c*", "ISA*")] == [
        1,
        1,
        0,
        1,
    ]
    file.write_text("\n".join(map(json.dumps, (data, other))))
    result = runner("claim", file, "--form", "837p", "--combine")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("CLM*") == 1
    assert result.stdout.count("LX*") == 4


@pytest.mark.parametrize(("name", "form", "part"), [("visit", "cms1500", "E1122"), ("stay", "ub04", "J9601")])
def test_paper(name: str, form: str, part: str, runner: Any, home: Path, tmp_path: Path) -> None:
    for words in ([], ["--overlay", "--shift", "0,-2"]):
        out = tmp_path / f"{form}.pdf"
        result = runner("claim", EXAMPLES / f"{name}.json", "--form", form, "--out", out, *words)
        assert result.exit_code == 0, result.stderr
        assert part in PdfReader(out).pages[0].extract_text()


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["--form", "cms1500"], 2, "--out"),
        (["--form", "cms1500", "--out", "x.pdf", "--shift", "left"], 2, "--shift"),
        (["--form", "837p", "--payer", "3"], 2, "1 coverages"),
        (["--form", "837p", "--on", "soon"], 2, "not a date"),
        (["--form", "837p", "--practice", "no.json"], 10, "no.json"),
        ([], 2, "--form"),
    ],
)
def test_wrong_calls(words: list[str], code: int, part: str, runner: Any, home: Path, tmp_path: Path) -> None:
    result = runner("claim", EXAMPLES / "visit.json", *words)
    assert result.exit_code == code
    assert part in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_secondary(runner: Any, home: Path, tmp_path: Path) -> None:
    """The whole walk to the second payer; its claim and the first one's remittance are valid for both validators."""
    import pyx12.params
    import pyx12.x12n_document

    remittance = EXAMPLES / "visit_secondary.835"
    assert [each.message for each in validate(remittance.read_text("utf-8")) if each.severity == "error"] == []
    words = ["claim", EXAMPLES / "visit_secondary.json", "--form", "837p", "--payer", "2"]
    result = runner(*words)
    assert result.exit_code == 1
    assert "coverages[0]" in result.stderr
    file = tmp_path / "secondary.837"
    result = runner(*words, "--prior", remittance, "--out", file)
    assert result.exit_code == 0, result.stderr
    assert [e.message for e in validate(file.read_text("utf-8")) if e.severity == "error"] == []
    assert pyx12.x12n_document.x12n_document(pyx12.params.params(), str(file), io.StringIO(), None, None)
    claim, _ = next(iter(read_837(file.read_text("utf-8"))))
    assert [each.adjudications[0].paid for each in claim.lines] == [118, Decimal("70.4"), 12]
    broken = tmp_path / "broken.835"
    broken.write_text(remittance.read_text("utf-8")[:600])
    assert runner(*words, "--prior", broken).exit_code == 10


def test_claims_are_checked_too(runner: Any, home: Path, tmp_path: Path) -> None:
    text = runner("claim", EXAMPLES / "visit.json", "--form", "837p").stdout
    claim, _ = next(iter(read_837(text)))
    file = tmp_path / "claim.json"
    file.write_text(json.dumps(claim_to_json(claim)))
    result = runner("check", file, "--format", "json")
    assert result.exit_code == 0, result.stdout
    assert json.loads(result.stdout)[0] | {"on": ""} == {"id": "visit-0504", "on": "", "clean": True, "findings": []}
    file.write_text(json.dumps(claim_to_json(replace(claim, charge=Decimal(1)))))
    result = runner("check", file, "--format", "json")
    assert result.exit_code == 1
    assert "Claim-charges" in result.stdout
    file.write_text(json.dumps(claim_to_json(replace(claim, special_program="123456"))))
    assert runner("check", file).exit_code == 1

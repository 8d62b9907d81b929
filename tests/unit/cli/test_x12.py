"""``nosology x12``: files in, contents, findings and answers out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

CLAIM = Path(__file__).resolve().parents[3] / "examples" / "claim_visit.837"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A claim with a wrong code and a wrong count."""
    file = tmp_path / "broken.837"
    file.write_text(CLAIM.read_text().replace("HI*ABK", "HI*ZZZ").replace("SE*31", "SE*30"))
    return file


def test_validate_a_right_file(runner: Any) -> None:
    for shape, said in (("jsonl", ""), ("json", "[]\n"), ("table", "clean")):
        result = runner("x12", "validate", CLAIM, "--format", shape, "--snip", "4")
        assert result.exit_code == 0, result.stdout
        assert said in result.stdout


def test_findings_in_every_shape(runner: Any, broken: Path) -> None:
    result = runner("x12", "validate", broken, "--snip", "2")
    assert result.exit_code == 1
    findings = [json.loads(line) for line in result.stdout.splitlines()]
    assert [finding["codes"] for finding in findings] == [{"IK304": "8", "IK403": "7"}, {"IK502": "4"}]
    assert findings[0]["position"]["segment"] == 20
    assert findings[0]["claim"] == "CLAIM1"
    assert json.loads(runner("x12", "validate", broken, "--snip", "2", "--format", "json").stdout) == findings
    table = runner("x12", "validate", broken, "--snip", "2", "--format", "table").stdout
    assert "2 error" in table
    assert "IK304 8" in table


def test_values_of_the_claim_stay_out_of_what_is_said(runner: Any, broken: Path) -> None:
    text = broken.read_text().replace("DOE*JANE", "DOE*JANE*X*Y*Z*Q*R*S*T*U*V*W*X*SECRETNAME")
    broken.write_text(text)
    assert "SECRETNAME" not in runner("x12", "validate", broken).stdout


def test_one_unreadable_file_does_not_stop_the_others(runner: Any, broken: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "remittance.835"
    pdf.write_bytes(b"%PDF-1.7 ...")
    result = runner("x12", "validate", pdf, broken)
    assert result.exit_code == 10
    assert "is no X12 file: it is a PDF" in result.stderr
    assert len(result.stdout.splitlines()) >= 2
    alone = runner("x12", "validate", pdf)
    assert alone.exit_code == 10
    assert alone.stderr.count("\n") == 1
    assert runner("x12", "validate", tmp_path / "none.835").exit_code == 10


def test_ack(runner: Any, broken: Path, tmp_path: Path) -> None:
    result = runner("x12", "ack", CLAIM, "--control", "5", "--ta1")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split("*")[0] for line in lines] == [
        "ISA",
        "TA1",
        "GS",
        "ST",
        "AK1",
        "AK2",
        "IK5",
        "AK9",
        "SE",
        "GE",
        "IEA",
    ]
    assert lines[-1] == "IEA*1*000000005~"
    out = tmp_path / "answer.999"
    assert runner("x12", "ack", broken, "--out", out).exit_code == 1
    assert "IK5*R*4*5~" in out.read_text()
    read = runner("x12", "read", out)
    assert json.loads(read.stdout)["groupacknowledgement"]["verdict"] == "R"
    assert runner("x12", "ack", CLAIM, "--out", tmp_path).exit_code == 12


def test_ack_of_each_claim(runner: Any, tmp_path: Path) -> None:
    """A sound claim is taken, one that does not balance is turned back with its status."""
    out = tmp_path / "answer.277ca"
    assert runner("x12", "ack", CLAIM, "--out", tmp_path / "a.999", "--claims", out).exit_code == 0
    sound = out.read_text()
    assert sound.count("STC*A2") >= 1
    assert "STC*A7" not in sound
    assert runner("x12", "validate", out, "--snip", "4").exit_code == 0
    text = Path(CLAIM).read_text()
    claim = next(line for line in text.split("~") if line.strip().startswith("CLM*"))
    parts = claim.split("*")
    parts[2] = "999999.99"
    bad = tmp_path / "unbalanced.837"
    bad.write_text(text.replace(claim, "*".join(parts)))
    assert runner("x12", "ack", bad, "--out", tmp_path / "b.999", "--claims", out).exit_code == 1
    turned = out.read_text()
    assert "*U*999999.99~" in turned
    assert "AMT*YY*999999.99~" in turned
    assert "IK5*A~" in (tmp_path / "b.999").read_text()  # syntax and guide are kept: the 999 takes the set
    assert runner("x12", "validate", out, "--snip", "4").exit_code == 0


def test_read_in_every_shape(runner: Any, broken: Path) -> None:
    segments = [json.loads(line) for line in runner("x12", "read", CLAIM, "--format", "segments").stdout.splitlines()]
    assert len(segments) == 31
    assert [one["loop"] for one in segments if one["elements"][0] == "SV1"] == ["2400", "2400"]
    table = runner("x12", "read", CLAIM, "--format", "table").stdout
    assert "2010BA" in table
    result = runner("x12", "read", broken)
    assert result.exit_code == 1
    assert "SE counts 30" in result.stderr


def test_rules_of_a_companion_guide(runner: Any, tmp_path: Path) -> None:
    rules = tmp_path / "payers.yaml"
    rule = "{id: p.ref, level: claim, needs: [2300/REF*9F], message: a referral is wanted, citation: page 3}"
    payer = re.search(r"NM1\*PR\*[^~]*\*PI\*([^~*]+)", Path(CLAIM).read_text("utf-8"))
    assert payer is not None
    rules.write_text(f'payers: {{"{payer[1].strip()}": {{rules: [{rule}]}}}}', "utf-8")
    result = runner("x12", "validate", CLAIM, "--companion", str(rules), "--format", "json")
    assert [each["snip"] for each in json.loads(result.stdout) if each["rule"] == "p.ref"] == [7]
    assert runner("x12", "validate", CLAIM, "--companion", CLAIM).exit_code == 2
    assert runner("x12", "validate", CLAIM, "--companion", str(tmp_path / "none.yaml")).exit_code == 2

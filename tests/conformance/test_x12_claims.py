"""Claims of others, and pyx12 as a judge of ours: who finds a file right, and where the two differ, why."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import logging
from pathlib import Path
from types import ModuleType

import pytest

from nosology.model.finding import Severity
from nosology.x12.validate import validate

pyx12_document = pytest.importorskip("pyx12.x12n_document")

SPEC = Path(__file__).parents[1] / "spec" / "x12"
BROKEN = {
    # LinuxForHealth's samples whose data use another component separator than ISA16 names
    **dict.fromkeys(
        (
            "837_005010X222A2_demo.cob.2ndary.example4.837",
            "837_005010X222A2_demo.example6.837",
            "837_005010X222A2_demo.example9.837",
            "837_005010X222A2_demo.example11.837",
            "837_005010X222A2_demo.example12.837",
            "837_005010X223A3_out-of-network-repriced-claim.837i",
            "837_005010X223A3_ppo-repriced-claim.837i",
        ),
        "the components are not parted by what ISA16 names",
    ),
    "837_005010X222A2_demo.ambulance.example5.837": "CLM05-2 is missing",
    "837_005010X222A2_demo.cob.example3.A.837": "loop 2330B has no NM1",
    "837_005010X222A2_demo.cob.example4.837": "AMT F2 is of version 4010",
    "837_005010X223A3_institutional-claim.837i": "CLM06, which the guide does not use; DTP 434 without a period",
    "837_005010X223A3_two-claims-single-provider.837i": "CLM06, which the guide does not use",
    "demo-file_demo.837i": "CLM06, which the guide does not use; DTP 434 without a period",
    "ex_837_inpatient.txt": "a transaction set without its envelope",
    "sample_837_0.txt": "HL does not begin at 1 in each transaction set",
    **{
        f"sample_837_{number}.txt": "professional lines and no payer under the institutional guide"
        for number in range(1, 13)
    },
}
JUDGE_IS_WRONG = {
    "IK4*2*756*7": "PWK with AB, AD, AF, AG or NS has a use of its own in 2400; the judge looks at PWK01 alone",
    "IK4*3*116*7": "five digits of the billing provider's ZIP code: we warn, since X12's own examples have them",
}


def _ours(text: str) -> bool:
    return not [finding for finding in validate(text, snip=4) if finding.severity is Severity.ERROR]


def _judge(text: str) -> list[str]:
    """What pyx12 rejects, as IK4 and IK3 segments of its answer."""
    logging.disable(logging.CRITICAL)
    answer = io.StringIO()
    from pyx12.params import params

    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            if pyx12_document.x12n_document(params(), io.StringIO(text), answer, None, None):
                return []
    finally:
        logging.disable(logging.NOTSET)
    said = [part for part in answer.getvalue().replace("\n", "").split("~") if part[:3] in {"IK3", "IK4", "AK3", "AK4"}]
    return [part for part in said if part.startswith(("IK4", "AK4"))] or said or ["rejected"]


def _samples(shared_data: Path) -> list[Path]:
    files = sorted((shared_data / "samples" / "x12").glob("*/*"))
    return [file for file in files if ("*837*" in (text := file.read_text("utf-8-sig")) and "005010" in text[:900])]


def test_samples_of_claims_are_right_or_listed_with_the_reason(shared_data: Path) -> None:
    files = _samples(shared_data)
    assert len(files) >= 55
    wrong = [file.name for file in files if not _ours(file.read_text("utf-8-sig"))]
    assert sorted(wrong) == sorted(name for name in BROKEN if (name in {file.name for file in files}))


@pytest.mark.filterwarnings("ignore")
def test_samples_of_x12_please_the_judge_too(shared_data: Path) -> None:
    for file in _samples(shared_data):
        if file.name.startswith(("X222", "X223")):
            said = [part for part in _judge(file.read_text("utf-8-sig")) if not part.startswith(tuple(JUDGE_IS_WRONG))]
            assert not said, file.name


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"x12_{name}", SPEC / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.filterwarnings("ignore")
def test_claims_that_keep_our_rules_please_the_judge() -> None:
    bases, cases = _load("conftest"), _load("test_situations")
    rows = {(row[1], tuple(row[2].items())): row for row in cases.ROWS if row[1][0] in "PI"}
    for rule, base, keep, *_ in rows.values():
        said = [part for part in _judge(bases._file_of(base, keep)) if not part.startswith(tuple(JUDGE_IS_WRONG))]
        assert not said, rule

"""Case tables of procedures: note, ICD-10-PCS codes, why. They need the published tables, and are skipped without."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nosology.codes.icd10cm import open_icd10cm
from nosology.codes.install import install_from
from tests.spec.conftest import code_row, read_table


@pytest.fixture(scope="session")
def pcs_home(home: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the ICD-10-PCS tables beside what comes out of the box."""
    open_icd10cm(on=date(2026, 5, 4), home=home)
    folder = tmp_path_factory.mktemp("pcs") / "home"
    shutil.copytree(home, folder)
    install_from("icd10pcs-tables", shared_data / "codesets" / "icd10pcs" / "icd10pcs_2026_xml.zip", home=folder)
    install_from("icd10pcs-index", shared_data / "codesets" / "icd10pcs" / "icd10pcs_index_2025.zip", home=folder)
    return folder


@pytest.fixture
def procedure_cases(pcs_home: Path) -> Callable[..., None]:
    """Checks a table of ``note | codes | why``: the codes of inpatients in any order, "-" for none.

    "?" among the codes: a question about a procedure is asked. Every quote equals its text.
    """

    def check(table: str) -> None:
        wrong = []
        for row in read_table(table):
            coded = code_row({"setting": "inpatient"} | row, pcs_home)
            found = [s for s in coded.suggestions if s.system == "icd10pcs"]
            got = {s.code for s in found}
            if any(q.rule.startswith("PCS-") for q in coded.queries):
                got.add("?")
            wanted = set(row["codes"].split()) - {"-"}
            if got != wanted:
                wrong.append(
                    f"{row['note']!r}: wanted {sorted(wanted)}, got {[(s.code, s.title) for s in found]} ({row['why']})"
                )
            for evidence in [e for s in found for e in s.evidence]:
                assert coded.note.document.text[evidence.span.start : evidence.span.end] == evidence.quote
            assert all(s.evidence and len(s.steps) == 5 for s in found)
        assert not wrong, "\n".join(wrong)

    return check

"""Procedures met by the descriptors of an imported CPT; all codes and descriptors here are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nosology.codes.cpt import open_cpt
from nosology.codes.install import install_from
from nosology.coding.procedures.performed.descriptors import match_descriptors, read_descriptor
from nosology.coding.procedures.performed.statements import Statements
from nosology.model.note import Document
from nosology.pipeline import code_note

HEAD = "CPT codes and descriptors are copyright 2026 of somebody; this file is made up.\n\n"
LONG = (
    HEAD + "00001\tRemoval of antenna\n00002\tRemoval of antenna or feeler, with repair of carapace; without light\n"
    "00003\tRemoval of antenna with light\n00004\tPolishing of left wing case\n00005\tWing case, polishing (eg, wax)\n"
    "00006\tLook\n"
)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cpt")
    (folder / "LONGULT.txt").write_text(LONG, "utf-8")
    install_from("cpt", folder, home=folder)
    return folder


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("PROCEDURE: Antenna removed.", ["00001"]),
        ("PROCEDURE: Removal of the antenna, right.", ["00001"]),
        ("PROCEDURE: Removal of the feeler with carapace repair.", ["00002"]),
        ("PROCEDURE: Removal of the antenna with carapace repair under light.", ["00003"]),
        ("PROCEDURE: Polishing of the wing case.", ["00005"]),
        ("PROCEDURE: Polishing of the left wing case.", ["00004"]),
        ("PROCEDURE: Removal of the antenna was declined.", []),
        ("PROCEDURE: A look was taken.", []),
        ("PLAN: Removal of the antenna next month.", []),
        ("PAST SURGICAL HISTORY: Removal of the antenna.", []),
    ],
)
def test_statements_of_procedures(home: Path, imported: Path, note: str, codes: list[str]) -> None:
    """Every word of the descriptor, none of what it is without; the one that says most. Rule: Service-performed."""
    seen: list[str] = []

    def look(desk: object) -> object:
        lines, _findings = match_descriptors(Statements(desk), open_cpt(on=date(2026, 5, 4), home=imported), [])  # type: ignore[arg-type]
        seen.extend(line.code for line in lines)
        return Services()

    from nosology.coding import procedures
    from nosology.coding.procedures.desk import Services

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(procedures, "CONTRIBUTORS", dict.fromkeys(procedures.CONTRIBUTORS, (look,)))
        code_note(Document("case", note), setting="professional", on=date(2026, 5, 4), home=home)
    assert seen == codes


def test_descriptor_is_read() -> None:
    read = read_descriptor("Removal of antenna, feeler, or horn (eg, dried); without light")
    assert [len(group) for group in read.groups] == [3, 1]
    assert len(read.without) == 1

"""``nosology pcs``: built, read and asked axis by axis."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nosology.codes.install import install_from

ON = "2026-05-04"


@pytest.fixture(scope="module")
def own_home(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of these tests alone: in the shared one the tables would change what other tests are answered."""
    folder, own = shared_data / "codesets" / "icd10pcs", tmp_path_factory.mktemp("pcs-home")
    install_from("icd10pcs-tables", folder / "icd10pcs_2026_xml.zip", home=own)
    install_from("icd10pcs-index", folder / "icd10pcs_index_2025.zip", home=own)
    return own


@pytest.fixture
def installed(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOSOLOGY_HOME", str(own_home))


def test_not_installed_names_the_command(runner: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOSOLOGY_HOME", str(tmp_path))
    for words in (["show", "0FT44ZZ"], ["key", "nerve"], ["index", "bypass"], ["build"]):
        result = runner("pcs", *words, "--on", ON)
        assert result.exit_code == 11
        assert "nosology codesets install icd10pcs-" in result.stderr
        assert result.stderr.count("\n") == 1


def test_build_and_show(runner: Any, installed: None) -> None:
    said = ["--system", "hepatobiliary", "--root", "resection", "--part", "gall"]
    draft = json.loads(runner("pcs", "build", *said, "--on", ON, "--format", "json").stdout)
    assert draft["code"] == "0FT4"
    assert [v["code"] for v in draft["next"]] == ["0", "4"]
    whole = runner("pcs", "build", *said, "--approach", "4", "--qualifier", "Z", "--on", ON, "--format", "json")
    assert json.loads(whole.stdout)["code"] == "0FT44ZZ"
    shown = runner("pcs", "show", "0ft44zz", "--on", ON)
    assert shown.exit_code == 0
    assert "Percutaneous Endoscopic" in shown.stdout
    assert "all of a body part" in " ".join(shown.stdout.split())


@pytest.mark.parametrize(
    "words",
    [
        ["show", "0FT4ZZZ"],
        ["build", "--root", "resection"],
        ["build", "--system", "F", "--root", "levitation"],
        ["key", "flux capacitor"],
        ["index", "levitation"],
    ],
)
def test_wrong_is_one_line(runner: Any, installed: None, words: list[str]) -> None:
    result = runner("pcs", *words, "--on", "2025-05-04" if words[0] == "index" else ON)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("nosology: ")


def test_a_conversation(runner: Any, installed: None) -> None:
    answers = "0\nHepato\nT\n? gall\nliver\n<\nresection\ngall\nscope\n4\nno qual\n"
    result = runner("pcs", "--on", ON, stdin=answers)
    assert "0FT44ZZ" in result.stdout
    assert "4 Gallbladder:" in result.stdout


def test_key_and_index(runner: Any, installed: None) -> None:
    assert "Brachial Plexus" in runner("pcs", "key", "axillary", "nerve", "--on", ON).stdout
    rows = json.loads(runner("pcs", "index", "colonoscopy", "--on", "2025-05-04", "--format", "json").stdout)
    assert rows[0]["codes"] == ["0DJD8ZZ"]

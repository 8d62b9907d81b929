"""Every code block of the README and of docs/ runs: Python as it stands, and each ``$ nosology …`` line."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(language: str) -> list[Any]:
    found = []
    for page in PAGES:
        for number, match in enumerate(
            re.finditer(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
        ):
            found.append(pytest.param(match.group(1), id=f"{page.relative_to(ROOT)}-{number}"))
    return found


def commands() -> list[Any]:
    lines = [line for block in blocks("console") for line in block.values[0].splitlines() if line.startswith("$ ")]
    return list(dict.fromkeys(line[2:] for line in lines))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the checkout holds: files that a command writes stay out of the checkout."""
    folder = tmp_path_factory.mktemp("checkout")
    for each in ROOT.iterdir():
        if not each.name.startswith("."):
            (folder / each.name).symlink_to(each)
    return folder


@pytest.mark.parametrize("command", commands())
def test_command_runs(command: str, runner: Any, home: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    name, *words = shlex.split(command)
    assert name == "nosology"
    result = runner(*words)
    assert result.exit_code == 0, result.output
    written = [Path(word) for option, word in pairwise(words) if option == "--out"]
    assert result.stdout.strip() or all(each.stat().st_size for each in written)
    assert result.stdout.strip() or written


@pytest.mark.parametrize("program", blocks("python"))
def test_python_block_runs(
    program: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(program, "block", "exec"), {"__name__": "block"})
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_every_term_stands_once_in_the_glossary_with_an_authority() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", (ROOT / "GLOSSARY.md").read_text("utf-8"), re.M)[1:]
    assert len(rows) > 40
    terms = [term for term, _, _ in rows]
    assert len(set(terms)) == len(terms)
    assert all(authority.strip() for _, _, authority in rows)
    assert terms == sorted(terms, key=lambda term: term.strip('"').lower())

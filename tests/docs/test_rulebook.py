"""The rulebook is what the rules and their case tables say today, and leaves no section and no rule out."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from nosology.rules.cases import rule_cases
from nosology.rules.loader import load_rules

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "docs" / "rulebook"
LETTERS = {1: "g", 2: "t", 4: "b", 5: "d", 6: "b", 7: "b", 9: "e", 10: "e", 12: "b", 13: "e", 14: "a"} | {
    15: "s",
    16: "h",
    18: "i",
    19: "g",
    20: "k",
    21: "b",
}


def load_builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rulebook_build", BOOK / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = load_builder()


def sections_of_the_guidelines() -> list[str]:
    """Every section of the FY 2026 guidelines, from its table of contents."""

    def letters(head: str, last: str) -> list[str]:
        return [f"{head}.{chr(c)}" for c in range(ord("a" if last.islower() else "A"), ord(last) + 1)]

    found = [f"I.A.{n}" for n in range(1, 20)] + [f"I.B.{n}" for n in range(1, 20)]
    for chapter in range(1, 23):
        found += [f"I.C.{chapter}", *(letters(f"I.C.{chapter}", LETTERS[chapter]) if chapter in LETTERS else [])]
    found += [f"I.C.21.c.{n}" for n in range(1, 18)]
    found += ["II", *letters("II", "K"), "III", *letters("III", "C"), "IV", *letters("IV", "Q"), "Appendix I"]
    return found


def test_pages_are_current(tmp_path: Path) -> None:
    written = build.write_pages(tmp_path)
    kept = sorted(page.name for page in BOOK.glob("*.md"))
    assert written == kept, "run `make docs`"
    stale = [name for name in kept if (BOOK / name).read_text("utf-8") != (tmp_path / name).read_text("utf-8")]
    assert not stale, "run `make docs`"


def test_pages_are_the_same_every_time() -> None:
    assert build.build_pages() == build.build_pages()


def test_every_section_of_the_guidelines_is_judged_once() -> None:
    judged = [section.at for section in build.read_coverage(load_rules())]
    assert sorted(judged) == sorted(sections_of_the_guidelines())


def test_every_rule_appears_in_the_coverage() -> None:
    named = {rule for section in build.read_coverage(load_rules()) for rule in section.rules}
    of_services = {
        rule.id
        for rule in load_rules()
        if rule.id.startswith(("EM-", "Modifier-", "Service-", "Procedure-", "Ledger-", "Query-form-", *build.EDITS))
    }  # they rest on other authorities
    assert named | of_services == {rule.id for rule in load_rules()}


def test_coverage_names_what_exists() -> None:
    raw = yaml.safe_load((BOOK / "coverage.yaml").read_text("utf-8"))["sections"]
    for entry in raw:
        assert set(entry) <= {"at", "title", "coverage", "code", "rules", "note"}, entry["at"]
        assert entry["coverage"] in ("covered", "partly", "left"), entry["at"]
        for module in entry.get("code", ()):
            assert (ROOT / "src" / "nosology" / module).is_file(), f"{entry['at']}: {module}"
    for section in build.read_coverage(load_rules()):
        if section.coverage == "covered":
            assert section.rules or section.code, f"{section.at}: covered by what?"


def test_the_coverage_of_procedures_names_what_exists() -> None:
    rules = {rule.id for rule in load_rules()}
    sections = build.read_pcs_coverage()
    assert len({each["at"] for each in sections}) == len(sections)
    assert {f"A{n}" for n in range(1, 12)} <= {each["at"] for each in sections}
    for each in sections:
        assert set(each) <= {"at", "title", "coverage", "code", "rules", "note"}, each["at"]
        assert each["coverage"] in ("covered", "partly", "left"), each["at"]
        assert set(each.get("rules", ())) <= rules, each["at"]
        for module in each.get("code", ()):
            assert (ROOT / "src" / "nosology" / module).exists(), f"{each['at']}: {module}"
    assert {rule for rule in rules if rule.startswith("Procedure-")} == {
        r for each in sections for r in each.get("rules", ())
    } | {"Procedure-5A"}


def test_every_rule_is_told_on_one_page() -> None:
    pages = build.build_pages()
    headings = [line[4:] for text in pages.values() for line in text.splitlines() if line.startswith("### ")]
    for rule in load_rules():
        assert headings.count(rule.id) == 1, rule.id
        assert rule.citation in pages[f"{build.page_of(rule.id)}.md"]


def test_every_case_table_is_told() -> None:
    rules = load_rules()
    known = [section.at for section in build.read_coverage(rules)]
    cases = build.read_cases(rules, known)
    told = "\n".join(build.build_pages().values())
    assert sum(len(case.tables) for case in cases) > 10
    for case in cases:
        if case.tables and (case.rules or case.sections):
            assert f"`{case.name}`" in told, case.name


def test_every_rule_has_a_citation_and_cases_for_explain() -> None:
    bare = [rule.id for rule in load_rules() if not rule.citation.strip() or not rule_cases(rule.id)]
    assert not bare, f"no citation, or no case table names them: {bare}"


def test_explain_prints_the_citation_and_the_cases(runner: Callable[..., Any]) -> None:
    for rule in load_rules():
        printed = " ".join(runner("explain", rule.id, width=2000).stdout.split())
        assert " ".join(rule.citation_title.split()) in printed, rule.id
        assert " ".join(rule.citation_section.split()) in printed, rule.id
        heads, *rows = rule_cases(rule.id)[0]
        assert "Cases" in printed, rule.id
        assert rows, rule.id
        assert all(head in printed for head in heads), rule.id


def test_links_of_the_index_lead_to_headings() -> None:
    pages = build.build_pages()
    links = re.findall(r"\]\(([\w-]+\.md)#([\w-]+)\)", pages["index.md"])
    assert len(links) > 50
    anchors = {
        name: {build._anchor(line[4:]) for line in text.splitlines() if line.startswith("### ")}
        for name, text in pages.items()
    }
    for page, anchor in links:
        assert anchor in anchors[page], f"{page}#{anchor}"


@pytest.mark.parametrize(
    ("citation", "sections"),
    [
        ("I.C.1.d.1.a", ["I.C.1.d"]),
        ("III (UHDDS other diagnoses), IV.F-IV.J", ["III", "IV.F", "IV.G", "IV.H", "IV.I", "IV.J"]),
        ("I.C.15.a-b, I.C.21.c.11", ["I.C.15.a", "I.C.15.b", "I.C.21.c.11"]),
        ("I.C.2, I.B.2", ["I.C.2", "I.B.2"]),
        ("Appendix I", ["Appendix I"]),
        ("I.C.3", ["I.C.3"]),
    ],
)
def test_a_citation_names_its_sections(citation: str, sections: list[str]) -> None:
    assert build.find_sections(citation, sections_of_the_guidelines()) == sections


def test_a_note_keeps_its_lines_and_breaks_no_table() -> None:
    table = build.write_case_table("note | codes | why\n---\nA:\\n1. x <5 | - | [y](z)")
    assert table.splitlines()[-1] == "| A:<br>1. x &lt;5 | none | &#91;y&#93;(z) |"

"""What ``nosology code`` writes: table, JSON, FHIR and HTML, from a note coded by hand."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import jsonschema
import pytest
from rich.console import Console

from nosology.cli.render_fhir import EVIDENCE_EXTENSION, coded_to_bundle
from nosology.cli.render_html import render_html
from nosology.cli.render_json import coded_to_dict, read_schema
from nosology.cli.render_table import draw_coded, squeeze
from nosology.grouping.suggested import Grouped
from nosology.model.coding import CodedNote
from nosology.model.grouping import DrgDiagnosis, DrgResult, HccResult
from nosology.model.note import Document, Note, Span


def draw(coded: CodedNote, width: int, **groups: object) -> str:
    console = Console(width=width, file=io.StringIO(), highlight=False)
    console.print(draw_coded(coded, name="clinic.txt", width=width, **groups))  # type: ignore[arg-type]
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [60, 100, 160])
def test_table_says_all_and_fits(coded: CodedNote, width: int) -> None:
    text = draw(coded, width)
    assert max(map(len, text.splitlines())) <= width
    flat = " ".join(text.split())
    for words in (
        "E11.621",
        "L97.419",
        "first-listed",
        "93 %",
        "Not coded (3)",
        "gout",
        "fat layer exposed",
        "warning",
    ):
        assert words in flat
    assert "nosology codesets install" in flat


def test_wide_table_has_columns_for_evidence_and_why(coded: CodedNote) -> None:
    assert "Evidence" in draw(coded, 160)
    assert "Title, evidence, why" in draw(coded, 100)


def test_table_without_codes_says_so(coded: CodedNote) -> None:
    bare = replace(coded, suggestions=(), not_coded=(), queries=(), findings=())
    assert "nothing in this note is reportable" in draw(bare, 100)


def test_table_shows_the_groups(coded: CodedNote) -> None:
    drg = DrgResult(
        "1",
        "623",
        "SKIN GRAFTS",
        "10",
        "SURGICAL",
        "623",
        "10",
        "OK",
        1.9,
        (DrgDiagnosis("E11.621", "MCC"),),
        (),
        "43.1",
    )
    hcc = HccResult("1", "V28", "CNA", ("37",), 0.52, 0.35, (("HCC37", 0.166),))
    flat = " ".join(draw(coded, 100, drg=drg, hcc=hcc).split())
    for words in ("MS-DRG 623 SKIN GRAFTS", "weight 1.9000", "MCC E11.621", "V28 0.520", "HCC 37"):
        assert words in flat


def test_squeeze_is_one_line_within_the_limit() -> None:
    assert squeeze("a\n  b\tc") == "a b c"
    assert len(squeeze("word " * 50, 40)) <= 40
    assert squeeze("word " * 50, 40).endswith("…")


def test_no_control_character_of_a_chart_reaches_the_terminal(coded: CodedNote) -> None:
    first = coded.suggestions[0]
    nasty = replace(first.evidence[0], quote="\x1b[31mfoot\x07 \x9b2Julcer\u202e")
    text = draw(replace(coded, suggestions=(replace(first, evidence=(nasty,)),)), 100)
    assert all(character.isprintable() or character == "\n" for character in text)


def test_json_validates_and_quotes_the_text(coded: CodedNote) -> None:
    result = coded_to_dict(coded, name="clinic.txt")
    jsonschema.validate(result, read_schema(), format_checker=jsonschema.FormatChecker())
    text = coded.note.document.text
    for code in result["codes"]:
        for piece in code["evidence"]:
            assert text[piece["start"] : piece["end"]] == piece["quote"]
    assert result["codes"][0]["poa"] is None
    assert result["note"] == "clinic.txt"
    assert result["releases"] == {"icd10cm": "2026-04-01"}


def test_schema_refuses_a_code_without_evidence(coded: CodedNote) -> None:
    result = coded_to_dict(coded)
    result["codes"][0]["evidence"] = []
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(result, read_schema())


def test_bundle_has_a_condition_per_code_with_its_evidence(coded: CodedNote) -> None:
    bundle = coded_to_bundle(coded, name="clinic.txt")
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    first = bundle["entry"][0]["resource"]
    assert first["code"]["coding"][0]["code"] == "E11.621"
    assert first["code"]["coding"][0]["version"] == "2026-04-01"
    assert first["recordedDate"] == date(2026, 5, 4).isoformat()
    piece = first["evidence"][0]
    assert piece["extension"][0]["url"] == EVIDENCE_EXTENSION
    assert piece["code"][0]["text"] == "Diabetic foot ulcer"
    assert len({entry["fullUrl"] for entry in bundle["entry"]}) == 2


class Page(HTMLParser):
    """What a page holds: ids, links, the text of the note, and anything that would load or run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.bad: list[str] = []
        self.marks: list[str] = []
        self.text = ""
        self._note = 0
        self._sup = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.ids += [named["id"] or ""] if "id" in named else []
        self.links += [named["href"] or ""] if "href" in named else []
        self.marks += [named["class"] or ""] if tag == "mark" else []
        if tag in {"script", "img", "iframe", "link", "object", "b"} or "src" in named or "onclick" in named:
            self.bad.append(tag)
        if tag == "div" and (self._note or named.get("class") == "text"):
            self._note += 1
        self._sup += tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        self._note -= tag == "div" and self._note > 0
        self._sup -= tag == "sup"

    def handle_data(self, data: str) -> None:
        if self._note and not self._sup:
            self.text += data


def test_page_shows_the_very_text_and_its_links_lead_somewhere(coded: CodedNote) -> None:
    page = Page(render_html([Grouped("clinic.txt", coded)]))
    assert page.text == coded.note.document.text
    assert not page.bad
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert {"coded", "possible", "absent", "other"} <= {name.split()[0] for name in page.marks}


def test_page_of_several_notes_keeps_its_anchors_apart(coded: CodedNote) -> None:
    page = Page(render_html([Grouped("one.txt", coded), Grouped("two.txt", coded)]))
    assert len(page.ids) == len(set(page.ids))
    assert {"n1-c1", "n2-c1"} <= set(page.ids)


def test_page_escapes_whatever_the_chart_holds(coded: CodedNote) -> None:
    text = "<script>alert(1)</script> \"quoted' & <img src=x onerror=y>"
    note = Note(Document("x", text), (), (), ())
    nasty = replace(coded.suggestions[0].evidence[0], span=Span(0, len(text)), quote=text)
    hostile = replace(
        coded,
        note=note,
        suggestions=(replace(coded.suggestions[0], evidence=(nasty,)),),
        not_coded=(),
        queries=(),
    )
    page = Page(render_html([Grouped("<b>name</b>.txt", hostile)]))
    assert not page.bad
    assert page.text == text

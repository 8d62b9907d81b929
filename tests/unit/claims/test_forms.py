"""Paper forms: every item stands in its field, can be found as text, and says what it could not hold."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.claims.forms import fill_form, print_form
from nosology.claims.forms.layout import LAYOUTS, Layout, load_layout
from nosology.errors import UsageError
from nosology.model.claim import ClaimForm

from .form_claims import institutional, professional


def read_back(pdf: bytes, layout: Layout) -> list[dict[str, str]]:
    """The texts of each page by the fields at whose places they stand, as a reader of the PDF finds them."""
    places: dict[tuple[int, int], list[str]] = {}
    for name, field in layout.fields.items():
        x, y = layout.at(field.line, field.column)
        places.setdefault((round(x), round(y)), []).append(name)
    pages = []
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        found: dict[str, str] = {}

        def visit(text, cm, tm, font, size, found=found):
            word = text.strip()
            if not word or not font or "Courier" not in font["/BaseFont"]:
                return
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            names = [
                name
                for name, field in layout.fields.items()
                for left, low in [layout.at(field.line, field.column)]
                if abs(low - y) < 1 and left - 1 <= x <= left + field.size * 7.2
            ]
            for name in names:
                found.setdefault(name, word)

        page.extract_text(visitor_text=visit)
        pages.append(found)
    return pages


# RIVALS 10: CMS-1500 from the same claim (Medplum 6340)
@pytest.mark.parametrize(("make", "form"), [(professional, "cms1500"), (institutional, "ub04")])
@pytest.mark.parametrize("overlay", [False, True])
def test_every_item_is_read_back_from_its_place(make, form, overlay):
    claim = make(30)
    pages, findings = fill_form(claim, form)
    pdf, _ = print_form(claim, form, overlay=overlay)
    read = read_back(pdf, load_layout(form))
    assert len(read) == len(pages) == {"cms1500": 5, "ub04": 2}[form]
    for page, texts in zip(pages, read, strict=True):
        assert {name: texts.get(name) for name in page} == page
    assert not findings


EXPECTED = {
    "1.group": "X", "1a": "XYZ123456789", "2": "TESTMAN JR, CASEY", "3.date": "07 09 2015", "3.M": "X",
    "4": "TESTMAN, TERRY, Q", "5.street": "12 SAMPLE LANE APT 3", "6.child": "X", "9": "SAMPLESEN, ALEX", "9a": "G-77",
    "9d": "OTHER MUTUAL", "10a.no": "X", "10b.yes": "X", "10b.state": "IL", "11": "GRP-1", "11a.F": "X",
    "11d.yes": "X", "12": "SIGNATURE ON FILE", "13": "SIGNATURE ON FILE", "14.qualifier": "431", "15.qualifier": "439",
    "16.from": "05 04 2026", "16.to": "05 11 2026", "17.qualifier": "DN", "17": "ROBIN REFERSON", "17b": "1987654328",
    "20.no": "X", "21.version": "0", "21A": "S161XXA", "21C": "M542", "22.code": "7", "22.number": "PAYER-CTL-1",
    "23": "AUTH778899", "24A.from#1": "05 04 26", "24B#1": "11", "24D#1": "99213", "24D.1#1": "25", "24D.2#1": "59",
    "24E#1": "AB", "24F#1": "100 00", "24G#2": "2", "24J#1": "1234567893", "supplement#2": "N400409379301 ML1",
    "25": "123456789", "25.ein": "X", "26": "ACCT-4711", "27.yes": "X", "28": "300 00", "29": "20 00",
    "31": "SIGNATURE ON FILE", "32.name": "EXAMPLE ANNEX", "32a": "1111111112", "33.name": "EXAMPLE FAMILY CLINIC INC",
    "33.phone": "555 5550100", "33a": "1234567893", "33b": "ZZ207Q00000X",
}  # fmt: skip

UB = {
    "1.1": "EXAMPLE GENERAL HOSPITAL", "3a": "HOSP-2026-1", "3b": "MRN-55", "4": "0111", "5": "987654321",
    "6.from": "050126", "6.through": "050526", "8b": "SAMPLESEN, JO", "10": "08051944", "11": "F", "12": "050126",
    "13": "14", "14": "1", "15": "1", "16": "11", "17": "01", "18": "09", "31a.code": "18", "31a.date": "080509",
    "35a.code": "74", "35a.through": "050326", "39a.code": "01", "39a.amount": "1250 00", "42#1": "0121",
    "44#1": "1250.00", "46#1": "2", "47#1": "2500 00", "48#2": "10 00", "42.total": "0001", "47.total": "10000 00",
    "50A": "MEDICARE A", "50B": "SUPPLEMENT MUTUAL", "51A": "00123", "52A": "Y", "53A": "Y", "56": "1234567893",
    "58A": "SAMPLESEN, JO", "59A": "18", "60A": "1EG4TE5MK73", "61B": "PLAN F", "63A": "AUTH-1", "66": "0",
    "67": "I5033", "67.poa": "Y", "67A": "J9601", "67B": "N179", "67B.poa": "N", "69": "R0602", "71": "291",
    "72a": "W19XXXA", "74.code": "5A09357", "74.date": "050226", "74a.code": "02HV33Z", "76.npi": "1987654328",
    "76.last": "ATTENDERSON", "77.last": "CUTTERBY", "80.1": "DISCHARGED HOME WITH", "81a.qualifier": "B3",
}  # fmt: skip


@pytest.mark.parametrize(("make", "expected"), [(professional, EXPECTED), (institutional, UB)])
def test_items_hold_what_the_instructions_ask(make, expected):
    (page, *_), _ = fill_form(make())
    assert {name: page.get(name) for name in expected} == expected


def test_nothing_speaks_for_the_patient():
    """Assignment and signatures are printed only where the claim holds them (OpenEMR #5699)."""
    claim = replace(professional(), assignment="", benefits_assigned="", release="", provider_signature="")
    (page, *_), _ = fill_form(claim)
    assert not {"12", "13", "27.yes", "27.no", "31"} & page.keys()


def test_totals_stand_on_the_last_page_alone():
    pages, _ = fill_form(professional(13))
    assert [page["28"] for page in pages] == ["CONTINUED", "CONTINUED", "1300 00"]


def test_what_does_not_fit_is_cut_and_told_without_its_content():
    claim = professional()
    long = replace(claim.billing, name="Very Long Clinic Name Of Many Words Together")
    (page, *_), findings = fill_form(replace(claim, billing=long))
    assert page["33.name"] == "VERY LONG CLINIC NAME OF MANY"
    assert [f.rule for f in findings] == ["form.too-long"]
    assert "clinic" not in findings[0].message.lower()


def test_more_than_the_form_holds_is_a_finding():
    claim = institutional()
    many = tuple(replace(claim.codes[2]) for _ in range(20))
    _, findings = fill_form(replace(claim, codes=(*claim.codes, *many)))
    assert any(f.rule == "form.no-room" and f.where == "item 67" for f in findings)


@pytest.mark.parametrize("form", ["cms1500", "hcfa"])
def test_wrong_form_is_one_clear_line(form):
    with pytest.raises(UsageError, match=r"does not go on|no such form"):
        fill_form(institutional(), form)


def test_dental_has_no_form_here():
    with pytest.raises(UsageError, match="837D"):
        print_form(replace(professional(), form=ClaimForm.DENTAL))


@pytest.mark.parametrize("name", LAYOUTS)
def test_fields_stay_on_the_page_and_apart(name):
    layout = load_layout(name)
    taken: dict[tuple[float, int], str] = {}
    for field in layout.fields.values():
        x, y = layout.at(field.line, field.column)
        assert x >= 0
        assert x + field.size * 7.2 <= 612
        assert 0 < y < 792
        for column in range(int(field.column), int(field.column) + field.size):
            assert taken.setdefault((field.line, column), field.name) == field.name, field.name


def test_same_claim_same_bytes():
    assert print_form(professional())[0] == print_form(professional())[0]


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.integers(0, 40))
def test_any_name_and_number_of_lines_prints(name, lines):
    claim = professional(lines)
    pdf, _ = print_form(replace(claim, billing=replace(claim.billing, name=name)))
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == max(1, -(-lines // 6))

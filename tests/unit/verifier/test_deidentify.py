"""What is masked, what is left, and the way back to the offsets of the text. All names and numbers are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nosology.model.note import Span
from nosology.verifier.deidentify import deidentify
from nosology.verifier.masked import Mask, mask_text

MASKED = """
seen on 03/14/2024                                  | seen on [DATE 2024]
seen 3/4/24 and 03-14-2024                          | seen [DATE '24] and [DATE 2024]
2024-03-14T10:22:00Z                                | [DATE 2024]T10:22:00Z
March 14, 2024; 14 March 2024; 14-Mar-24            | [DATE 2024]; [DATE 2024]; [DATE '24]
since June 2019, on Sept. 3rd                       | since [DATE 2019], on [DATE]
admitted 3/14, from 3/14-3/16/2024                  | admitted [DATE], from [DATE]-[DATE 2024]
DOB: 03/14/1931                                     | DOB: [DATE]
Date of birth March 14, 1931                        | Date of birth [DATE]
a 92-year-old man, 93 y/o, 95yo, age: 101           | a 90+-year-old man, 90+ y/o, 90+yo, age: 90+
she is in her nineties                              | she is in her 90+
call (555) 010-1234 or 555-010-1234 x12             | call [PHONE] or [PHONE]
555.010.1234, +1 555 010 1234, +44 20 7946 0000     | [PHONE], [PHONE], [PHONE]
Fax: 555-0101, pager 5550102                        | Fax: [PHONE], pager [PHONE]
write to a.b+c@mail.example.org                     | write to [EMAIL]
https://portal.example.org/x?id=1 www.example.com   | [URL] [URL]
from 192.0.2.17 and 2001:db8::17                    | from [IP] and [IP]
SSN 078-05-1120, social security number: 078051120  | SSN [SSN], social security number: [SSN]
MRN: 12345678; MRN 12-34-56; Medical Record #A12345 | MRN: [ID]; MRN [ID]; Medical Record #[ID]
Account No: 99-1234, Member ID: XYZ123456           | Account No: [ID], Member ID: [ID]
Medicare 1EG4-TE5-MK73                              | Medicare [ID]
DEA AB1234563, license number: MD-44321             | DEA [ID], license number: [ID]
VIN 1HGCM82633A004352; serial number SN-00A1        | VIN [ID]; serial number [ID]
implant (01)00643169007222(17)261231                | implant [ID]
study number 20249917                               | study number [ID]
lives at 12 Oak Street, Apt 4B, Springfield, IL 62704 | lives at [ADDRESS], [ADDRESS]
P.O. Box 512, zip 62704                             | [ADDRESS], zip [ADDRESS]
lives in Springfield, Illinois with a dog           | lives in [PLACE] with a dog
Patient Name: DOE, JANE Q   MRN: 00123              | Patient Name: [NAME]   MRN: [ID]
Name: jane doe                                      | Name: [NAME]
Patient: Jane Doe is well. Doe denies pain. DOE     | Patient: [NAME] is well. [NAME] denies pain. [NAME]
Dr. van der Berg and Mrs. O'Malley-Roe met          | Dr. [NAME] and Mrs. [NAME] met
Jane Roe is a 54-year-old woman                     | [NAME] is a 54-year-old woman
Electronically signed by Alan B. Roe, MD            | Electronically signed by [NAME], MD
Karen Blue, RN; Alan Roe DO                         | [NAME], RN; [NAME] DO
PATIENT....: ROE, OPAL                              | PATIENT....: [NAME]
Ms. Wu has pain. Anna Wu denies it                  | Ms. [NAME] has pain. [NAME] denies it
Placebo, E.; 000-TEST-0015; S24-10233               | Placebo, E.; [ID]; [ID]
here with her daughter, Maria                       | here with her daughter, [NAME]
Mr. Parkinson has Parkinson's disease               | Mr. [NAME] has Parkinson's disease
"""

KEPT = """
BP 120/80, pulse 72, strength 5/5, murmur 2/6, pain 8/10
A1c 7.2, WBC 12.5, platelets 150,000, creatinine 1.42 mg/dL, EF 55-60%
54-year-old man, 89 y/o, aged 12 months, 3 days
500 mg twice daily for 10-14 days, 1-2 tablets q4-6h
L4-L5 disc, T12-L1, C5-C6, stage IIIb, grade 2, G2P1001, 2.5 x 3.1 cm
Type 2 diabetes mellitus with hyperglycemia, Parkinson disease, Graves disease, Crohn's disease
E11.621, N18.32, Z79.4
Chest X-ray, PA and lateral; CT of the abdomen; MS; MI; AR
Plan: 2 units, F/u in 3 weeks with Cardiology. May return to work
Assessment: Asthma. Patient: doing well. Provider: Cardiology
Mother alive. Father with Hypertension. Sister: diabetes
MS Contin 15 mg, MR angiogram, Pt: PAD is stable, re: SNRI, mother Hashimoto
ratio 10:1:2, GCS 3-4-5, pH 7.31, 98.6 F
"""


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" | ")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "masked"), rows(MASKED))
def test_identifiers_are_masked(text: str, masked: str) -> None:
    assert deidentify(text).text == masked


@pytest.mark.parametrize("text", KEPT.strip().splitlines())
def test_what_a_coder_needs_is_kept(text: str) -> None:
    assert deidentify(text).text == text


def test_name_is_masked_before_it_is_announced_and_across_lines() -> None:
    text = "Roe came in.\nDr. Alan Roe saw him.\nCopy to ROE and Alan's clinic, about roe deer.\n"
    assert deidentify(text).text == (
        "[NAME] came in.\nDr. [NAME] saw him.\nCopy to [NAME] and [NAME]'s clinic, about roe deer.\n"
    )


def test_offsets_go_both_ways() -> None:
    text = "Dr. Roe, 03/14/2024: low back pain, call 555-010-1234."
    masked = deidentify(text)
    assert masked.text == "Dr. [NAME], [DATE 2024]: low back pain, call [PHONE]."
    for piece in ("low back pain", "Dr.", "call"):
        span = Span(masked.text.index(piece), masked.text.index(piece) + len(piece))
        back = masked.to_original(span)
        assert text[back.start : back.end] == piece
        assert masked.to_masked(back) == span
    inside = Span(masked.text.index("DATE"), masked.text.index("DATE") + 2)
    back = masked.to_original(inside)
    assert text[back.start : back.end] == "03/14/2024"
    half = Span(text.index("14/2024"), text.index("low") + 3)
    there = masked.to_masked(half)
    assert masked.text[there.start : there.end] == "[DATE 2024]: low"


@given(st.text("ab 1", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=6))
def test_any_masks_keep_the_map_true(text: str, places: list[tuple[int, int]]) -> None:
    masks = [Mask(Span(a, min(len(text), a + n)), "id", "[ID]") for a, n in places if a < len(text)]
    masked = mask_text(text, masks)
    covered = {offset for mask in masks for offset in range(mask.span.start, mask.span.end)}
    for offset in range(len(text)):
        there = masked.to_masked(Span(offset, offset + 1))
        back = masked.to_original(there)
        assert back.start <= offset < back.end
        if offset in covered:
            assert masked.text[there.start : there.end].startswith("[ID]")
        else:
            assert masked.text[there.start : there.end] == text[offset]
            assert back == Span(offset, offset + 1)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    masked = deidentify(text)
    whole = masked.to_original(Span(0, len(masked.text)))
    assert whole == Span(0, len(text))


@pytest.mark.parametrize("unit", ["A", "Dr. Smith ", "1-", "Aa, ", "1 Aa ", "a.b.", ":", "0a:", "of the ", "1 ", "\n"])
def test_time_grows_with_the_text(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.perf_counter()
    deidentify(text)
    assert time.perf_counter() - started < 10

"""The document of a chart as HTML: spans, overlap, hostile text."""

from __future__ import annotations

import re
import time
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from nosology.web.workbench.document_html import kind_of, render_document

_TAG = re.compile(r"<[^>]*>")


def plain(html: str) -> str:
    return unescape(_TAG.sub("", html))


def mention(start: int, end: int, **said: str) -> dict[str, object]:
    return {"start": start, "end": end, "status": "present", "subject": "patient", "time": "current", **said}


def test_kinds() -> None:
    assert kind_of(mention(0, 1)) == ("present", "present")
    assert kind_of(mention(0, 1, status="possible")) == ("uncertain", "possible")
    assert kind_of(mention(0, 1, status="absent")) == ("absent", "absent")
    assert kind_of(mention(0, 1, time="historical")) == ("historical", "in the past")
    assert kind_of(mention(0, 1, subject="family")) == ("family", "of the family")
    assert kind_of(mention(0, 1, subject="family", status="absent")) == ("family", "of the family, absent")
    assert kind_of(mention(0, 1, status="absent", time="historical"))[0] == "absent"


def test_one_mention() -> None:
    html = render_document("No fever.", [mention(3, 8, status="absent")])
    assert html == (
        '<section class="part" data-s="0" data-e="9">No '
        '<mark class="absent first" data-s="3" data-e="8" data-said="absent">fever</mark>.</section>'
    )


def test_nested_and_overlapping() -> None:
    text = "acute on chronic systolic heart failure"
    html = render_document(text, [mention(0, 39), mention(26, 39, status="possible"), mention(20, 30)])
    assert plain(html) == text
    shown = re.findall(r'<mark class="(\w+)[^"]*" data-s="(\d+)" data-e="(\d+)"', html)
    assert shown == [
        ("present", "0", "20"),
        ("present", "20", "26"),
        ("present", "26", "30"),  # of two, the shorter one
        ("uncertain", "30", "39"),
    ]


def test_hostile_text() -> None:
    text = '<script>alert("x")</script> & <img src=x onerror=1> \'"> pneumonia \x00 \u202e'
    start = text.index("pneumonia")
    html = render_document(
        text, [mention(start, start + 9, status='"><script>')], [{"name": '"><b>', "start": 0, "end": len(text)}]
    )
    assert plain(html) == text.replace("\0", "\ufffd")
    assert set(re.findall(r"</?(\w+)", html)) == {"section", "mark"}
    assert "onerror" not in re.sub(r">[^<]*<", "><", html)


def test_ranges_outside_are_left_out() -> None:
    html = render_document("abc", [mention(2, 9), mention(3, 3), mention(5, 6), {"start": None, "end": 2}])
    assert plain(html) == "abc"
    assert html.count("<mark") == 1


def test_sections_and_long_ones_are_cut_at_lines() -> None:
    text = "HPI\n" + "He walks well.\n" * 1000 + "PLAN\nRest."
    plan = text.index("PLAN")
    html = render_document(
        text,
        [],
        [
            {"name": "history_of_present_illness", "start": 0, "end": plan},
            {"name": "plan", "start": plan, "end": len(text)},
        ],
    )
    assert plain(html) == text
    assert 'aria-label="History of present illness"' in html
    assert 'aria-label="Plan"' in html
    parts = re.findall(r'data-s="(\d+)" data-e="(\d+)"', html)
    assert all(int(end) - int(start) <= 6000 for start, end in parts)
    assert all(text[int(end) - 1] == "\n" for _start, end in parts[:-1])


def test_evidence_without_a_mention_can_be_pointed_to() -> None:
    html = render_document("on metformin daily", [], [], [{"start": 3, "end": 12}])
    assert '<mark class="plain first" data-s="3" data-e="12">metformin</mark>' in html


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=12),
    st.lists(st.integers(0, 70), max_size=4),
)
def test_text_survives(text: str, places: list[tuple[int, int]], starts: list[int]) -> None:
    """Whatever the ranges: the text content is the text, and every piece quotes its own place."""
    text = "".join(letter for letter in text if letter not in "\r\0" and not "\ud800" <= letter <= "\udfff")
    html = render_document(
        text, [mention(*place) for place in places], [{"name": "x", "start": each} for each in starts]
    )
    assert plain(html) == text
    for start, end, inner in re.findall(r'<mark[^>]* data-s="(\d+)" data-e="(\d+)">(.*?)</mark>', html, re.DOTALL):
        assert unescape(inner) == text[int(start) : int(end)]


def test_two_hundred_pages_in_time() -> None:
    page = "The patient has diabetes and denies chest pain. " * 60 + "\n"
    text = page * 200
    marks = [mention(i, i + 8) for i in range(16, len(text) - 50, 48)]
    begun = time.perf_counter()
    html = render_document(text, marks)
    assert time.perf_counter() - begun < 2
    assert html.count("<mark") >= len(marks)

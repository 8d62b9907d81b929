"""A coded note made by hand, so that what is drawn can be tested without the engine."""

from __future__ import annotations

from datetime import date

import pytest

from nosology.model.coding import Alternative, CodedNote, CodeRole, CodeSuggestion, NotCoded, Query
from nosology.model.encounter import Setting
from nosology.model.finding import Finding, Severity
from nosology.model.note import Document, Evidence, Mention, Note, Role, Section, Span, Status
from nosology.model.trace import Step

TEXT = (
    "HPI: 61 y/o man with type 2 diabetes and a right heel ulcer <b>&amp;</b>.\n"
    "Denies fever. Father had gout.\n"
    "ASSESSMENT: Diabetic foot ulcer, possible osteomyelitis.\n"
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def evidence(words: str, section: str = "assessment", role: Role = Role.SUPPORTS) -> Evidence:
    return Evidence(span(words), words, section, role)


@pytest.fixture
def coded() -> CodedNote:
    """One note, two codes that share a phrase, three things not coded, a query and a warning."""
    mentions = (
        Mention(span("fever"), (span("fever"),), ("R50.9",), ("fever",), 1, 0, Status.ABSENT, cue="denies"),
        Mention(span("osteomyelitis"), (span("osteomyelitis"),), ("M86.9",), ("osteomyelitis",), 2, 1, Status.POSSIBLE),
        Mention(span("right heel ulcer"), (span("right heel ulcer"),), ("L97.41",), ("heel ulcer",), 0, 0),
    )
    return CodedNote(
        note=Note(
            Document("clinic.txt", TEXT),
            (Section("assessment", "ASSESSMENT", Span(0, len(TEXT)), Span(0, len(TEXT))),),
            (),
            mentions,
        ),
        setting=Setting.OUTPATIENT,
        on=date(2026, 5, 4),
        scope="reportable",
        releases=(("icd10cm", "2026-04-01"),),
        suggestions=(
            CodeSuggestion(
                "icd10cm",
                "E11.621",
                "Type 2 diabetes mellitus with foot ulcer",
                CodeRole.FIRST_LISTED,
                1,
                0.93,
                (evidence("Diabetic foot ulcer"), evidence("type 2 diabetes", "history_of_present_illness")),
                (Step("index", "Diabetes, type 2, with, foot ulcer", "ICD-10-CM Index"),),
                (Alternative("E10.621", "type 1 is not documented"),),
            ),
            CodeSuggestion(
                "icd10cm",
                "L97.419",
                "Non-pressure chronic ulcer of right heel and midfoot with unspecified severity",
                CodeRole.SECONDARY,
                2,
                0.41,
                (evidence("right heel ulcer", "history_of_present_illness"), evidence("Diabetic foot ulcer")),
                (Step("guideline", "use additional code to identify site of ulcer", "ICD-10-CM Tabular, E11.621"),),
            ),
        ),
        not_coded=(
            NotCoded(span("fever"), "fever", "absent", "R50.9"),
            NotCoded(span("gout"), "gout", "family history", "M10.9"),
            NotCoded(span("osteomyelitis"), "osteomyelitis", "possible; not coded outpatient (IV.H)", "M86.9"),
        ),
        queries=(
            Query(
                "query.severity",
                "How deep is the ulcer of the right heel?",
                ("skin breakdown only", "fat layer exposed", "cannot be determined"),
                (evidence("right heel ulcer"),),
            ),
        ),
        findings=(
            Finding(
                "release.outdated",
                Severity.WARNING,
                "the newest release ended 2026-09-30",
                citation="45 CFR 162.1000",
                fix="nosology codesets install icd10cm",
            ),
        ),
    )

"""Lines that were broken at a column are read as the sentences that they are, and quoted as they stand."""

import textwrap

import pytest

from nosology.notes.wrapped import unwrap_lines

PROSE = (
    "She was admitted with three days of fever, cough and pleuritic pain of the right side, and the film showed a "
    "pneumonia of the right lower lobe. She was treated with ceftriaxone. On hospital day 4 she fell in her room and "
    "had a laceration of the left elbow, closed with sutures. Her hypertension, for which she takes lisinopril, was "
    "stable. The potassium of 2.9 on arrival, hypokalemia, was replaced, and her chronic kidney disease, stage 3a by "
    "its filtration rate, did not change during the stay."
)


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_broken_prose_is_one_paragraph(width: int) -> None:
    """The breaks of a column become blanks; the length stays, so that spans hold."""
    broken = f"HOSPITAL COURSE:\n{textwrap.fill(PROSE, width)}\n\nHome with family.\n"
    read = unwrap_lines(broken)
    assert read == f"HOSPITAL COURSE:\n{PROSE}\n\nHome with family.\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One line only, that goes on for more than sixty characters of text and then ends.",
        "1. Pneumonia of the right lower lobe, treated with ceftriaxone for five days\n2. Hypertension, on lisinopril\n"
        "3. Chronic kidney disease, stage 3a, creatinine stable at 1.4\n4. Hypokalemia, replaced\n5. Fall in the room",
        "Sodium      128     low\nPotassium   2.9     low\nChloride    99      normal\nCreatinine  1.4     high\n"
        "Glucose     140     high",
        "Pneumonia\nhypertension\nhypokalemia\nfall\nlaceration of the elbow\ngout",
        f"HOSPITAL COURSE:\n{PROSE}\n{PROSE}",
    ],
)
def test_lines_that_are_items_stay(text: str) -> None:
    """Lists, tables and paragraphs on lines of their own are left as they are."""
    assert unwrap_lines(text) is text


def test_items_of_a_broken_list_stay_items() -> None:
    """A bullet, a number, a date and a heading begin a line, however full the line before them is."""
    items = [f"- {PROSE}", f"2. {PROSE}", f"3/04 {PROSE}", f"Plan: {PROSE}"]
    broken = "\n".join(textwrap.fill(item, 78, subsequent_indent="  ") for item in items)
    lines = unwrap_lines(broken).split("\n")
    assert [line[:6] for line in lines] == ["- She ", "2. She", "3/04 S", "Plan: "]

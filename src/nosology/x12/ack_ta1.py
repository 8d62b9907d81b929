"""TA1, the answer to an interchange as such: written from a verdict, and read.

Authority: X12 005010 control segments, interchange acknowledgement.
"""

from __future__ import annotations

from nosology.model.acknowledgement import InterchangeAcknowledgement
from nosology.x12.envelope import read_transactions
from nosology.x12.segments import Delimiters, Source

__all__ = ["read_ta1", "write_ta1"]


def write_ta1(answer: InterchangeAcknowledgement, delimiters: Delimiters | None = None) -> str:
    """Return the segment, without its terminator; it goes between ISA and the first GS."""
    separator = (delimiters or Delimiters()).element
    control = answer.control if answer.control.isascii() and answer.control.isdigit() else "0"
    return separator.join(
        ("TA1", control.zfill(9)[-9:], _digits(answer.date, 6), _digits(answer.time, 4), answer.verdict, answer.code)
    )


def _digits(text: str, width: int) -> str:
    return text if text.isascii() and text.isdigit() and len(text) == width else "0" * width


def read_ta1(source: Source, *, name: str = "the file") -> list[InterchangeAcknowledgement]:
    """Return what the TA1 segments of a file say, in their order.

    Raises:
        UnreadableInput: the text holds no X12.
    """
    reader = read_transactions(source, name=name, lazy=True)
    for _ in reader:
        pass
    found = []
    for elements in reader.acknowledgements:
        padded = (*elements, "", "", "", "", "", "")
        found.append(InterchangeAcknowledgement(padded[1], padded[2], padded[3], padded[4], padded[5]))
    return found

"""How the tables of the National Correct Coding Initiative are keyed: codes and pairs of codes as whole numbers."""

from __future__ import annotations

__all__ = ["FOREVER", "decode_code", "encode_code", "encode_pair"]

FOREVER = 99991231
"""Last day of an edit that has no end, as YYYYMMDD."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}


def encode_code(code: str) -> int:
    """A code of five letters and digits as a whole number, -1 for anything else.

    >>> encode_code("0001U"), encode_code("x")
    (66, -1)
    """
    if len(code) != 5:
        return -1
    number = 0
    for character in code:
        value = _VALUES.get(character)
        if value is None:
            return -1
        number = number * 36 + value
    return number


def encode_pair(first: int, second: int) -> int:
    """Two encoded codes as one whole number, column 1 in front."""
    return first << 26 | second


def decode_code(number: int) -> str:
    """The code that a whole number stands for."""
    text = ""
    for _place in range(5):
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return text

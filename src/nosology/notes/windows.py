"""How far a cue with a window reaches: so many words ahead or back."""

from __future__ import annotations

__all__ = ["words_after", "words_before"]


def words_after(text: str, start: int, end: int, count: int) -> int:
    """Return where the next ``count`` words of ``text[start:end]`` end: an offset in code points, at most ``end``."""
    words = text[start:end].split(None, count)
    if len(words) <= count:
        return end
    return end - len(words[count])


def words_before(text: str, end: int, begin: int, count: int) -> int:
    """Return where the last ``count`` words of ``text[begin:end]`` begin: an offset in code points."""
    words = text[begin:end].rsplit(None, count)
    if len(words) <= count:
        return begin
    return begin + len(words[0])

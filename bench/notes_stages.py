"""Where the time goes while a note is read: the share of each stage, and its ratio to splitting the text at blanks.

Run: ``python bench/notes_stages.py [FILE…]`` (default: the charts in ``examples/``). Ratios hold on any machine.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from nosology.model.note import Section, Sentence, Span
from nosology.notes.assertions import Assertions
from nosology.notes.cues import find_cues
from nosology.notes.sections import split_sections
from nosology.notes.sentences import split_sentences

ROOT = Path(__file__).resolve().parents[1]
ASKED_PER_KB = 25
Prepared = tuple[str, tuple[Section, ...], tuple[Sentence, ...], list[tuple[Span, int]]]


def prepare(text: str) -> Prepared:
    """A text with its sections and sentences, and the spans that are asked: long words, evenly spread."""
    sections = split_sections(text)
    sentences = split_sentences(text, sections)
    words = [
        (Span(s.span.start + m.start(), s.span.start + m.end()), i)
        for i, s in enumerate(sentences)
        for m in re.finditer(r"[A-Za-z]{6,}", text[s.span.start : s.span.end])
    ]
    step = max(1, len(words) * 1024 // max(1, ASKED_PER_KB * len(text)))
    return text, sections, sentences, words[::step]


def ask(text: str, sections: Sequence[Section], sentences: Sequence[Sentence], asked: list[tuple[Span, int]]) -> None:
    """Build the assertions of a note and ask for each span."""
    assertions = Assertions(text, sections, sentences)
    for span, sentence in asked:
        assertions.of(span, sentence)


def measure(work: Callable[[Prepared], object], notes: list[Prepared], rounds: int = 15) -> float:
    """Least processor time of one round over all notes, in seconds."""
    best = float("inf")
    for _ in range(rounds):
        begin = time.process_time()
        for note in notes:
            work(note)
        best = min(best, time.process_time() - begin)
    return best


def main() -> None:
    """Print the table."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted((ROOT / "examples").glob("*.txt"))
    notes = [prepare(path.read_text(encoding="utf-8")) for path in paths]
    if not notes:
        raise SystemExit("no notes: name some text files")
    stages: dict[str, Callable[[Prepared], object]] = {
        "sections": lambda note: split_sections(note[0]),
        "sentences": lambda note: split_sentences(note[0], note[1]),
        "cue search": lambda note: find_cues(note[0]),
        "scopes and answers": lambda note: ask(*note),
    }
    took = {name: measure(work, notes) for name, work in stages.items()}
    took["scopes and answers"] = max(0.0, took["scopes and answers"] - took["cue search"])
    blank = measure(lambda note: note[0].split(), notes)
    total = sum(took.values())
    print(
        f"{len(notes)} notes, {sum(len(note[0]) for note in notes) / 1024:.0f} KB, {ASKED_PER_KB} mentions asked per KB"
    )
    print(f"{'stage':20} {'share':>6} {'x str.split':>12}")
    for name, seconds in took.items():
        print(f"{name:20} {seconds / total:6.0%} {seconds / blank:12.1f}")
    print(f"{'all':20} {1:6.0%} {total / blank:12.1f}")


if __name__ == "__main__":
    main()

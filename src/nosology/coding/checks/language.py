"""The language of a note: what is not in English is not read, and the finding says so.

Words of grammar are counted ("de la", "und der"), for the note and then, where another language shows at all, sentence
by sentence: a quotation, or instructions for the patient, do not keep the rest of an English note from being coded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nosology.coding.workup import Workup, check
from nosology.lexicon.patterns import compile_words
from nosology.model.note import Span
from nosology.rules.loader import Rule

__all__ = ["find_language"]

_WORD = re.compile(r"[^\W\d_]+(?:-old)?")
_NOT_LATIN = re.compile(r"[\u0370-\u1dff\u3040-\ud7ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_FEWEST = 8  # letters of another script
_SHORTEST = 4  # words of a sentence of which a language can be told
_KINDS = 3  # different words that such a sentence has of it
_CERTAIN = 0.3  # share of letters of another script from which a text is in it


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the rule: of English, of each other language, and of which languages each is one."""

    english: frozenset[str]
    languages: dict[str, frozenset[str]]
    foreign: frozenset[str]


@lru_cache(maxsize=4)
def _words_of(rule: Rule) -> _Words:
    languages = {name: frozenset(map(str, words)) for name, words in rule.data["words"].items()}
    english = frozenset(map(str, rule.data["english"]))
    return _Words(english, languages, frozenset().union(*languages.values()) - english)


@check("language", "chart")
def find_language(workup: Workup, rule: Rule) -> None:
    """Set aside what is not in English: the note as a whole, or single sentences."""
    text = workup.chart.text
    known = _words_of(rule)
    script = "" if text.isascii() else _script(text, rule)
    if script:
        _set_aside_all(workup, rule, script, ())
        return
    distinct = int(rule.data["distinct"])
    if sum(len(compile_words(words).places(text)) for words in rule.data["telling"]) < 2:
        return
    words = workup.chart.lower.split()
    if len(known.foreign.intersection(words)) < distinct:
        return
    words = _WORD.findall(workup.chart.lower)
    language, hits, kinds = _likeliest(words, known)
    english = sum(word in known.english for word in words)
    if hits < distinct or kinds < distinct:
        return
    foreign = [(n, said) for n in range(len(workup.note.sentences)) if (said := _language_of(workup, n, known))]
    if hits > english and english < float(rule.data["share"]) * len(words):
        _set_aside_all(workup, rule, language, (n for n, _ in foreign))
    elif foreign:
        _set_aside(workup, rule, foreign)


def _script(text: str, rule: Rule) -> str:
    """The name of the script other than Latin in which a good part of the letters is written, else ""."""
    if len(text) - len(text.encode("latin-1", "ignore")) < _FEWEST:
        return ""
    outside = [ord(letter) for letter in _NOT_LATIN.findall(text)]
    if len(outside) < _FEWEST or len(outside) < _CERTAIN * (len(_LATIN.findall(text)) + len(outside)):
        return ""
    counts = Counter(
        name for place in outside for name, (first, last) in rule.data["scripts"].items() if first <= place <= last
    )
    return "Japanese" if counts["Japanese"] else counts.most_common(1)[0][0] if counts else "an unknown script"


def _likeliest(words: Iterable[str], known: _Words) -> tuple[str, int, int]:
    """The language with the most words of grammar: its name, how many, and how many different ones."""
    counts = Counter(word for word in words if word in known.foreign)
    best = ("", 0, 0)
    for name, own in known.languages.items():
        here = [counts[word] for word in own if word in counts and word not in known.english]
        if sum(here) > best[1]:
            best = (name, sum(here), len(here))
    return best


def _language_of(workup: Workup, number: int, known: _Words) -> str:
    """The language of a sentence that is not in English, else ""."""
    words = _WORD.findall(workup.sentence_at(number).lower())
    if len(words) < _SHORTEST or len(known.foreign.intersection(words)) < _KINDS:
        return ""
    language, hits, kinds = _likeliest(words, known)
    english = sum(word in known.english for word in words)
    return language if kinds >= _KINDS and hits > 2 * english and 4 * hits >= len(words) else ""


def _set_aside_all(workup: Workup, rule: Rule, language: str, numbers: Iterable[int]) -> None:
    """Report that the note is in another language and let nothing of it be coded."""
    sentences = workup.note.sentences
    shown = [sentences[n].span for n in numbers] or [s.span for s in sentences]
    evidence = [workup.quote(span) for span in shown[: int(rule.data["most"])]]
    workup.report_finding(rule, evidence, message=rule.message.format(language=language))
    workup.withhold(str(rule.data["why"]).format(language=language))


def _set_aside(workup: Workup, rule: Rule, foreign: list[tuple[int, str]]) -> None:
    """Set aside the facts of sentences in another language; the finding is information."""
    said = dict(foreign)
    for candidate in workup.candidates:
        for fact in candidate.facts:
            language = said.get(fact.mention.sentence)
            if language and not fact.reason:
                fact.reason = str(rule.data["why_part"]).format(language=language)
        live = [f for f in candidate.facts if not f.reason]
        if live:
            candidate.weight = max(f.weight for f in live)
        elif not candidate.dropped:
            workup.drop(candidate, candidate.facts[0].reason)
    names = ", ".join(dict.fromkeys(name for _, name in foreign))
    spans: list[Span] = [workup.note.sentences[n].span for n, _ in foreign]
    evidence = [workup.quote(span) for span in spans[: int(rule.data["most"])]]
    workup.report_finding(rule, evidence, message=str(rule.data["part"]).format(language=names), severity="information")

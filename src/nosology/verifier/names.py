"""Names of people: announced by a title, a label, a credential or a relation, then wherever they are repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from nosology.model.note import Span
from nosology.verifier.masked import Mask

__all__ = ["find_names"]

_WORD = r"[A-ZÀ-ÖØ-Þ](?:[\w'’-]{0,25}\w|\.)?"
_PARTICLE = r"(?:(?:van|von|de|del|della|der|den|di|da|la|le|bin|al|ibn|dos|du)\s+){0,2}"
_GAP = r"[ ]{1,2}"
_FULL = rf"{_WORD}(?:{_GAP}{_PARTICLE}{_WORD}){{0,3}}"
_TITLE = (
    r"(?:(?:Drs?|Mrs?|Ms|Mx|Prof|Sr|Fr|Rev|Hon|DR|MRS)\.|(?:Drs?|Mrs?|Ms|Miss|Mx|Prof|Professor|Doctor|Nurse|Rabbi"
    r"|DR|MRS)\b"
    r"|(?:MR|MS)\.(?=[ ]{1,2}[A-Z]{2,}\b))"  # without their capitals these are a valve, a nerve and a tomogram
)
_TITLED = re.compile(rf"(?<!\w)(?:{_TITLE}){_GAP}(?P<name>{_PARTICLE}{_WORD}(?:{_GAP}{_PARTICLE}{_WORD}){{0,2}})")
_LABEL = (
    r"(?:patient|pt|patient'?s?\s+name|pt\s+name|full\s+name|legal\s+name|preferred\s+name|first\s+name"
    r"|last\s+name|middle\s+name|surname|name|maiden\s+name|alias"
    r"|attending(?:\s+physician|\s+provider|\s+surgeon)?|admitting\s+physician|referring(?:\s+physician"
    r"|\s+provider)?|ordering\s+(?:physician|provider)"
    r"|primary\s+care\s+(?:physician|provider)|PCP|provider|physician|surgeon|assistant|first\s+assistant"
    r"|anesthesiologist|radiologist|pathologist|consultant|resident|author"
    r"|nurse|therapist|interpreter|informant|dictated\s+by|(?:electronically\s+)?signed(?:\s+by)?"
    r"|authenticated\s+by|transcribed\s+by|transcriptionist|reviewed\s+by|interpreted\s+by"
    r"|read\s+by|performed\s+by|seen\s+by|cc|to|from|re|dear|next\s+of\s+kin|emergency\s+contact|contact"
    r"|guardian|spouse|guarantor|subscriber|employer|proxy|caregiver)"
)
_LABELLED = re.compile(
    rf"(?:^|[ \t|;,(])(?P<label>(?i:{_LABEL}))[ \t.]*[:=][ \t]*(?:(?:{_TITLE}){_GAP})?(?P<name>{_WORD}"
    rf"(?:,?{_GAP}{_PARTICLE}{_WORD}){{0,3}})",
    re.MULTILINE,
)
_SURELY = re.compile(
    r"(?:^|[ \t|;])(?i:patient'?s?[ \t]+name|pt[ \t]+name|full[ \t]+name|legal[ \t]+name|first[ \t]+name"
    r"|last[ \t]+name|surname|name)[ \t.]*[:=][ \t]*"
    r"(?P<name>[^\W\d_][\w'’.-]*(?:,?[ ][^\W\d_][\w'’.-]*){0,3})(?=[ \t]*(?:$|[|;,(\d]|[ \t]{2}|\t))",
    re.MULTILINE,
)
_DEAR = re.compile(rf"^(?:Dear|DEAR|Re:?|RE:?|Attn:?){_GAP}(?:(?:{_TITLE}){_GAP})?(?P<name>{_FULL})", re.MULTILINE)
_BY = re.compile(
    r"\b(?i:(?:electronically[ \t]+)?signed(?:[ \t]+by)?|dictated[ \t]+by|reviewed[ \t]+by"
    r"|interpreted[ \t]+by|discussed[ \t]+with|referred[ \t]+by|seen[ \t]+by|evaluated[ \t]+by"
    r"|performed[ \t]+by|accompanied[ \t]+by|followed[ \t]+by|consulted[ \t]+by|named|name[ \t]+is"
    r"|goes[ \t]+by|known[ \t]+as)"
    rf"[ \t]+(?P<name>{_WORD}{_GAP}{_PARTICLE}{_WORD}(?:{_GAP}{_WORD})?)"
)
_CREDENTIAL = (
    r"(?:M\.?D|D\.?O|Ph\.?D|R\.?N|N\.?P|P\.?A(?:-C)?|FNP(?:-[A-Z]+)?|APRN|CNM|CRNA|DPM|DDS|DMD|PharmD"
    r"|LCSW|LPN|MBBS|FACS|FACC|FACP|PsyD|DC|OD|PT|DPT)\b\.?"
)
_CREDENTIALED = re.compile(
    rf"(?P<name>{_WORD}{_GAP}(?:{_WORD}{_GAP}){{0,2}}{_WORD}),[ \t]*{_CREDENTIAL}"
    rf"|(?P<turned>{_WORD},{_GAP}{_WORD}(?:{_GAP}{_WORD})?),[ \t]*{_CREDENTIAL}"
    rf"|(?P<plain>[A-Z][a-z'’-]{{1,20}}{_GAP}(?:[A-Z]\.?{_GAP})?[A-Z][\w'’-]{{1,20}}){_GAP}(?:M\.?D|D\.?O"
    rf"|Ph\.?D|APRN|FNP|CRNA|DPM|MBBS)\b"
)
_OPENS = re.compile(
    rf"(?:^|[.:]\s+|\n)(?P<name>[A-Z][\w'’-]{{1,20}}(?:{_GAP}(?:[A-Z]\."
    rf"|[A-Z][\w'’-]{{1,20}})){{0,2}}),?{_GAP}(?:is|was){_GAP}an?{_GAP}(?:(?:very{_GAP})?[a-z]{{3,12}},?{_GAP})?"
    rf"(?:\d{{1,3}}|9\d\+|[a-z]+)(?:[- ](?:years?|yrs?|yo|y\.?/?o|months?|weeks?|days?)|(?:yo|y\.?/?o)\b)"
)
_RELATED = re.compile(
    r"\b(?i:wife|husband|spouse|partner|fianc[eé]e?|son|daughter|mother|father|mom|dad|sister|brother"
    r"|aunt|uncle|niece|nephew|cousin|friend|neighbor|grand(?:son|daughter|mother|father)"
    r"|caregiver|caretaker|guardian|boyfriend|girlfriend|twin)(?:,[ \t]*|[ \t]+"
    r"|[ \t]*\()(?:named[ \t]+)?(?P<name>[A-Z][a-z'’-]{2,20}(?:[ \t]+[A-Z][a-z'’-]{2,20})?)\b"
)
_PART = re.compile(r"[^\W\d_][\w'’-]*")
_NOT_NAMES = frozenset(
    word
    for line in files("nosology.verifier").joinpath("data/not_names.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
_THING_AFTER = re.compile(
    r"(?:['’]s?)?[ \t-]+(?:disease|syndrome|sign|fracture|dementia|palsy|tumou?r|lymphoma|sarcoma"
    r"|esophagus|score|scale|criteria|procedure|test|maneuver|thyroiditis|ulcer|hernia"
    r"|contracture|phenomenon|blood|matter|count|lung|stain|cells?|catheter|ring|cyst|deformity"
    r"|classification|stage|grade)",
    re.IGNORECASE,
)
_WEAK = frozenset(
    ["pt", "re", "to", "from", "cc", "pcp", "contact", "provider", "referring", "attending", "consultant"]
)
"""Labels that stand before other things as often as before a name."""
_EPONYMS = frozenset(
    """alzheimer alzheimers crohn crohns down graves hashimoto hashimotos hodgkin hodgkins huntington huntingtons
    lynch marfan parkinson parkinsons raynaud raynauds""".split()  # noqa: SIM905
)
_BEFORE = frozenset(["dr", "drs", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "doctor", "nurse", "rabbi"])
_MOST_PARTS = 400


def find_names(text: str) -> Iterator[Mask]:
    """Yield the names in ``text``; a name that an eponym repeats ("Parkinson disease") stays in the eponym."""
    parts: set[str] = set()
    for span, weak in _announced(text):
        for match in _PART.finditer(text, span.start, span.end):
            word = match.group()
            abbreviation = weak and word.isupper() and len(word) < 5
            if len(word) > 1 and word.casefold() not in _NOT_NAMES and not abbreviation:
                parts.add(word)
        yield Mask(span, "name", "[NAME]")
    if not parts:
        return
    forms = set[str]()
    for part in sorted(parts)[:_MOST_PARTS]:
        forms |= {part, part.upper(), part.capitalize()} if len(part) > 2 else {part.capitalize()}
    known = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    repeated = re.compile(rf"(?<!\w)(?:(?P<given>[A-Z][a-z]{{1,20}})[ ](?:[A-Z]\.?[ ])?)?(?P<known>{known})(?!\w)")
    for match in repeated.finditer(text):
        given, start = match["given"], match.start("known")
        if not match["known"][0].isupper() or _THING_AFTER.match(text, match.end()):
            continue
        if given and given.casefold() not in _NOT_NAMES and given.casefold() not in _BEFORE:
            start = match.start()
        yield Mask(Span(start, match.end()), "name", "[NAME]")


def _announced(text: str) -> Iterator[tuple[Span, bool]]:
    """Each name with what announces it; True where what announces it may announce something else."""
    for pattern in (_TITLED, _LABELLED, _SURELY, _DEAR, _BY, _CREDENTIALED, _OPENS, _RELATED):
        for match in pattern.finditer(text):
            name = match.lastgroup or "name"
            weak = pattern is _DEAR or (pattern is _LABELLED and match["label"].casefold() in _WEAK)
            first = match[name].split()[0].strip(",.;")
            if (weak and first.isupper() and len(first) < 6 and "," not in match[name]) or (
                pattern is _RELATED and first.casefold().replace("'", "").replace("’", "") in _EPONYMS
            ):
                continue
            span = _trim(text, *match.span(name))
            if span is not None:
                yield span, weak


def _trim(text: str, start: int, end: int) -> Span | None:
    """Cut the name before its first word that is none ("Smith Assessment" → "Smith"); None where nothing is left."""
    last = None
    for match in _PART.finditer(text, start, end):
        if match.group().casefold() in _NOT_NAMES:
            end = last if last is not None else start
            break
        last = match.end()
    if last is None or end <= start:
        return None
    return Span(start, min(end, len(text)))

"""Devices of section X, by the device key and the tables that are installed.

CMS adds such values twice a year and takes old ones out: the key says which product is which value, the tables on which
body parts and by which approaches it may stand. A device counts where the chart says that it was put in in this stay.

Source: ICD-10-PCS device key, section X; Official Guidelines B6.1, E1.a.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nosology.codes.pcs_tables import PcsTables
from nosology.coding.pcs.catalogue import Catalogue, Choice, Procedure

__all__ = ["device_catalogue", "device_names"]

_NEW = " in New Technology"
_PREFIX = "device: "
_MARKS = re.compile(r"\((?:r|tm)\)")
_ASIDE = re.compile(r"\s*\([^)]*\)|\s*,.*\Z")
_KIND = re.compile(r"\s(?:(?:implant|spinal|stent|pacing)\s)?(?:system|device|implant|prosthesis)(?: lead)?\Z")
_SHORT = 5  # letters; a name as short as that stands only with its "system" or "device"
_WORDS = frozenset({"detour", "reducer", "minima", "leadless crt", "norm volume sensor management", "facet fixation"})
"""Names that mean something else without "system" or "device"."""
_NOT_HERE = (
    r"planned|deferred|evaluat\w+|candidate|prior|previous\w*|history|existing|in situ|outpatient|consider\w*|declin\w+"
    r"|refus\w+|status post|s/p|interrogat\w+|remov\w+|explant\w+|years? ago|months? ago|trial of"
)
_WAYS = (
    Choice("4", r"laparoscop\w*|thoracoscop\w*|endoscop\w*"),
    Choice("3", r"percutaneous(?:ly)?|minimally invasive|stab incisions?|guide ?wires?"),
    Choice("0"),
)


_LEVELS = (
    Choice("Lumbosacral Joint", r"(?-i:L5 ?[-/] ?S1)"),
    Choice("Lumbar Vertebral Joint", r"(?-i:L[1-4] ?[-/] ?L?[2-5])"),
    Choice("Lumbar Vertebra", r"(?-i:L[1-5])"),
    Choice("Thoracic Vertebra", r"(?-i:T(?:1[0-2]|[1-9]))"),
    Choice("Cervical Vertebral Joint", r"(?-i:C[2-6] ?[-/] ?C?[3-7])"),
)
"""Levels of the spine, where no part is named; what the table does not have is passed over."""


def device_names(term: str) -> tuple[str, ...]:
    """How a product of the device key is said: without marks, and without what kind of thing it is.

    >>> device_names("spinejack(r) system")
    ('spinejack system', 'spinejack')
    >>> device_names("tops(tm) system")
    ('tops system',)
    """
    whole = " ".join(_ASIDE.sub("", _MARKS.sub("", term)).split())
    bare = _KIND.sub("", whole)
    if bare == whole or len(bare) <= _SHORT or bare in _WORDS:
        return (whole,) if len(whole) > _SHORT else ()
    return (whole, bare)


_CATALOGUES: dict[int, tuple[PcsTables, Catalogue]] = {}


def device_catalogue(tables: PcsTables) -> Catalogue:
    """The new devices of the installed tables as entries of a catalogue, made once for each release."""
    known = _CATALOGUES.get(id(tables))
    if known is None or known[0] is not tables:
        entries = list(_entries(tables))
        needed = [
            (number, written, (max(re.split(r"[\s/-]", name), key=len),))
            for number, (_entry, names) in enumerate(entries)
            for written, name in names
        ]
        _CATALOGUES.clear()
        known = _CATALOGUES[id(tables)] = (tables, Catalogue([entry for entry, _names in entries], needed))
    return known[1]


def _entries(tables: PcsTables) -> Iterator[tuple[Procedure, list[tuple[str, str]]]]:
    by_device: dict[tuple[str, ...], list[str]] = {}
    for term, labels in tables.key("X", 6).items():
        if labels and all(label.endswith(_NEW) for label in labels):
            names = by_device.setdefault(tuple(label.removesuffix(_NEW) for label in labels), [])
            names += [name for name in device_names(term) if name not in names]
    for labels, names in by_device.items():
        said = [(_spelt(name), name) for name in names]
        says = tuple(written for written, _name in said)
        places = [(label, *place) for label in labels for place in _places(tables, label)]
        if says and places:
            for entry in _procedures(labels, says, places):
                yield entry, said


def _places(tables: PcsTables, label: str) -> Iterator[tuple[str, str, str, str]]:
    """Where a device stands: table, body part, approach, device."""
    for stem in tables.stems():
        if stem[0] != "X":
            continue
        for part in tables.next_values(stem):
            for way in tables.next_values(stem + part.code):
                for device in tables.next_values(stem + part.code + way.code):
                    if device.label == label:
                        yield stem, part.code, way.code, device.code


def _procedures(
    labels: tuple[str, ...], says: tuple[str, ...], places: Sequence[tuple[str, str, str, str, str]]
) -> Iterator[Procedure]:
    """The entries of a product: one for each table that has one body part for it, else one that reads the part."""
    parts: dict[tuple[str, str, str], set[str]] = {}
    for label, stem, part, _way, device in places:
        parts.setdefault((label, stem, device), set()).add(part)
    name = f"{_PREFIX}{labels[0]}"
    if len(labels) == 1 and all(len(of_table) == 1 for of_table in parts.values()):
        for (_label, stem, device), of_table in parts.items():
            code = (Choice(f"{stem}{min(of_table)}?{device}?"),)
            yield Procedure(f"{name} {stem}", says, code, axes={5: _WAYS}, unless=_NOT_HERE, cites="E1.a")
        return
    codes = tuple(Choice(f"{stem}??{device}?", _own_words(label, labels)) for label, stem, device in parts)
    axes = {4: (Choice("key"), *_LEVELS), 5: _WAYS}
    yield Procedure(name, says, codes, axes=axes, unless=_NOT_HERE, cites="E1.a")


def _own_words(label: str, labels: Sequence[str]) -> str:
    """The words of a label that no other value of the same product has, as a pattern; "" where it is alone."""
    if len(labels) == 1:
        return ""
    others = {word for other in labels if other != label for word in _letters(other)}
    return "|".join(word for word in _letters(label) if word not in others)


def _letters(label: str) -> list[str]:
    return re.findall(r"[a-z]{4,}", label.lower())


def _spelt(name: str) -> str:
    return re.escape(name).replace(r"\ ", " ").replace(r"\-", " ?")

"""Drugs and cell therapies of section X, by the names in the installed tables themselves.

CMS adds such values twice a year and takes old ones out, so that the tables are the list: the label of a substance,
without what kind of drug it is, is its name, and with the brands of ``lexicon/data/new_drugs.tsv`` how charts say it.
A drug counts where the chart says that it was given in this stay.

Source: ICD-10-PCS tables XW0 and XW1; Official Guidelines E1.a.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import nosology.lexicon
from nosology.codes.pcs_tables import PcsTables
from nosology.coding.pcs.catalogue import Catalogue, Choice, Procedure

__all__ = ["drug_catalogue", "drug_name"]

_TABLES = ("XW0", "XW1")
_VEINS = ("3", "4")  # peripheral, central
_PARTS = (*_VEINS, "1", "D")  # and subcutaneous tissue, mouth
_CELLS = ("leucel", "temcel", "omidubicel")  # cell therapies run through a central line unless the chart says otherwise
_PREFIX = "drug: "
_KIND = re.compile(
    r",? (?:antineoplastic|immunotherapy|anti-infective|monoclonal antibody|immunomodulator|hydrochloride"
    r"|anti-ifny|i-131|\(nonautologous\)).*\Z|, (?!inactivated).*\Z| allogeneic pancreatic.*\Z|-[a-z]{4}(?=\s|\Z)"
)
_NO_NAME = re.compile(
    r"other\b|engineered|non-chimeric|covid|plasma|high-dose|hyperimmune|nonautologous|iobenguane|broad|mineral|peptide|"
    r"antibiotic|agn1|paclitaxel|vancomycin|synthetic|melphalan|regn|tixagevimab|iloprost|fosfomycin|cd24fc|ser-|otl-|orca|daratumumab"
)
"""Labels that are no name of one drug, or of a drug that is also given for what the value does not stand for."""
_GIVEN = r"infused|infusion|ran in|given|administered|administration|transfused|injected|dosed|doses?|received|started"
_BEFORE = (
    r"received|given|infused|administered|infusion of|doses? of|treated with|started on|course of|administration of"
)
_NOT_HERE = (
    r"planned|not given|deferred|evaluat\w+|candidate|prior|previous\w*|history|home|outpatient|allerg\w+|hold|held|if"
    r"|consider\w*|eligible|declin\w+|refus\w+|discontinu\w+|await\w*|status post|s/p|after discharge|will|months? ago"
    r"|years? ago|approv\w+"
)


def drug_name(label: str) -> str:
    """The name of the drug in a label of the tables, in lower case; "" where the label names no one drug.

    >>> drug_name("Teclistamab Antineoplastic")
    'teclistamab'
    >>> drug_name("Other New Technology Monoclonal Antibody")
    ''
    """
    name = _KIND.sub("", label.lower()).strip()
    return "" if _NO_NAME.match(label.lower()) or len(name) < 6 else name


@cache
def _brands() -> Mapping[str, tuple[str, ...]]:
    """How else a drug is called, by its name."""
    path = Path(nosology.lexicon.__file__).parent / "data" / "new_drugs.tsv"
    found: dict[str, tuple[str, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            brand, name = line.split("\t")
            found[name] = (*found.get(name, ()), brand)
    return found


_CATALOGUES: dict[int, tuple[PcsTables, Catalogue]] = {}


def drug_catalogue(tables: PcsTables) -> Catalogue:
    """The drugs of the installed tables as entries of a catalogue, made once for each release."""
    known = _CATALOGUES.get(id(tables))
    if known is None or known[0] is not tables:
        entries = [_entry(name, codes) for name, codes in sorted(_values(tables).items())]
        needed = [
            (number, written, tuple(re.split(r"[\s/-]", each)[0] for each in _names(entry.name.removeprefix(_PREFIX))))
            for number, entry in enumerate(entries)
            for written in entry.says
        ]
        _CATALOGUES.clear()
        known = _CATALOGUES[id(tables)] = (tables, Catalogue(entries, needed))
    return known[1]


def _values(tables: PcsTables) -> dict[str, dict[str, str]]:
    """Name of a drug → place of the body (a value of the axis) → its code."""
    found: dict[str, dict[str, str]] = {}
    codes = [f"{stem}{part}" for stem in _TABLES for part in _PARTS]
    for _axis in ("approach", "substance", "group"):
        codes = [code + value.code for code in codes for value in tables.next_values(code)]
    for code in codes:
        name = drug_name(tables.axes(code)[5].label)
        if name:
            found.setdefault(name, {}).setdefault(code[3], code)
    return found


def _names(name: str) -> tuple[str, ...]:
    return (name, *_brands().get(name, ()))


def _entry(name: str, codes: Mapping[str, str]) -> Procedure:
    words = "|".join(map(_spelt, _names(name)))
    says = (rf"(?:{words})[^.;]{{0,60}}?\b(?:{_GIVEN})", rf"(?:{_BEFORE})[^.;]{{0,40}}?\b(?:{words})")
    if not set(_VEINS) <= set(codes):
        only = next(codes[part] for part in _PARTS if part in codes)
        return Procedure(f"{_PREFIX}{name}", says, (Choice(only),), unless=_NOT_HERE, cites="E1.a")
    usual, other, told = "3", "4", "central|port|picc|hickman|jugular|subclavian"
    if name.endswith(_CELLS):
        usual, other, told = "4", "3", r"peripheral\w*|forearm|antecubital"
    choices = (Choice(codes[other], told, near=True), Choice(codes[usual]))
    return Procedure(f"{_PREFIX}{name}", says, choices, unless=_NOT_HERE, cites="E1.a")


def _spelt(name: str) -> str:
    return re.escape(name).replace(r"\ ", " ").replace(r"\-", " ?")

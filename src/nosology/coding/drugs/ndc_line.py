"""The NDC of a drug that was given, as the chart states it: eleven digits, unit of measure, quantity, for its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from nosology.codes.ndc import NDC_UNITS, NdcPackage, find_ndc_directory, read_ndc
from nosology.codes.ndc_crosswalk import find_ndc_crosswalk
from nosology.model.finding import Finding, Severity
from nosology.model.trace import Step

__all__ = ["read_line_ndc"]

_NDC = re.compile(r"\bNDC\b[\s:#]{0,3}(?P<ndc>\d[\d‐‑–-]{7,13}\d)", re.I)
_QUANTITY = re.compile(
    r"^[\s,;(]{0,3}(?:qty|quantity)?\W{0,2}(\d+(?:\.\d+)?) ?(ml|un|units?|each|gr|grams?|f2|me)\b", re.I
)
_UNITS = {"ml": "ML", "un": "UN", "unit": "UN", "units": "UN", "each": "UN", "gr": "GR", "gram": "GR", "grams": "GR",
          "f2": "F2", "me": "ME"}  # fmt: skip
_CITATION = "X12 837, LIN03 and CTP; 21 CFR 207.33"


def read_line_ndc(
    texts: Sequence[str], code: str, units: int | None, *, on: date, home: Path | None = None
) -> tuple[tuple[Step, ...], tuple[Finding, ...]]:
    """The step that carries the NDC of a line, and what is wrong with it.

    ``texts`` are the words about the drug, the nearest first; the first that holds one NDC counts, and several are
    none. ``code`` and ``units`` are those of the HCPCS line: the crosswalk, where installed, gives the quantity.
    Findings: what :func:`~nosology.codes.ndc.read_ndc` says, ``ndc.unknown`` (not in FDA's directory),
    ``ndc.other`` (the crosswalk has it under other codes).
    """
    match = next((found[0] for text in texts if len(found := list(_NDC.finditer(text))) == 1), None)
    if match is None:
        return (), ()
    reading = read_ndc(match["ndc"])
    directory = find_ndc_directory(on=on, home=home)
    package = directory.choose(reading) if directory is not None else None
    ndc = reading.ndc or (package.ndc if package is not None else None)
    if ndc is None:
        return (), ((reading.finding,) if reading.finding is not None else ())
    findings = []
    if directory is not None and package is None:
        message = f"{code}: FDA's directory {directory.release.name} does not list the NDC {ndc.hyphenated}"
        findings.append(_finding("ndc.unknown", message, "check the digits, or install the directory of the date"))
    crosswalk = find_ndc_crosswalk(on=on, home=home)
    rows = crosswalk.of_ndc(ndc) if crosswalk is not None else ()
    row = next((row for row in rows if row.code == code), None)
    if rows and row is None:
        listed = ", ".join(sorted({row.code for row in rows}))
        message = f"{code}: the crosswalk has the NDC {ndc.hyphenated} under {listed}"
        findings.append(_finding("ndc.other", message, "check the drug or the NDC"))
    stated = _QUANTITY.match(match.string[match.end() :])
    unit, quantity = _measure(stated, package)
    if quantity is None and row is not None and units is not None:
        quantity = row.ndc_quantity(units)
    told = " ".join(filter(None, (f"N4{ndc.eleven}", unit, f"{quantity:f}" if quantity is not None else "")))
    says = f"{told} ({NDC_UNITS[unit]})" if unit else told
    source = f"NDC directory {directory.release.name}" if directory is not None and package is not None else _CITATION
    return (Step("ndc", says, source),), tuple(findings)


def _measure(stated: re.Match[str] | None, package: NdcPackage | None) -> tuple[str, Decimal | None]:
    """Unit and quantity: those that the chart states, else the unit of the package."""
    if stated is not None:
        return _UNITS[stated[2].lower()], Decimal(stated[1])
    return (package.unit if package is not None else ""), None


def _finding(rule: str, message: str, fix: str) -> Finding:
    return Finding(rule, Severity.WARNING, message, citation=_CITATION, fix=fix)

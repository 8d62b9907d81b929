"""Reader of AHRQ's Elixhauser Comorbidity Software Refined: the format program (SAS) with its code lists."""

from __future__ import annotations

import re
import sqlite3

from nosology.errors import UnreadableInput

__all__ = ["is_cmr", "parse_cmr", "write_cmr"]

_VALUE = re.compile(r"\bvalue\s+\$(\w+)(.*?);", re.IGNORECASE | re.DOTALL)
_GROUP = re.compile(r'((?:"[0-9A-Z]+"\s*,?\s*)+)=\s*"(\w+)"')


def is_cmr(head: str) -> bool:
    """True for the head of the format program."""
    upper = " ".join(head[:1500].upper().replace("*", " ").replace("/", " ").split())
    return "ELIXHAUSER COMORBIDITY SOFTWARE REFINED" in upper and "FORMAT PROGRAM" in upper


def parse_cmr(text: str, *, name: str) -> tuple[dict[str, str], dict[int, list[str]]]:
    """Code → measure, as the program words it; ICD-10-CM version (33 is FY2016) → codes exempt from POA.

    Raises:
        UnreadableInput: a list is missing or far too short.
    """
    measures: dict[str, str] = {}
    exempt: dict[int, list[str]] = {}
    for match in _VALUE.finditer(text):
        version = re.fullmatch(r"POAXMPT_V(\d+)FMT", match[1].upper())
        for codes, value in _GROUP.findall(match[2]):
            found = re.findall(r'"(\w+)"', codes)
            if version:
                exempt.setdefault(int(version[1]), []).extend(found)
            elif match[1].upper() == "COMFMT":
                measures.update(dict.fromkeys(found, value))
    if len(measures) < 3000 or not exempt or min(map(len, exempt.values())) < 10_000:
        raise UnreadableInput(f"{name}: its lists of codes are not complete; the file is truncated or another one")
    return measures, exempt


def write_cmr(connection: sqlite3.Connection, measures: dict[str, str], exempt: dict[int, list[str]]) -> dict[str, int]:
    """Write both; returns the counts."""
    connection.execute("CREATE TABLE measure (code TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    connection.executemany("INSERT INTO measure VALUES (?, ?)", measures.items())
    connection.execute("CREATE TABLE exempt (version INTEGER PRIMARY KEY, codes TEXT NOT NULL)")
    connection.executemany(
        "INSERT INTO exempt VALUES (?, ?)", ((key, " ".join(codes)) for key, codes in exempt.items())
    )
    return {"codes": len(measures), "versions": len(exempt)}

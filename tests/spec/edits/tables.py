"""Small releases of made-up codes, in the publishers' forms, for the case tables of edits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from nosology.codes.install import install_from

__all__ = ["install_tables"]


def install_tables(home: Path) -> None:
    """Write the tables as their publishers ship them, and install them in the data folder."""
    drop = home / "drop"
    drop.mkdir()
    _write_poa(drop, home)
    _write_ncci(drop, home)
    _write_fees(drop, home)


def _write_poa(drop: Path, home: Path) -> None:
    codes = ["Z79.4", "Z87.891", "W19.XXXA", *(f"Z00{n:04}" for n in range(10_000))]
    rows = ["Order\tCode\tDescription of the POA exempt list"] + [
        f"{n}\t{code}\ttext" for n, code in enumerate(codes, 1)
    ]
    path = drop / "POAexemptCodes2026.txt"
    path.write_text("\n".join(rows) + "\n")
    install_from("poa-exempt", path, effective=date(2025, 10, 1), home=home)


PAIRS = (
    ("A0001", "A0002", "0", "20200101", "*"),
    ("A0001", "A0003", "1", "20200101", "*"),
    ("A0001", "A0004", "9", "20200101", "20200101"),
    ("A0001", "A0005", "1", "20200101", "20251231"),
    ("A0006", "A0001", "1", "20200101", "*"),
)
"""Column 1, column 2, modifier indicator, first and last day."""

UNITS = (("A0001", 3, 1), ("A0002", 2, 2), ("A0003", 4, 3), ("A0005", 0, 2))
"""Code, most units, adjudication indicator."""

ADD_ONS = (("A0011", "1", "A0001"), ("A0011", "1", "A0002"), ("A0012", "2", "CCCCC"), ("A0013", "3", "A0001"))
"""Add-on code, type, primary."""


def _write_ncci(drop: Path, home: Path) -> None:
    filler = [(f"Q{n:04}", "Q9999", "1", "20200101", "*") for n in range(1000)]
    for name in ("ccipra-v322r0-f1.txt", "ccioph-v322r0-f1.txt"):
        heads = "Column 1\tColumn 2\tin existence prior to 1996\tEffective Date\tDeletion Date\tModifier\tPTP Edit Rationale"
        lines = ["CPT only copyright", "", heads]
        pairs = PAIRS if "pra" in name else PAIRS[:1]
        lines += [f"{a}\t{b}\t\t{first}\t{last}\t{m}\tMisuse" for a, b, m, first, last in (*pairs, *filler)]
        (drop / name).write_text("\n".join(lines) + "\n")
    rows = [*UNITS, *((f"Q{n:04}", 1, 3) for n in range(600))]
    for name in ("Practitioner", "OutpatientHospital", "DMESupplier"):
        heads = f"HCPCS/CPT Code,{name} Services MUE Values,MUE Adjudication Indicator,MUE Rationale"
        text = "\n".join([heads, *(f"{code},{most},{mai} Date of Service Edit,Policy" for code, most, mai in rows)])
        (drop / f"MCR_MUE_{name}Services_Eff_07-01-2026.csv").write_text(text + "\n")
    added = [*ADD_ONS, *((f"Q{n:04}", "1", "Q9999") for n in range(120))]
    text = "\n".join(["primary_code,add_on_code,aoc_edit_type", *(f"{p},{code},{kind}" for code, kind, p in added)])
    (drop / "AOC_2026Q2.csv").write_text(text + "\n")
    install_from("ncci", drop, effective=date(2026, 4, 1), home=home)


FEES = {
    # code: status, PC/TC, global days, multiple, bilateral, assistant, co-surgeon, team
    "99213": ("A", "0", "XXX", "0", "0", "0", "0", "0"),
    "B0000": ("A", "0", "000", "2", "0", "1", "0", "0"),
    "B0010": ("A", "0", "010", "2", "1", "0", "1", "1"),
    "B0090": ("A", "0", "090", "2", "1", "2", "2", "2"),
    "B0002": ("A", "0", "090", "2", "2", "2", "0", "0"),
    "B0003": ("A", "1", "XXX", "4", "3", "9", "9", "9"),
    "B0004": ("B", "9", "XXX", "9", "9", "9", "9", "9"),
    "B0005": ("I", "9", "ZZZ", "0", "9", "9", "9", "9"),
}
"""Code → indicators of a made-up fee schedule."""


def _write_fees(drop: Path, home: Path) -> None:
    heads = ["HCPCS", "MOD", "DESCRIPTION", *[""] * 25]
    heads[14], heads[24] = "DAYS", "FACTOR"
    lines = [",".join(heads)]
    plain = ("A", "0", "XXX", "0", "0", "0", "0", "0")
    rows = FEES | {f"Y{number:04}": plain for number in range(10_000)}
    for code, (status, pc_tc, days, multiple, bilateral, assistant, co_surgeon, team) in rows.items():
        cells = [code, "", "", status, "", *["1.00"] * 6, "", "", pc_tc, days, "0", "0", "0"]
        cells += [multiple, bilateral, assistant, co_surgeon, team, "", "32.34", "", "", "99"]
        lines.append(",".join(cells))
    path = drop / "PPRRVU2026_Apr.csv"
    path.write_text("\n".join(lines) + "\n")
    install_from("pfs", path, effective=date(2026, 4, 1), home=home)

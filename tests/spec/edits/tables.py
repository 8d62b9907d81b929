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


def _write_poa(drop: Path, home: Path) -> None:
    codes = ["Z79.4", "Z87.891", "W19.XXXA", *(f"Z00{n:04}" for n in range(10_000))]
    rows = ["Order\tCode\tDescription of the POA exempt list"] + [
        f"{n}\t{code}\ttext" for n, code in enumerate(codes, 1)
    ]
    path = drop / "POAexemptCodes2026.txt"
    path.write_text("\n".join(rows) + "\n")
    install_from("poa-exempt", path, effective=date(2025, 10, 1), home=home)

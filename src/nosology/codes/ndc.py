"""National Drug Codes: ten and eleven digits, the FDA's directory, units of measure.

FDA assigns ten digits in three parts, 4-4-2, 5-3-2 or 5-4-1 (21 CFR 207.33); claims carry eleven, 5-4-2, with a zero
put before the part that is short (45 CFR 162.1002; X12 837 LIN03 with qualifier N4). Ten digits without hyphens can be
any of the three, so their eleven digits are not known: :func:`read_ndc` says so and guesses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress
from nosology.errors import ReleaseNotFound
from nosology.model.finding import Finding, Severity

__all__ = [
    "NDC_UNITS",
    "Ndc",
    "NdcDirectory",
    "NdcPackage",
    "NdcReading",
    "find_ndc_directory",
    "ndc_unit",
    "open_ndc_directory",
    "read_ndc",
]

NDC_UNITS: Mapping[str, str] = {
    "F2": "international unit",
    "GR": "gram",
    "ME": "milligram",
    "ML": "millilitre",
    "UN": "unit (each vial, tablet, kit)",
}
"""The units in which a quantity of an NDC stands on a claim (X12 837, CTP05)."""

_CITATION = "21 CFR 207.33; X12 837 LIN03 and CTP"
_PARTS = {(4, 4, 2), (5, 3, 2), (5, 4, 1), (5, 4, 2)}
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–−", "-"))


@dataclass(frozen=True, slots=True, order=True)
class Ndc:
    """One drug code in its three parts, each as long as on a claim: five, four and two digits."""

    labeler: str
    product: str
    package: str

    @property
    def eleven(self) -> str:
        """The eleven digits of a claim, without hyphens."""
        return self.labeler + self.product + self.package

    @property
    def hyphenated(self) -> str:
        """The eleven digits as 5-4-2."""
        return f"{self.labeler}-{self.product}-{self.package}"

    @property
    def ten_digit_forms(self) -> tuple[str, ...]:
        """The ten-digit forms that lead to these eleven digits: one zero less where a part begins with one.

        Several where several parts do; none where no part does, for then it is no code of FDA's.
        """
        forms = []
        if self.labeler.startswith("0"):
            forms.append(f"{self.labeler[1:]}-{self.product}-{self.package}")
        if self.product.startswith("0"):
            forms.append(f"{self.labeler}-{self.product[1:]}-{self.package}")
        if self.package.startswith("0"):
            forms.append(f"{self.labeler}-{self.product}-{self.package[1:]}")
        return tuple(forms)


@dataclass(frozen=True, slots=True)
class NdcReading:
    """What a text was read as: the code, or None with the codes that it may be and the finding that says why."""

    ndc: Ndc | None
    candidates: tuple[Ndc, ...] = ()
    finding: Finding | None = None


def _pad(labeler: str, product: str, package: str) -> Ndc:
    return Ndc(labeler.zfill(5), product.zfill(4), package.zfill(2))


def _refuse(message: str, candidates: tuple[Ndc, ...] = ()) -> NdcReading:
    rule = "ndc.ambiguous" if candidates else "ndc.malformed"
    severity = Severity.WARNING if candidates else Severity.ERROR
    fix = "write it with hyphens, or as the eleven digits 5-4-2"
    return NdcReading(None, candidates, Finding(rule, severity, message, citation=_CITATION, fix=fix))


def read_ndc(text: str) -> NdcReading:
    """Read an NDC: hyphenated (4-4-2, 5-3-2, 5-4-1, 5-4-2) or eleven digits; "NDC" and "N4" before it are passed over.

    >>> read_ndc("NDC 0781-3206-95").ndc.eleven
    '00781320695'
    >>> [each.hyphenated for each in read_ndc("0781320695").candidates]
    ['00781-3206-95', '07813-0206-95', '07813-2069-05']
    """
    plain = re.sub(r"^\s*(?:NDC|N4)\s*[:#]?\s*", "", text.translate(_HYPHENS), flags=re.IGNORECASE).strip()
    if not re.fullmatch(r"\d+(?:-\d+)*", plain):
        return _refuse("an NDC has ten or eleven digits and hyphens, nothing else")
    parts = plain.split("-")
    if len(parts) == 3:
        if tuple(map(len, parts)) in _PARTS:
            return NdcReading(_pad(*parts))
        return _refuse(f"no NDC has parts of {', '.join(str(len(each)) for each in parts)} digits")
    if len(parts) == 2:
        return _refuse("labeler and product alone are no whole NDC: the package is missing")
    if len(plain) == 11:
        return NdcReading(Ndc(plain[:5], plain[5:9], plain[9:]))
    if len(plain) == 10:
        forms = ((4, 8), (5, 8), (5, 9))
        candidates = tuple(_pad(plain[:one], plain[one:two], plain[two:]) for one, two in forms)
        return _refuse("ten digits without hyphens may be any of three codes", candidates)
    return _refuse(f"an NDC has ten or eleven digits, not {sum(map(len, parts))}")


@dataclass(frozen=True, slots=True)
class NdcPackage:
    """One package of FDA's directory with its product; ``excluded`` products may not be used on claims as listed."""

    ndc: Ndc
    name: str
    generic: str
    form: str
    route: str
    labeler: str
    substance: str
    strength: str
    strength_unit: str
    description: str
    first: date | None
    last: date | None
    schedule: str = ""
    excluded: bool = False

    @property
    def unit(self) -> str:
        """The unit in which a quantity of this package is given on a claim; "" where its description leaves it open."""
        return ndc_unit(self.description, self.form)


def ndc_unit(description: str, form: str = "") -> str:
    """The unit of measure of a package by FDA's description of it ("10 VIAL, SINGLE-DOSE in 1 CARTON / 5 mL in …").

    Liquids count in millilitres, creams and powders that are weighed in grams, what is used whole (powder for solution,
    tablets, kits) each. "" if the description tells none.

    >>> ndc_unit("1 VIAL in 1 CARTON (0009-0280-02)  > 1 mL in 1 VIAL"), ndc_unit("100 TABLET in 1 BOTTLE")
    ('ML', 'UN')
    """
    if re.search(r"POWDER|LYOPHILIZED", form, re.IGNORECASE) and not re.search(r"TOPICAL|ORAL", form, re.IGNORECASE):
        return "UN"
    inner = re.split(r"\s*(?:>|\s/\s)\s*", description)[-1]
    measured = re.search(r"([\d.]+)\s*(mL|L|g|kg|mg|\[iU\]|IU)(?!\w)", inner, re.IGNORECASE)
    if measured:
        return {"ml": "ML", "l": "ML", "g": "GR", "kg": "GR", "mg": "UN"}.get(measured[2].lower(), "F2")
    counted = r"TABLET|CAPSULE|KIT|PATCH|SUPPOSITORY|VIAL|SYRINGE|IMPLANT|INSERT|DEVICE|BLISTER"
    return "UN" if re.search(counted, inner, re.IGNORECASE) else ""


class NdcDirectory:
    """FDA's directory of one day."""

    def __init__(self, release: Release) -> None:
        self.release = release

    def __len__(self) -> int:
        return int(self.release.counts.get("packages", 0))

    def __iter__(self) -> Iterator[NdcPackage]:
        return iter(self._select("p.ndc >= ?", ""))

    def get(self, ndc: Ndc) -> NdcPackage | None:
        """The package of a code, None if the directory does not list it."""
        found = self._select("p.ndc = ?", ndc.eleven)
        return found[0] if found else None

    def named(self, name: str) -> tuple[NdcPackage, ...]:
        """The packages whose proprietary or generic name is ``name``, in any case."""
        return tuple(self._select("upper(d.name) = upper(?1) OR upper(d.generic) = upper(?1)", name.strip()))

    def with_words(self, words: Sequence[str]) -> tuple[NdcPackage, ...]:
        """The packages in whose names, substance or labeler every word stands, in any case; words that stand in none
        are left out."""
        places = "upper(d.name || ' ' || d.generic || ' ' || d.substance || ' ' || d.labeler || ' ' || d.form)"
        kept: set[str] | None = None
        for word in words:
            rows = self.release.connection.execute(
                f"SELECT d.id FROM product d WHERE instr({places}, upper(?)) > 0", (word,)
            )
            found = {row[0] for row in rows}
            if found:
                kept = found if kept is None else (kept & found or kept)
        if not kept:
            return ()
        packages = self.release.connection.execute("SELECT ndc, product FROM package")
        wanted = [row[0] for row in packages if row[1] in kept]
        return tuple(each for start in range(0, len(wanted), 500) for each in self._listed(wanted[start : start + 500]))

    def choose(self, reading: NdcReading) -> NdcPackage | None:
        """The package of a reading: of an ambiguous one, the only candidate that the directory lists, else None."""
        if reading.ndc is not None:
            return self.get(reading.ndc)
        listed = [found for each in reading.candidates if (found := self.get(each)) is not None]
        return listed[0] if len(listed) == 1 else None

    def _listed(self, codes: Sequence[str]) -> list[NdcPackage]:
        marks = ", ".join("?" * len(codes))
        return self._select(f"p.ndc IN ({marks})", *codes)

    def _select(self, where: str, *values: str) -> list[NdcPackage]:
        rows = self.release.connection.execute(
            "SELECT p.ndc, d.name, d.generic, d.form, d.route, d.labeler, d.substance, d.strength, d.unit, "
            "p.description, p.first, p.last, d.schedule, p.excluded OR d.excluded "
            f"FROM package p JOIN product d ON d.id = p.product WHERE {where} ORDER BY p.ndc",
            values,
        )
        return [
            NdcPackage(
                Ndc(row[0][:5], row[0][5:9], row[0][9:]),
                row[1],
                row[2],
                row[3],
                row[4],
                row[5],
                row[6],
                row[7],
                row[8],
                row[9],
                date.fromisoformat(row[10]) if row[10] else None,
                date.fromisoformat(row[11]) if row[11] else None,
                row[12],
                bool(row[13]),
            )
            for row in rows
        ]


_CACHE: dict[Path, NdcDirectory] = {}


def open_ndc_directory(
    *, on: date | None = None, home: Path | None = None, progress: Progress | None = None
) -> NdcDirectory:
    """The directory as installed for a date of service (None: the newest), cached.

    Raises:
        ReleaseNotFound: none is installed; the message names the command that installs one.
    """
    release = open_release("ndc", on=on, home=home, progress=progress)
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = NdcDirectory(release)
    return known


def find_ndc_directory(*, on: date | None = None, home: Path | None = None) -> NdcDirectory | None:
    """As :func:`open_ndc_directory`, but None where none is installed for that date."""
    try:
        return open_ndc_directory(on=on, home=home)
    except ReleaseNotFound:
        return None

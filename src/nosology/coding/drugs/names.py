"""Which HCPCS code a drug has: names from the titles of the release and from the brands, and the choice among several.

Titles that name a manufacturer, a suffix of a biosimilar or a special form are chosen only where the text names that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from nosology.codes.hcpcs import Hcpcs, HcpcsCode
from nosology.codes.late_pattern import late_pattern
from nosology.coding.drugs.dose import Dose
from nosology.coding.drugs.hcpcs_units import read_hcpcs_unit
from nosology.lexicon.rewrites import read_rows

__all__ = ["DrugCode", "DrugNames", "brand_names", "open_drug_names", "plain_name"]

_SALTS = frozenset(
    ["sodium", "hydrochloride", "hcl", "acetate", "phosphate", "sulfate", "citrate", "tromethamine", "succinate",
     "maleate",
     "mesylate", "tartrate", "lactate", "bitartrate", "potassium", "calcium", "disodium", "bromide", "besylate",
     "fumarate",
     "hydrobromide", "malate", "gluconate", "propionate", "trihydrate", "monohydrate", "acetonide", "hydrochlorid",
     "recombinant",
     "lactobionate", "dihydrate", "benzoate", "chloride"]
)  # fmt: skip
_NO_SALTS = frozenset(
    ["potassium chloride", "calcium gluconate", "sodium bicarbonate", "magnesium sulfate", "sodium chloride"]
)
_LEAD = late_pattern(r"^(?:injection|infusion|inj\.?|instillation)[,:]? +", re.IGNORECASE)
_NAME_ENDS = late_pattern(r"[,(;]| per \d| up to |\bnot otherwise\b| \d")
_MAKER = late_pattern(r"\(([^()]*)\)")
_NOT_EQUIVALENT = late_pattern(r"not therapeutically equivalent")
_SUFFIX = late_pattern(r"^(.+)-([a-z]{4})$")
_FORMS = late_pattern(
    r"(?<!non-)\b(oral|inhalation|topical|ophthalmic|intravitreal|implant|extended[- ]release|depot|liposom\w*"
    r"|lipid|nasal"
    r"|preservative[- ]free|compounded|heparin lock|lock flush|hyaluronidase|pediatric|long[- ]acting"
    r"|concentrated form"
    r"|decanoate|irrigation|patch|cream|gel|lauroxil|palmitate|protein-bound|albumin-bound|intraocular"
    r"|intracanalicular"
    r"|lacrimal|epidural|percent|chewable|intrathecal|microspheres|sustained release)\b"
)
_NO_MAKER = late_pattern(
    r"non|g-csf|human|e\.g|code may|nos\b|recombinant|^for |^not |ovine|equine|rabbit|murine|mouse|contraceptive"
    r"|esrd|="
)
_ROUTES = {
    "intravenous": late_pattern(r"\b(?:iv|ivpb|intravenous\w*|infus\w+|bolus)\b"),
    "intramuscular": late_pattern(r"\b(?:im|intramuscular\w*)\b"),
    "subcutaneous": late_pattern(r"\b(?:sc|sq|subq|subcutaneous\w*)\b"),
}
_LOCAL = frozenset(["lidocaine", "bupivacaine", "ropivacaine", "mepivacaine", "chloroprocaine"])
_ESRD = late_pattern(r"\((?:for )?esrd|esrd on dialysis")
_COMMON = late_pattern(r"^(?:insulin|vaccine|drug|contraceptive|dressing|infusion|unclassified|intrauterine)$")


@lru_cache(maxsize=20_000)
def plain_name(text: str) -> str:
    """A name as it is compared: lower case, hyphens kept, other marks gone."""
    return re.sub(r"\bhcl\b", "hydrochloride", " ".join(re.sub(r"[^a-z0-9 -]", " ", text.lower()).split()))


@lru_cache(maxsize=1)
def brand_names() -> Mapping[str, str]:
    """Brand names → the words of the titles (``lexicon/data/brands.tsv``)."""
    return {plain_name(cells[0]): cells[1].lower() for _file, _number, cells in read_rows("brands.tsv")}


@dataclass(frozen=True, slots=True)
class DrugCode:
    """One code with what its title says: the name, words that must be in the text for it to be chosen."""

    code: HcpcsCode
    name: str
    special: frozenset[str]
    general: bool


def _read_title(code: HcpcsCode) -> DrugCode | None:
    title = code.title.lower()
    lead = _LEAD.match(title)
    body = title[lead.end() :] if lead else title
    if not lead and not re.search(
        r"\b(?:oral|inhalation|implant|per dose|intra-articular|intravesical|\d+ ?(?:mg|cc|ml))", title
    ):
        return None
    name = plain_name(_NAME_ENDS.split(f" {body.strip(' ,')}", maxsplit=1)[0])
    name = name.removesuffix(" solution").replace(" or derivative", "")
    if not name or _COMMON.match(name) or "classified" in title or name.split()[0] in _LOCAL:
        return None
    special = {match.replace("-", " ") for match in _FORMS.findall(title) if match not in name}
    if _NOT_EQUIVALENT.search(title):
        special |= {plain_name(each) for each in _MAKER.findall(title)[:1]} or {"another maker"}
    suffix = _SUFFIX.match(name)
    if suffix is not None and suffix[2] not in ("alfa", "beta", "free"):
        special.add(f"suffix {name}")
    for each in _MAKER.findall(body.split(",", 2)[0] + "," + ",".join(body.split(",")[1:2])):
        maker = plain_name(each)
        if maker and not _NO_MAKER.search(each):
            special.add(maker)
    general = "not otherwise specified" in title
    return DrugCode(code, name, frozenset(special), general)


class DrugNames:
    """The drugs of one release on one date, by every name under which a chart may give them."""

    def __init__(self, codes: Iterable[HcpcsCode], on: date) -> None:
        self._by_name: dict[str, list[DrugCode]] = {}
        for code in codes:
            if code.code[0] not in "JQ" or not code.in_force(on):
                continue
            drug = _read_title(code)
            if drug is None or read_hcpcs_unit(code.title) is None:
                continue
            for name in self._names_of(drug.name):
                self._by_name.setdefault(name, []).append(drug)
        self._brands = {brand: title for brand, title in brand_names().items() if self._codes_of_brand(title)}
        names = sorted({*self._by_name, *self._brands}, key=len, reverse=True)
        self.first_words = frozenset(name.split()[0] for name in names)
        self.longest = max((len(name.split()) for name in names), default=0)

    @staticmethod
    def _names_of(name: str) -> set[str]:
        words = name.split()
        names = {name}
        suffix = _SUFFIX.match(name)
        if suffix is not None and len(words) == 1:
            names.add(suffix[1]) if suffix[2] in ("alfa",) else None
        if name not in _NO_SALTS:
            bare = [word for word in words if word not in _SALTS]
            if bare and len(bare) < len(words):
                names.add(" ".join(bare))
        return {each for each in names if len(each) > 3}

    def knows(self, name: str) -> bool:
        """True if the plain name is one of a drug or brand."""
        return name in self._by_name or name in self._brands

    def _codes_of_brand(self, title: str) -> list[DrugCode]:
        """The codes whose name is the longest beginning of the words that a brand stands for."""
        words = plain_name(title).split()
        for size in range(len(words), 0, -1):
            found = self._by_name.get(" ".join(words[:size]))
            if found:
                rest = {word for word in words[size:] if word not in _SALTS}
                fitting = [drug for drug in found if rest <= set(plain_name(drug.code.title).split())]
                return fitting if rest else found
        return []

    def choose(self, name: str, context: str, dose: Dose, *, dialysis: bool) -> list[DrugCode]:
        """The codes that a name stands for in its context: one, several that the text does not tell apart, or none.

        ``context`` are the words about the drug; forms and makers must be in it or in what the brand stands for.
        """
        brand = self._brands.get(name, "")
        found = self._codes_of_brand(brand) if brand else self._by_name.get(name, [])
        if re.search(r"\bneb", context, re.IGNORECASE):
            context += " inhalation"
        said = f" {plain_name(context)} {name} {plain_name(brand)} ".replace("-", " ")
        fitting = []
        for drug in found:
            title = drug.code.title.lower()
            if ("esrd on dialysis" in title) != dialysis and _ESRD.search(title) and "non" not in title:
                continue
            if dialysis and re.search(r"non[- ]esrd", title):
                continue
            needed = {each.removeprefix("suffix ").replace("-", " ") for each in drug.special}
            if all(f" {each} " in said for each in needed):
                fitting.append((drug, len(needed)))
        if not fitting:
            return []
        most = max(special for _drug, special in fitting)
        best = [drug for drug, special in fitting if special == most]
        if " " in name:
            best = [drug for drug in best if drug.name == name] or best
        for route, pattern in _ROUTES.items():
            if len(best) > 1 and pattern.search(said):
                best = [drug for drug in best if route in drug.code.title.lower()] or best
        if len(best) > 1 and any(drug.general for drug in best):
            best = [drug for drug in best if drug.general]
        return _by_dose(best, dose) if len(best) > 1 else best


def _by_dose(drugs: list[DrugCode], dose: Dose) -> list[DrugCode]:
    """Of codes of one drug in several sizes, the one of the size that was given; else all of them."""
    if dose.amount is None or len({drug.name for drug in drugs}) > 1:
        return drugs
    sized = [(drug, read_hcpcs_unit(drug.code.title)) for drug in drugs]
    exact = [drug for drug, unit in sized if unit is not None and unit.size == dose.amount]
    return exact or drugs


_CACHE: dict[tuple[Path, date], DrugNames] = {}
_MOST = 16


def open_drug_names(hcpcs: Hcpcs, on: date) -> DrugNames:
    """The names of a release on a date, made once."""
    key = (hcpcs.release.path, on)
    if key not in _CACHE:
        if len(_CACHE) >= _MOST:
            _CACHE.pop(next(iter(_CACHE)))
        _CACHE[key] = DrugNames(hcpcs, on)
    return _CACHE[key]

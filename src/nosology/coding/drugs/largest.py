"""The largest single doses of common injected drugs, to tell a slip of the unit (g for mg) from a dose.

Milligrams, from the labels approved by the FDA (sections "Dosage and Administration"), rounded up. A name is the first
word of the substance in a title of HCPCS Level II. A dose is called impossible beyond ten times as much: unusual
doses pass.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

__all__ = ["LARGEST_SINGLE_DOSE", "impossible"]

LARGEST_SINGLE_DOSE: Mapping[str, int] = {
    "adenosine": 150, "amiodarone": 1200, "ampicillin": 4000, "azithromycin": 500, "betamethasone": 24,
    "butorphanol": 4,
    "cefazolin": 3000, "cefepime": 2000, "cefoxitin": 3000, "ceftazidime": 2000, "ceftriaxone": 4000,
    "chlorpromazine": 100, "ciprofloxacin": 400, "clindamycin": 1200, "cyanocobalamin": 2, "dexamethasone": 200,
    "diazepam": 30, "dicyclomine": 20, "digoxin": 1, "diphenhydramine": 100, "droperidol": 10, "enoxaparin": 300,
    "famotidine": 40, "fentanyl": 5, "fluconazole": 800, "furosemide": 400, "gentamicin": 700, "granisetron": 4,
    "haloperidol": 30, "hydralazine": 40, "hydromorphone": 20, "hydroxyzine": 100, "ketorolac": 60,
    "levetiracetam": 4500, "levofloxacin": 750, "lorazepam": 10, "medroxyprogesterone": 1000, "meperidine": 150,
    "methylprednisolone": 2000, "metoclopramide": 200, "midazolam": 50, "morphine": 50, "nalbuphine": 40,
    "naloxone": 10,
    "ondansetron": 32, "orphenadrine": 60, "prochlorperazine": 20, "promethazine": 75, "sumatriptan": 12,
    "terbutaline": 1, "testosterone": 1000, "tobramycin": 700, "triamcinolone": 160, "vancomycin": 3000,
}  # fmt: skip
"""Generic name → milligrams."""

_TIMES = 10
_NAME = re.compile(r"(?i)\binjection, ([a-z]+)")


def impossible(title: str, milligrams: Decimal) -> bool:
    """True if the dose of the drug of a title is beyond ten times its largest single dose.

    >>> impossible("Injection, ketorolac tromethamine, per 15 mg", Decimal(30_000))
    True
    """
    found = _NAME.search(title)
    most = LARGEST_SINGLE_DOSE.get(found[1].lower()) if found is not None else None
    return most is not None and milligrams > _TIMES * most

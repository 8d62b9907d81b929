"""Origin and destination of an ambulance transport → the two letters of its modifier."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["PLACES", "ambulance_modifier"]

PLACES: Mapping[str, str] = {
    "D": "diagnostic or therapeutic site that is no physician's office or hospital",
    "E": "residential, domiciliary or custodial facility",
    "G": "dialysis facility in a hospital",
    "H": "hospital",
    "I": "site of transfer between kinds of ambulance, such as a landing pad",
    "J": "dialysis facility outside a hospital",
    "N": "skilled nursing facility",
    "P": "physician's office",
    "R": "residence",
    "S": "scene of an accident or acute event",
    "X": "stop at a physician's office on the way to the hospital; destination only",
}
"""Letter → place (Medicare Claims Processing Manual, chapter 15, section 30)."""

_WORDS = (
    ("G", r"hospital[- ]based dialysis|dialysis (?:unit|facility|center) (?:of|in|at) (?:the |a )?hospital"),
    ("J", r"dialysis"),
    ("N", r"\bsnf\b|skilled nursing|nursing (?:home|facility)"),
    ("E", r"assisted living|custodial|domiciliary|group home|residential (?:care|facility)|board and care"),
    ("I", r"airport|helipad|landing (?:pad|zone)|transfer site|rendezvous"),
    ("X", r"intermediate stop|stop at (?:a|the) (?:physician|doctor)"),
    ("P", r"(?:physician|doctor)'?s? office|\bclinic\b|\boffice\b"),
    ("D", r"imaging center|diagnostic|radiation|therapeutic site|surgery center|freestanding|free[- ]standing"),
    ("S", r"scene|accident|roadside|highway|street|crash|workplace|store|restaurant|school|public place"),
    ("H", r"hospital|emergency (?:department|room)|\bed\b|\ber\b|medical center|inpatient"),
    ("R", r"residence|home|house|apartment"),
)


def _letter(place: str) -> str:
    plain = place.strip()
    if plain.upper() in PLACES:
        return plain.upper()
    return next((letter for letter, words in _WORDS if re.search(words, plain, re.IGNORECASE)), "")


def ambulance_modifier(origin: str, destination: str) -> str:
    """The modifier of a transport from ``origin`` to ``destination``, each a letter or words; "" if either cannot be
    told, for then nothing is guessed. X is a destination only.

    >>> ambulance_modifier("patient's home", "emergency department"), ambulance_modifier("somewhere", "H")
    ('RH', '')
    """
    first, last = _letter(origin), _letter(destination)
    return first + last if first and last and first != "X" else ""

"""Ambulance: two letters from words."""

from __future__ import annotations

import pytest

from nosology.coding.procedures.ambulance import PLACES, ambulance_modifier


@pytest.mark.parametrize(
    ("origin", "destination", "modifier"),
    [
        ("residence", "hospital", "RH"),
        ("scene of the accident", "emergency department", "SH"),
        ("skilled nursing facility", "dialysis center", "NJ"),
        ("SNF", "hospital-based dialysis", "NG"),
        ("assisted living facility", "hospital", "EH"),
        ("hospital", "nursing home", "HN"),
        ("hospital", "hospital", "HH"),
        ("hospital", "helipad", "HI"),
        ("home", "physician's office", "RP"),
        ("home", "imaging center", "RD"),
        ("r", "h", "RH"),
        ("home", "X", "RX"),
        ("X", "hospital", ""),
        ("somewhere", "hospital", ""),
        ("home", "", ""),
    ],
)
def test_letters(origin: str, destination: str, modifier: str) -> None:
    assert ambulance_modifier(origin, destination) == modifier


def test_letters_have_places() -> None:
    assert set(PLACES) == set("DEGHIJNPRSX")

"""What only many encounters together show."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_levels(profile_cases: Cases) -> None:
    """Levels of visits beside those of peers. Rule: Profile-levels."""
    profile_cases(
        """
        practice                                                                                                                     | finds | why
        -----------------------------------------------------------------------------------------------------------------------------+-------+----------------------
        1: 99213 times 20, 99214 times 20; 2: 99213 times 20, 99214 times 20; 3: 99213 times 20, 99214 times 20; 4: 99215 times 40    | 4     | all of the highest
        1: 99213 times 20, 99214 times 20; 2: 99213 times 20, 99214 times 20; 3: 99213 times 20, 99214 times 20; 4: 99212 times 40    | 4     | all low: missed work
        1: 99213 times 20, 99214 times 20; 2: 99213 times 20, 99214 times 20; 3: 99213 times 20, 99214 times 20; 4: 99213 times 18, 99214 times 22 | - | like the others
        1: 99213 times 40; 2: 99215 times 40                                                                                         | -     | too few peers
        1: 99213 times 40; 2: 99213 times 40; 3: 99213 times 40; 4: 99215 times 5                                                    | -     | too few visits
    """,
        "Profile-levels",
    )


def test_bypass(profile_cases: Cases) -> None:
    """Modifiers of distinct services. Rule: Profile-bypass."""
    profile_cases(
        """
        practice                                                                             | finds | why
        -------------------------------------------------------------------------------------+-------+----------------------
        1: A0001 times 60; 2: A0001 times 60; 3: A0001 times 60; 4: A0001-59 times 30, A0001 times 30 | 4 | half of the lines
        1: A0001 times 60; 2: A0001 times 60; 3: A0001 times 60; 4: A0001-59 times 2, A0001 times 58  | - | now and then
    """,
        "Profile-bypass",
    )


def test_day(profile_cases: Cases) -> None:
    """Days longer than a day. Rule: Profile-day."""
    profile_cases(
        """
        practice                              | finds | why
        --------------------------------------+-------+---------------------------------
        1: 99215 times 30                     | 1     | twenty hours
        1: 99215 times 10                     | -     | under seven
        1: 90837 min60 times 20               | 1     | twenty hours, as stated
        1: 99215 times 15, 99215 @2026-05-05 times 15 | - | two days
    """,
        "Profile-day",
    )


def test_anesthesia(profile_cases: Cases) -> None:
    """Cases that overlap. Rule: Profile-anesthesia."""
    profile_cases(
        """
        practice                                                                                                          | finds | why
        ------------------------------------------------------------------------------------------------------------------+-------+--------------------------
        1: 00790-AA min60 at07:30, 00790-AA min60 at08:30                                                                 | -     | one after the other
        1: 00790-AA min60 at07:30, 00790-AA min60 at08:00                                                                 | 1     | two in person at once
        1: 00790-AA min60 at07:30, 00790-QK min60 at08:00                                                                 | 1     | one in person while directing
        1: 00790-QK min60 at07:30, 00790-QK min60 at08:00                                                                 | -     | two directed
        1: 00790-AA min60 at07:30, 00790-AA @2026-05-05 min60 at08:00                                                     | -     | two days
        1: 00790-AA min0 at07:30                                                                                          | 1     | a case without time
        1: 00790-AA min60, 00790-AA min60                                                                                 | -     | the hours are not known
    """,
        "Profile-anesthesia",
    )

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


def test_duplicates_over_encounters(profile_cases: Cases) -> None:
    """One service of a day in two encounters. Rule: Profile-duplicate."""
    profile_cases(
        """
        practice                                        | finds | why
        ------------------------------------------------+-------+------------------------------
        1: 99213 of ann, 99213 of ann                   | 1     | twice
        1: 99213 of ann, 99213-25 of ann                | 1     | 25 makes no second visit
        1: 99213 of ann, 99213 of bob                   | -     | two patients
        1: 99213 of ann, 99213 @2026-05-05 of ann       | -     | two days
        1: 71046 of ann, 71046-76 of ann                | -     | done again, and it says so
        1: 99213 of ann; 2: 99213 of ann                | -     | two practitioners
        1: 99213, 99213                                 | -     | whose they are is not stated
    """,
        "Profile-duplicate",
    )


def test_missed_diagnoses(edit_cases: Cases) -> None:
    """Services whose reason has a code of its own. Rule: Missed-diagnosis."""
    edit_cases(
        """
        diagnoses          | lines         | finds    | why
        -------------------+---------------+----------+------------------------------------
        Z23                | 90471; 90686  | -        | immunization is said
        J45.909            | 90471; 90686  | lines[0] | it is not
        C50.911 Z51.11     | 96413         | -        | chemotherapy is said
        C50.911            | 96413         | lines[0] | it is not
        M06.9              | 96413         | -        | a drug of rheumatism: nothing to say
        Z12.31             | 77067         | -        | a screening
        N63.10             | 77067         | lines[0] | why a screening?
        Z12.2 F17.210      | 71271         | -        | smoking is said
        O42.92             | 59400         | lines[0] | how did it end?
        O42.92 Z37.0       | 59400         | -        | a single live birth
        N18.6              | 90960         | lines[0] | dialysis, and no Z99.2
        I10                | 99213         | -        | an office visit
    """,
        "Missed-diagnosis",
    )


def test_missed_administrations(edit_cases: Cases) -> None:
    """More vaccines than administrations. Rule: Missed-vaccine-count."""
    edit_cases(
        """
        lines                      | finds    | why
        ---------------------------+----------+----------------------------------------
        90686; 90471               | -        | one and one
        90686; 90732; 90471        | lines[1] | the second was given too
        90686; 90732; 90471; 90472 | -        | two and two
        90686; 90732; 90460 x2     | -        | two counselled
        90686; 90732               | -        | told by Missed-vaccine-administration
    """,
        "Missed-vaccine-count",
    )


def test_missed_contrast(edit_cases: Cases) -> None:
    """Images with contrast. Rule: Missed-contrast."""
    edit_cases(
        """
        lines              | finds    | why
        -------------------+----------+--------------------------
        74177; Q9967 x100  | -        | with its contrast
        74177              | lines[0] | without
        74177-26           | -        | the interpretation alone
        74176              | -        | without contrast by its code
    """,
        "Missed-contrast",
    )

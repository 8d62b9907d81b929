"""Edits by the physician fee schedule, on a schedule of made-up codes.

B0000, B0010, B0090: global periods of 0, 10 and 90 days; B0002 is priced for both sides; B0003 is a test; B0004 is
bundled; B0005 is not valid for Medicare.
"""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_status(edit_cases: Cases) -> None:
    """Codes that are not paid by their status. Rule: Fee-status."""
    edit_cases(
        """
        lines | more           | finds    | why
        ------+----------------+----------+---------------------
        B0090 | payer=medicare | -        | active
        B0004 | payer=medicare | lines[0] | bundled
        B0005 | payer=medicare | lines[0] | not valid for Medicare
        B0005 | payer=other    | -        | another payer
        B0006 | payer=medicare | -        | a drug: paid, but not by this schedule
        B0007 | payer=medicare | -        | a laboratory test: paid by its own schedule
        99024 | payer=medicare | -        | a postoperative visit, reported without a charge
    """,
        "Fee-status",
    )


def test_bilateral(edit_cases: Cases) -> None:
    """Modifier 50. Rule: Fee-bilateral."""
    edit_cases(
        """
        lines    | finds    | why
        ---------+----------+---------------------------
        B0090-50 | -        | 150 percent
        B0003-50 | -        | each side in full
        B0000-50 | lines[0] | not bilateral
        B0002-50 | lines[0] | priced for both sides
    """,
        "Fee-bilateral",
    )


def test_both_sides(edit_cases: Cases) -> None:
    """Both sides in one way. Rule: Fee-both-sides."""
    edit_cases(
        """
        lines              | finds    | why
        -------------------+----------+------------------------
        B0090-50           | -        | one line, one unit
        B0090-50 x2        | lines[0] | two units
        B0090-50-RT        | lines[0] | both sides and one
        B0002-RT; B0002-LT | lines[1] | priced for both sides
        B0090-RT; B0090-LT | -        | two lines
    """,
        "Fee-both-sides",
    )


def test_assistant(edit_cases: Cases) -> None:
    """Assistants. Rule: Fee-assistant."""
    edit_cases(
        """
        lines    | finds    | why
        ---------+----------+-----------------------
        B0090-80 | -        | paid
        B0000-AS | lines[0] | not paid
        B0010-82 | lines[0] | with documents
        B0003-80 | lines[0] | does not apply
    """,
        "Fee-assistant",
    )


def test_co_surgeon(edit_cases: Cases) -> None:
    """Two surgeons. Rule: Fee-co-surgeon."""
    edit_cases(
        """
        lines    | finds    | why
        ---------+----------+-----------------------
        B0090-62 | -        | of two specialties
        B0010-62 | lines[0] | with documents
        B0002-62 | lines[0] | not paid
    """,
        "Fee-co-surgeon",
    )


def test_team(edit_cases: Cases) -> None:
    """Teams. Rule: Fee-team."""
    edit_cases(
        """
        lines    | finds    | why
        ---------+----------+-----------------------
        B0090-66 | -        | by report
        B0000-66 | lines[0] | not paid
    """,
        "Fee-team",
    )


def test_multiple(edit_cases: Cases) -> None:
    """Modifier 51. Rule: Fee-multiple."""
    edit_cases(
        """
        lines    | finds    | why
        ---------+----------+-----------------------
        B0010-51 | -        | reduced
        B0005-51 | lines[0] | not reduced: an add-on code
    """,
        "Fee-multiple",
    )


def test_parts(edit_cases: Cases) -> None:
    """The professional part. Rule: Fee-professional-part."""
    edit_cases(
        """
        lines    | finds    | why
        ---------+----------+-----------------------
        B0003-26 | -        | a test
        99213-26 | lines[0] | a visit has no parts
    """,
        "Fee-professional-part",
    )


def test_technical_part(edit_cases: Cases) -> None:
    """The technical part. Rule: Fee-technical-part."""
    edit_cases(
        """
        lines    | finds    | why
        ---------+----------+-----------------------
        B0003-TC | -        | a test
        B0090-TC | lines[0] | an operation has no parts
    """,
        "Fee-technical-part",
    )


def test_global(edit_cases: Cases) -> None:
    """The global period. Rule: Fee-global."""
    edit_cases(
        """
        lines                            | history           | finds    | why
        ---------------------------------+-------------------+----------+------------------------------------
        99213; B0000                     | -                 | lines[0] | 25 says that it was separate
        99213-25; B0000                  | -                 | -        | it was
        99213; B0090                     | -                 | lines[0] | 57 says that it decided the operation
        99213-57; B0090 @2026-05-05      | -                 | -        | the day before
        99213; B0090 @2026-05-05         | -                 | lines[0] | the day before, unsaid
        99213                            | B0090 @2026-04-01 | lines[0] | within 90 days
        99213-24                         | B0090 @2026-04-01 | -        | for another problem
        99213                            | B0090 @2026-01-01 | -        | after the period
        99213                            | B0010 @2026-04-30 | lines[0] | within 10 days
        B0010                            | B0090 @2026-04-01 | lines[0] | an operation within the period
        B0010-78                         | B0090 @2026-04-01 | -        | return to the operating room
        99213; B0003                     | -                 | -        | a test has no period
        99291                            | B0090 @2026-04-30 | lines[0] | critical care after the operation
        99291-FT                         | B0090 @2026-04-30 | -        | for another problem
        99213-25; B0090                  | -                 | lines[0] | 25 decides no major operation
        99213                            | B0090-80 @2026-04-01 | -     | the assistant of that operation
    """,
        "Fee-global",
    )

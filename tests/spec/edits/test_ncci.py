"""Edits of NCCI on made-up codes: pairs, most units, add-on codes."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


# RIVALS 6: codes that exclude each other (Ottehr 4617)
def test_pairs(edit_cases: Cases) -> None:
    """Column 2 is not paid beside column 1, unless a modifier may and does say why. Rule: NCCI-PTP.

    Pairs of A0001: 99213 with a modifier, A0002 never, A0003 with a modifier, A0004 not any more (indicator 9), A0005 until 2025; A0006 has
    A0001 in column 2.
    """
    edit_cases(
        """
        lines                                        | setting    | finds    | why
        ---------------------------------------------+------------+----------+--------------------------------------
        A0001; A0002                                 | professional | lines[1] | indicator 0
        A0002; A0001                                 | professional | lines[0] | whichever stands first
        A0001; A0002-59                              | professional | lines[1] | no modifier helps
        A0001; A0003                                 | professional | lines[1] | no modifier
        A0001; A0003-XS                              | professional | -        | a separate structure
        A0001-59; A0003                              | professional | -        | on either code since July 2019
        A0001; A0003-26                              | professional | lines[1] | not an associated modifier
        A0001-RT; A0003-LT                           | professional | -        | anatomic modifiers
        A0001; A0004                                 | professional | -        | indicator 9
        A0001; A0005                                 | professional | -        | deleted
        A0001; A0006                                 | professional | lines[0] | A0001 is column 2 here
        A0001; A0002 @2026-05-05                     | professional | -        | another day
        A0001; A0003                                 | outpatient | -        | not in the table of hospitals
        A0001; A0002                                 | outpatient | lines[1] | in that table too
        A0001; A0001                                 | professional | -        | the same code
        A0001; A0003-59                              | professional | -        | another session, or site, or lesion
        A0001; 99213                                 | professional | lines[1] | a visit without 25
        A0001; 99213-25                              | professional | -        | a visit of its own
    """,
        "NCCI-PTP",
    )


def test_units(edit_cases: Cases) -> None:
    """Units beyond what is published. Rule: NCCI-MUE.

    A0001: 3 a line; A0002: 2 a day, absolute; A0003: 4 a day; A0005: none.
    """
    edit_cases(
        """
        lines                        | finds    | why
        -----------------------------+----------+---------------------------------------
        A0001 x3; A0001-76 x3        | -        | by line
        A0001 x4                     | lines[0] | one line
        A0002 x1; A0002-76 x2        | lines[0] | three on the day
        A0002 x2                     | -        | as many as may be
        A0002 x2; A0002 x2 @2026-05-05 | -      | two days
        A0003 x5                     | lines[0] | beyond the benchmark
        A0003 x4; A0003-55 x2        | -        | postoperative care is not counted
        A0005                        | lines[0] | Medicare pays for none
        A0009 x99                    | -        | nothing is published
    """,
        "NCCI-MUE",
    )
    edit_cases(
        """
        setting    | lines                 | more             | finds    | why
        -----------+-----------------------+------------------+----------+-------------------------------------
        professional | A0005               | payer=other      | -        | what another payer covers it says itself
        professional | A0005               | payer=medicare   | lines[0] | Medicare pays for none
        professional | A0002-80 x3         | payer=other      | lines[0] | other limits hold for all
        outpatient | A0002 x2; A0002-76 x2 | type_of_bill=131 | lines[0] | the day of one facility
    """,
        "NCCI-MUE",
    )


def test_add_ons(edit_cases: Cases) -> None:
    """Add-on codes need their primary. Rule: NCCI-add-on.

    A0011: with A0001 or A0002; A0012: by the contractor; A0013: with A0001, or by the contractor.
    """
    edit_cases(
        """
        lines                    | history | finds    | why
        -------------------------+---------+----------+------------------------------
        A0001; A0011             | -       | -        | with its primary
        A0011                    | -       | lines[0] | alone
        A0003; A0011             | -       | lines[1] | with another
        A0011; A0001 @2026-05-05 | -       | lines[0] | on another day
        A0011                    | A0001   | -        | billed before
        A0012                    | -       | lines[0] | nothing at all beside it
        A0012; A0003             | -       | -        | the contractor decides
        A0013; A0003             | -       | -        | the contractor decides
        A0013; A0012             | -       | lines[0] lines[1] | add-ons alone
    """,
        "NCCI-add-on",
    )


def test_bypass(edit_cases: Cases) -> None:
    """Pairs that only a modifier lets pay are named, so that somebody looks. Rule: NCCI-bypass."""
    edit_cases(
        """
        lines                  | finds    | why
        -----------------------+----------+---------------------------------------
        A0001; A0003-59        | lines[1] | only 59
        A0001; A0003-XS        | lines[1] | only XS
        A0001-RT; A0003-LT     | -        | two sides say it themselves
        A0001-RT; A0003-RT-59  | lines[1] | the same side on both
        A0001-RT; A0003-RT     | lines[1] | the same side, and nothing else
        A0001; 99213-25        | -        | a visit of its own
        A0001; A0003           | -        | told by NCCI-PTP
        A0001; A0002-59        | -        | no modifier helps, told by NCCI-PTP
    """,
        "NCCI-bypass",
    )

"""Edits of coverage on made-up determinations: diagnoses of a line, notices, drugs that patients give themselves."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_local(edit_cases: Cases) -> None:
    """Diagnoses that a contractor covers. Rule: Coverage-LCD.

    Contractor 01112: A0101 and A0102 for I10 and E11.9 (with an asterisk), A0102 for R07.9 too; A0103 for all but
    Z00.00; A0104 for I10 until 2025. A0105 is another contractor's.
    """
    edit_cases(
        """
        diagnoses | lines                | more                             | finds      | why
        ----------+----------------------+----------------------------------+------------+--------------------------------------
        I10       | A0101 ^1             | payer=medicare; contractor=01112 | -          | on the list
        J02.9     | A0101 ^1             | payer=medicare; contractor=01112 | lines[0]   | not on the list, no notice
        J02.9     | A0101-GA ^1          | payer=medicare; contractor=01112 | lines[0]   | noticed: for information
        J02.9     | A0101-GZ ^1          | payer=medicare; contractor=01112 | lines[0]   | no notice, a denial is expected
        J02.9     | A0101-GX ^1          | payer=medicare; contractor=01112 | lines[0]   | a voluntary notice is for what is excluded
        J02.9     | A0101-GY ^1          | payer=medicare; contractor=01112 | -          | excluded by statute, so not asked for necessity
        I10       | A0101-GZ ^1          | payer=medicare; contractor=01112 | lines[0]   | covered, and a denial is asked for
        E11.9     | A0101 ^1             | payer=medicare; contractor=01112 | lines[0]   | an asterisk: for information
        J02.9 I10 | A0101 ^1             | payer=medicare; contractor=01112 | lines[0]   | the covered one is not this line's
        J02.9 I10 | A0101                | payer=medicare; contractor=01112 | -          | no pointer: any diagnosis
        R07.9     | A0101 ^1             | payer=medicare; contractor=01112 | lines[0]   | covered for A0102 only
        R07.9     | A0102 ^1             | payer=medicare; contractor=01112 | -          | covered for A0102
        Z00.00    | A0103 ^1             | payer=medicare; contractor=01112 | lines[0]   | on the list of what is not covered
        J02.9     | A0103 ^1             | payer=medicare; contractor=01112 | -          | only exclusions are published
        J02.9     | A0104 ^1             | payer=medicare; contractor=01112 | -          | that article has ended
        J02.9     | A0104 @2025-05-04 ^1 | payer=medicare; contractor=01112 | lines[0]   | and was in force then
        J02.9     | A0105 ^1             | payer=medicare; contractor=01112 | -          | another contractor's article
        J02.9     | A0105 ^1             | payer=medicare; contractor=2102  | lines[0]   | its own; the number without its zero
        J02.9     | A0199 ^1             | payer=medicare; contractor=01112 | -          | no determination
        J02.9     | A0101 ^1             | payer=medicare                   | contractor | it is not known whose lists count
        J02.9     | A0101 ^1             | contractor=01112                 | lines[0]   | a contractor is Medicare's
        J02.9     | A0101 ^1             | payer=other; contractor=01112    | -          | another payer
    """,
        "Coverage-LCD",
    )


def test_national(edit_cases: Cases) -> None:
    """Diagnoses that Medicare covers everywhere. Rule: Coverage-NCD.

    A0106: E11.9 covered, I10 not; E10.9 until 2025.
    """
    edit_cases(
        """
        diagnoses | lines                | more           | finds    | why
        ----------+----------------------+----------------+----------+-----------------
        E11.9     | A0106 ^1             | payer=medicare | -        | covered
        I10       | A0106 ^1             | payer=medicare | lines[0] | named as not covered
        J02.9     | A0106 ^1             | payer=medicare | lines[0] | not named
        E10.9     | A0106 ^1             | payer=medicare | lines[0] | not any more
        E10.9     | A0106 @2025-05-04 ^1 | payer=medicare | -        | covered then
        J02.9     | A0106-GA ^1          | payer=medicare | lines[0] | for information
        J02.9     | A0106 ^1             | -              | -        | not said to be Medicare's
    """,
        "Coverage-NCD",
    )


def test_self_administered(edit_cases: Cases) -> None:
    """Drugs that patients usually give themselves. Rule: Coverage-self-administered.

    The contractor lists J0135, and J0129 until June 2025.
    """
    edit_cases(
        """
        lines             | more                             | finds    | why
        ------------------+----------------------------------+----------+----------------
        J0135             | payer=medicare; contractor=01112 | lines[0] | listed
        J0135-GY          | payer=medicare; contractor=01112 | -        | said to be excluded
        J0129             | payer=medicare; contractor=01112 | -        | not listed any more
        J0129 @2025-05-04 | payer=medicare; contractor=01112 | lines[0] | listed then
        J0135             | payer=medicare; contractor=02102 | -        | another contractor
        J0135             | payer=other                      | -        | another payer
    """,
        "Coverage-self-administered",
    )


def test_opps_status(edit_cases: Cases) -> None:
    """Codes that OPPS does not take. Rule: OPPS-status.

    Made-up Addendum B: C1000 is N, C1001 S, C1002 T, C1003 Q1, C1004 Q4, C1005 J1, C1006 B, C1007 C, C1008 E1, C1009 M,
    C1010 Y, C1011 P, C1012 Q2.
    """
    edit_cases(
        """
        lines    | more              | finds    | why
        ---------+-------------------+----------+------------------------------------------
        C1001    | type_of_bill=0131 | -        | paid
        C1006    | type_of_bill=0131 | lines[0] | another code is recognized
        C1006    | type_of_bill=0751 | -        | a rehabilitation facility: not OPPS
        C1007    | type_of_bill=0131 | lines[0] | an inpatient procedure
        C1007-CA | type_of_bill=0131 | -        | the patient died before the admission
        C1008    | -                 | lines[0] | not covered
        C1008-GY | -                 | -        | and it says so
        C1009    | -                 | lines[0] | not billable
        C1010    | -                 | lines[0] | equipment
        C1011    | type_of_bill=0131 | lines[0] | is it such a program?
        C1011    | type_of_bill=0761 | -        | a community mental health centre
        C1999    | -                 | -        | not listed: another edit's
        C1006    | payer=other       | -        | another payer
    """,
        "OPPS-status",
        default="outpatient",
    )


def test_opps_only_packaged(edit_cases: Cases) -> None:
    """Nothing but packaged services. Rule: OPPS-only-packaged."""
    edit_cases(
        """
        lines        | finds | why
        -------------+-------+--------------------------------
        C1000        | lines | what does it belong to?
        C1000; C1000 | lines | twice nothing
        C1000; C1001 | -     | a service that is paid
        C1000; C1003 | -     | paid where it stands alone
    """,
        "OPPS-only-packaged",
        default="outpatient",
    )


def test_opps_packaging(edit_cases: Cases) -> None:
    """What others take in. Rule: OPPS-packaging."""
    edit_cases(
        """
        lines               | finds       | why
        --------------------+-------------+-------------------------------------------
        C1003; C1001        | lines       | Q1 beside S
        C1003; C1004        | lines       | the laboratory test beside Q1
        C1004               | -           | a laboratory test alone
        C1012; C1001        | -           | Q2 beside S is paid
        C1012; C1002        | lines       | Q2 beside T
        C1005; C1001; C1004 | lines       | everything beside J1
        C1005               | -           | J1 alone
    """,
        "OPPS-packaging",
        default="outpatient",
    )


def test_how_severe_notices_are(edit_books: object) -> None:
    """Without a notice the claim stops; with one it does not."""
    from datetime import date

    from nosology.edits.desk import Books
    from nosology.model.encounter import Diagnosis, Encounter, ServiceLine, Setting
    from nosology.pipeline import check_encounter

    assert isinstance(edit_books, Books)
    wanted = {(): "error", ("GA",): "information", ("GZ",): "information", ("GX",): "warning"}
    for marks, severity in wanted.items():
        visit = Encounter(
            "1", Setting.PROFESSIONAL, diagnoses=(Diagnosis("J02.9"),), payer="medicare", contractor="01112",
            lines=(ServiceLine("A0101", marks, diagnosis_pointers=(1,)),),
        )  # fmt: skip
        found = check_encounter(visit, on=date(2026, 5, 4), books=edit_books, only=["Coverage-LCD"])
        assert [each.severity for each in found] == [severity]
        assert "A50001" in found[0].message


def test_visits_beside_procedures(edit_cases: Cases) -> None:
    """A hospital's visit on the day of a procedure. Rule: OPPS-visit-25.

    C1001 is of status S, C1002 of T, C1003 of Q1.
    """
    edit_cases(
        """
        lines                    | more             | finds    | why
        -------------------------+------------------+----------+---------------------------
        99284; C1001             | type_of_bill=131 | lines[0] | was it separate?
        99284-25; C1002          | type_of_bill=131 | -        | it was
        99284; C1003             | type_of_bill=131 | -        | neither S nor T
        99284; C1001 @2026-05-05 | type_of_bill=131 | -        | another day
        99284                    | type_of_bill=131 | -        | alone
        99284; C1001             | type_of_bill=721 | -        | not paid by OPPS
    """,
        "OPPS-visit-25",
        default="outpatient",
    )


def test_companions(edit_cases: Cases) -> None:
    """Lines that need another on the claim. Rule: OPPS-companions.

    C1013 is a drug that is paid apart, C1014 a pass-through device, C1001 a service.
    """
    edit_cases(
        """
        lines                  | finds    | why
        -----------------------+----------+-------------------------------
        36430; P9016           | -        | blood and its transfusion
        36430                  | lines[0] | which blood?
        36430; none rev0380    | -        | blood that was bought
        G0379; G0378           | -        | observation after referral
        G0379                  | lines[0] | no hours
        G0390                  | lines[0] | no critical care
        33208; C1785           | -        | the pacemaker is named
        33208                  | lines[0] | no device
        33208-CG               | -        | none was placed
        C1013; C1001           | -        | given in a service
        C1013                  | lines[0] | a drug alone
        C1014                  | lines[0] | a device alone
    """,
        "OPPS-companions",
        default="outpatient",
    )


def test_bills_of_observation(edit_cases: Cases) -> None:
    """Observation on the bills that take it. Rule: OPPS-bill."""
    edit_cases(
        """
        lines        | more             | finds    | why
        -------------+------------------+----------+-------------------------
        G0378 x12    | type_of_bill=131 | -        | outpatient
        G0378 x12    | type_of_bill=851 | -        | critical access hospital
        G0378 x12    | type_of_bill=141 | lines[0] | laboratory of outsiders
        G0378 x12    | -                | -        | no bill stated
    """,
        "OPPS-bill",
        default="outpatient",
    )


def test_modifiers_of_hospitals(edit_cases: Cases) -> None:
    """Modifiers that go with units, each other and the status. Rule: OPPS-modifiers."""
    edit_cases(
        """
        lines              | more                | finds    | why
        -------------------+---------------------+----------+-----------------------------
        C1002-50           | -                   | -        | both sides
        C1002-50 x2        | -                   | lines[0] | one unit
        C1002-73 x2        | -                   | lines[0] | ended early, twice?
        C1002-73-50        | -                   | lines[0] | one side
        C1007-CA           | discharge_status=20 | -        | died before the admission
        C1007-CA           | discharge_status=01 | lines[0] | went home
        C1007-CA; C1006-CA | discharge_status=20 | lines[1] | once
    """,
        "OPPS-modifiers",
        default="outpatient",
    )

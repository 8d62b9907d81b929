"""Edits of the claim itself."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_units(edit_cases: Cases) -> None:
    """Units and charges are more than nothing. Rule: Claim-units."""
    edit_cases(
        """
        lines                     | finds    | why
        --------------------------+----------+----------------
        A0001 x1                  | -        | plain
        A0001 x0                  | lines[0] | no unit
        A0001 x-2                 | lines[0] | negative
        A0001 $-5                 | lines[0] | negative charge
        A0001; none x1            | lines[1] | no code
        00400 x1 min90            | -        | an hour and a half of anaesthesia
        00400 x1 min0             | lines[0] | no minute
        00400 x1 min1500          | lines[0] | more than a day
    """,
        "Claim-units",
    )


def test_ndc(edit_cases: Cases) -> None:
    """The NDC of a line is one. Rule: Claim-ndc."""
    edit_cases(
        """
        lines                       | finds    | why
        ----------------------------+----------+------------------------------------------
        J1885 x1 ndc0409-3795-01    | -        | 4-4-2, with hyphens
        J1885 x1 ndc00409379501     | -        | eleven digits
        J1885 x1                    | -        | none is given
        J1885 x1 ndc12-34           | lines[0] | labeler and product alone
        J1885 x1 ndc0409-379-01     | lines[0] | parts of 4, 3 and 2 digits
        J1885 x1 ndc123456789       | lines[0] | nine digits
        J1885 x1 ndc0409379501      | lines[0] | ten digits without hyphens may be any of three
    """,
        "Claim-ndc",
    )


def test_dates(edit_cases: Cases) -> None:
    """Dates stand in order. Rule: Claim-dates."""
    edit_cases(
        """
        setting      | procedures         | lines             | more                                       | finds         | why
        -------------+--------------------+-------------------+--------------------------------------------+---------------+--------------------------
        inpatient    | 0DTJ4ZZ@2026-05-02 | -                 | admitted=2026-05-01; discharged=2026-05-04 | -             | within the stay
        inpatient    | 0DTJ4ZZ@2026-04-29 | -                 | admitted=2026-05-01; discharged=2026-05-04 | -             | within the payment window
        inpatient    | 0DTJ4ZZ@2026-04-20 | -                 | admitted=2026-05-01; discharged=2026-05-04 | procedures[0] | long before
        inpatient    | 0DTJ4ZZ@2026-05-05 | -                 | admitted=2026-05-01; discharged=2026-05-04 | procedures[0] | after the discharge
        inpatient    | -                  | -                 | admitted=2026-05-04; discharged=2026-05-01 | discharged    | out of order
        inpatient    | -                  | -                 | admitted=2026-05-01; discharged=2026-05-04; length_of_stay=9 | length_of_stay | three days
        professional | -                  | A0001 @2026-05-10 | submitted=2026-05-06                       | lines[0]      | not yet rendered
        professional | -                  | A0001 @1980-01-01 | birth_date=1990-01-01                      | lines[0]      | not yet born
        outpatient   | -                  | A0001 @2026-05-09 | admitted=2026-05-01; discharged=2026-05-04 | lines[0]      | outside the period of the statement
        outpatient   | -                  | A0001 @2026-05-02 | admitted=2026-05-01; discharged=2026-05-04 | -             | within it
    """,
        "Claim-dates",
    )


def test_duplicate(edit_cases: Cases) -> None:
    """A service is billed once. Rule: Claim-duplicate."""
    edit_cases(
        """
        lines                    | history | finds    | why
        -------------------------+---------+----------+------------------------
        A0001; A0001             | -       | lines[1] | twice
        A0001; A0001-76          | -       | -        | repeated, and it says so
        A0001-RT; A0001-LT       | -       | -        | two sides
        A0001; A0001 @2026-05-05 | -       | -        | two days
        A0001                    | A0001   | lines[0] | billed before
        99213; 99213-25          | -       | lines[1] | 25 makes no second visit of it
        99213; 99213-25-76       | -       | -        | repeated, and it says so
    """,
        "Claim-duplicate",
    )


def test_pointers(edit_cases: Cases) -> None:
    """A line points to the diagnoses that explain it. Rule: Claim-pointers."""
    edit_cases(
        """
        diagnoses | lines             | finds    | why
        ----------+-------------------+----------+-------------------
        I10 E11.9 | A0001 ^1,2        | -        | both are there
        I10       | A0001 ^2          | lines[0] | there is one
        I10       | A0001             | lines[0] | points nowhere
        I10       | D0120             | -        | dental services need no diagnosis
        I10       | A0001 ^1,1,1,1,1  | lines[0] | more than four
    """,
        "Claim-pointers",
    )


def test_npi(edit_cases: Cases) -> None:
    """The check digit of a provider's number. Rule: Claim-npi."""
    edit_cases(
        """
        more                     | finds         | why
        -------------------------+---------------+-------------------
        billing_npi=1234567893   | -             | the example of CMS
        billing_npi=1234567890   | billing_npi   | wrong check digit
        rendering_npi=123        | rendering_npi | too short
        rendering_npi=3234567893 | rendering_npi | begins with 1 or 2
    """,
        "Claim-npi",
    )


def test_taxonomy(edit_cases: Cases) -> None:
    """The form of a taxonomy. Rule: Claim-taxonomy."""
    edit_cases(
        """
        more                | finds    | why
        --------------------+----------+----------------
        taxonomy=207Q00000X | -        | family medicine
        taxonomy=207Q0      | taxonomy | cut short
    """,
        "Claim-taxonomy",
    )


def test_taxonomy_listed(edit_cases: Cases) -> None:
    """A taxonomy of the list. Rule: Claim-taxonomy-listed."""
    edit_cases(
        """
        more                | finds    | why
        --------------------+----------+--------------------------
        taxonomy=207Q00000X | -        | listed
        taxonomy=299Z99999X | taxonomy | a code that was never one
        taxonomy=207Q0      | -        | its form is another rule's
    """,
        "Claim-taxonomy-listed",
    )


def test_bill_type(edit_cases: Cases) -> None:
    """The type of bill. Rule: Claim-bill-type."""
    edit_cases(
        """
        setting    | more              | finds        | why
        -----------+-------------------+--------------+---------------------------
        inpatient  | type_of_bill=0111 | -            | hospital, inpatient, whole
        inpatient  | type_of_bill=111  | -            | without the leading zero
        inpatient  | type_of_bill=0131 | type_of_bill | outpatient
        outpatient | type_of_bill=0137 | -            | replacement
        outpatient | type_of_bill=0991 | type_of_bill | no such kind
        outpatient | type_of_bill=013L | type_of_bill | no such frequency
    """,
        "Claim-bill-type",
    )


def test_revenue(edit_cases: Cases) -> None:
    """Revenue code and service. Rule: Claim-revenue."""
    edit_cases(
        """
        lines             | more              | finds    | why
        ------------------+-------------------+----------+---------------------------
        99283 rev0450     | type_of_bill=0131 | -        | emergency department
        99283 rev0360     | type_of_bill=0131 | lines[0] | operating room
        A0001             | type_of_bill=0131 | lines[0] | no revenue code
        A0001 rev45       | type_of_bill=0131 | lines[0] | four digits
        A0001 rev7777     | type_of_bill=0131 | lines[0] | there is no such code
        A0001 rev0458     | type_of_bill=0131 | lines[0] | the category has no such subcategory
        none x1 rev1001   | type_of_bill=0863 | -        | a residential stay for mental health
        none x1 rev0636   | type_of_bill=0131 | lines[0] | a drug without its code
        none x1 rev0320   | type_of_bill=0131 | lines[0] | which image?
        none x1 rev0250   | type_of_bill=0131 | -        | pharmacy needs none
        G0378 rev0762     | type_of_bill=0131 | -        | observation
        G0378 rev0450     | type_of_bill=0131 | lines[0] | not the emergency department
        77067 rev0401     | type_of_bill=0131 | lines[0] | screening is 0403
        A0427 rev0540     | type_of_bill=0131 | -        | ambulance
        97110-GP rev0420  | type_of_bill=0131 | -        | physical therapy
        97110-GO rev0420  | type_of_bill=0131 | lines[0] | occupational therapy is 043x
    """,
        "Claim-revenue",
        default="outpatient",
    )


# RIVALS 8: new places of service 10, 27, 58, 66 (pyx12 109)
def test_place(edit_cases: Cases) -> None:
    """Place of service. Rule: Claim-place."""
    edit_cases(
        """
        lines       | finds    | why
        ------------+----------+------------
        A0001 pos11 | -        | office
        A0001       | lines[0] | none
        A0001 pos10 | -        | at a distance, at home: since 2022
        A0001 pos27 | -        | outreach site: since October 2023
        A0001 pos58 | -        | opioid treatment: since 2020
        A0001 pos66 | -        | PACE: since 2024
        A0001 pos97 | lines[0] | no such place
    """,
        "Claim-place",
    )


def test_telehealth(edit_cases: Cases) -> None:
    """Services at a distance. Rule: Claim-telehealth."""
    edit_cases(
        """
        lines                        | finds    | why
        -----------------------------+----------+-------------------------------------
        99213-95 pos10               | -        | at home
        99213-95 pos11               | lines[0] | an office is no place of telehealth
        99213-95 @2023-05-04 pos11   | -        | as if in person until the end of 2023
        99213 pos11                  | -        | in person
        99213-93-95 pos02            | lines[0] | sound alone, or with picture
        99213-95 @2021-05-04 pos10   | lines[0] | place 10 is younger
        27447 pos10                  | lines[0] | an operation at the patient's home
        27447-95 pos22               | lines[0] | an operation by sound and picture
    """,
        "Claim-telehealth",
    )


# RIVALS 14: timely filing (folk-care 449)
def test_timely(edit_cases: Cases) -> None:
    """Time limit of the payer. Rule: Claim-timely."""
    edit_cases(
        """
        lines             | more                                  | finds     | why
        ------------------+---------------------------------------+-----------+---------------
        A0001 @2026-05-04 | payer=medicare; submitted=2026-06-01  | -         | in time
        A0001 @2025-01-04 | payer=medicare; submitted=2026-06-01  | submitted | beyond a year
        A0001 @2025-01-04 | payer=other; submitted=2026-06-01     | -         | no limit is known
        A0001 @2025-05-04 | payer=medicare; submitted=2026-05-04  | -         | a calendar year
        A0001 @2025-05-04 | payer=medicare; submitted=2026-05-05  | submitted | a day too late
        A0001 @2023-05-04 | payer=medicare; submitted=2024-05-04  | -         | a calendar year with a leap day
    """,
        "Claim-timely",
    )


def test_authorization(edit_cases: Cases) -> None:
    """Services that need an authorisation. Rule: Claim-authorization."""
    edit_cases(
        """
        lines | more                                | finds    | why
        ------+-------------------------------------+----------+-----------------
        15822 | payer=medicare                      | lines[0] | none on the claim
        15822 | payer=medicare; authorization=A1    | -        | there
        15822 | payer=other                         | -        | a rule of Medicare
        99213 | payer=medicare                      | -        | not of the list
    """,
        "Claim-authorization",
        default="outpatient",
    )


def test_notices(edit_cases: Cases) -> None:
    """Notices that contradict each other. Rule: Coverage-notices."""
    edit_cases(
        """
        lines       | finds    | why
        ------------+----------+---------------------------
        A0001-GA    | -        | notice on file
        A0001-GX-GY | -        | voluntary notice of an excluded service
        A0001-GA-GZ | lines[0] | a notice and none
    """,
        "Coverage-notices",
    )


def test_frequency(edit_cases: Cases) -> None:
    """Preventive services as often as they are paid. Rule: Claim-frequency."""
    edit_cases(
        """
        diagnoses | lines          | history                             | finds    | why
        ----------+----------------+-------------------------------------+----------+------------------------------------------
        Z00.00    | G0439          | G0439 @2025-06-30                   | lines[0] | eleven full months are not over
        Z00.00    | G0439          | G0439 @2025-05-31                   | -        | the twelfth month after it
        Z00.00    | G0438          | G0438 @2019-05-04                   | lines[0] | once in a lifetime
        Z00.00    | G0439          | G0438 @2025-08-04                   | lines[0] | the first one counts
        Z00.00    | G0438          | G0402 @2025-08-04                   | lines[0] | a welcome visit within the year
        Z01.419   | G0101          | G0101 @2025-04-04                   | lines[0] | every 24 months
        Z91.89    | G0101          | G0101 @2025-04-04                   | -        | high risk: every 12
        Z12.11    | G0121          | G0121 @2017-05-04                   | lines[0] | every 120 months
        Z12.11    | G0121          | G0121 @2016-05-20                   | -        | 119 full months are over
        Z12.11    | G0121          | G0104 @2023-05-04                   | lines[0] | 48 months after a sigmoidoscopy
        Z86.0100  | G0105          | G0121 @2024-05-04                   | -        | high risk: every 24 months
        Z12.31    | 77067          | 77067 @2025-07-01                   | lines[0] | a year
        Z12.31    | 77067-GA       | 77067 @2025-07-01                   | -        | a notice
        Z71.89    | G0445          | G0445 @2025-09-01                   | -        | two in twelve months
        Z71.89    | G0445          | G0445 @2025-09-01; G0445 @2026-01-04 | lines[0] | the third
        Z00.00    | G0444          | -                                   | -        | none before
        Z00.00    | G0444          | G0444 @2026-09-01                   | -        | a later one is not counted
    """,
        "Claim-frequency",
    )


def test_missed_administration(edit_cases: Cases) -> None:
    """A drug without its administration. Rule: Missed-drug-administration."""
    edit_cases(
        """
        lines         | finds    | why
        --------------+----------+-------------------
        J1885         | lines[0] | who gave it?
        J1885; 96372  | -        | injected
        J1885; 20610  | -        | into the joint
        J7613         | -        | inhaled
    """,
        "Missed-drug-administration",
    )


def test_missed_drug(edit_cases: Cases) -> None:
    """An administration without its drug. Rule: Missed-drug."""
    edit_cases(
        """
        lines        | finds    | why
        -------------+----------+------------------------
        96372        | lines[0] | of what?
        96372; J1885 | -        | with the drug
    """,
        "Missed-drug",
    )


def test_missed_vaccine_administration(edit_cases: Cases) -> None:
    """A vaccine without its administration. Rule: Missed-vaccine-administration."""
    edit_cases(
        """
        lines        | finds    | why
        -------------+----------+---------
        90715        | lines[0] | not given?
        90715; 90471 | -        | given
    """,
        "Missed-vaccine-administration",
    )


def test_missed_vaccine(edit_cases: Cases) -> None:
    """An administration without its vaccine. Rule: Missed-vaccine."""
    edit_cases(
        """
        lines        | finds    | why
        -------------+----------+---------
        90471        | lines[0] | of what?
        90471; 90715 | -        | with it
    """,
        "Missed-vaccine",
    )

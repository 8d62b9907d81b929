"""Edits of services, one by one and beside each other: code, modifiers, sex, age, place, new patients, parts of tests."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_codes_of_services(edit_cases: Cases) -> None:
    """The code of a line is a code. Rule: Claim-service-code.

    The small tables hold A0001 and J0135 of HCPCS and 99213 of CPT.
    """
    edit_cases(
        """
        lines             | finds    | why
        ------------------+----------+------------------------------------------------
        99213; A0001      | -        | both are listed
        ABC               | lines[0] | three characters
        9921O             | lines[0] | the letter O at the end
        A0001; A9999      | lines[1] | no code of HCPCS
        99999             | lines[0] | in no fee schedule
        0001U             | -        | laboratory analyses stand in no fee schedule
        D0120             | -        | of the dental association
        1AA01 rev0022     | -        | a rate of a nursing facility
    """,
        "Claim-service-code",
    )


def test_modifiers_of_services(edit_cases: Cases) -> None:
    """Modifiers are modifiers, in force, of their kind of service, and agree. Rule: Claim-service-modifiers."""
    edit_cases(
        """
        lines                   | finds    | why
        ------------------------+----------+----------------------------------------------
        99213-25; 20610-RT      | -        | each where it belongs
        20610-ZZ                | lines[0] | no modifier
        20610-RT-RT             | lines[0] | twice
        97110-GP-GO             | lines[0] | two plans of one line
        20610-25                | lines[0] | 25 is of a visit
        99213-59                | lines[0] | 59 is not
        20610-XS @2014-06-01    | lines[0] | in force since 2015
        A0428-RH                | -        | from the residence to the hospital
        20610-RH                | lines[0] | a route, and no ambulance
        20610-RT-59-76-22-52    | lines[0] | a line holds four
    """,
        "Claim-service-modifiers",
    )


def test_sex_of_services(edit_cases: Cases) -> None:
    """Services of one sex. Rule: Claim-service-sex."""
    edit_cases(
        """
        lines    | more  | finds    | why
        ---------+-------+----------+-------------------------------
        58150    | sex=F | -        | fits
        58150    | sex=M | lines[0] | of women
        55700    | sex=F | lines[0] | of men
        58150-KX | sex=M | -        | the record says that both are right
        58150    | sex=U | -        | not known
        99213    | sex=M | -        | of anybody
    """,
        "Claim-service-sex",
    )


def test_age_of_services(edit_cases: Cases) -> None:
    """Codes that name an age. Rule: Claim-service-age."""
    edit_cases(
        """
        lines | more   | finds    | why
        ------+--------+----------+--------------------
        99395 | age=39 | -        | 18 to 39
        99395 | age=40 | lines[0] | 99396
        99391 | age=1  | lines[0] | first year only
        90460 | age=18 | -        | up to 18
        90460 | age=19 | lines[0] | 90471
        99395 | -      | -        | age not told
        71271 | age=81 | lines[0] | screening ends at 80
    """,
        "Claim-service-age",
    )


def test_place_of_services(edit_cases: Cases) -> None:
    """Visits and transports in the places of their codes. Rule: Claim-place-of-service."""
    edit_cases(
        """
        lines       | finds    | why
        ------------+----------+----------------------------------
        99213 pos11 | -        | an office
        99213 pos22 | -        | a clinic of a hospital
        99213 pos23 | -        | the own physician in the emergency department
        99213 pos21 | lines[0] | an inpatient
        99223 pos21 | -        | an inpatient
        99223 pos11 | lines[0] | an office
        99283 pos23 | -        | the emergency department
        99283 pos11 | lines[0] | an office
        99309 pos31 | -        | a nursing facility
        99309 pos11 | lines[0] | an office
        99349 pos12 | -        | at home
        99349 pos11 | lines[0] | an office
        99349 pos10 | -        | by telehealth
        A0428 pos41 | -        | ambulance
        A0428 pos11 | lines[0] | an office
        99213       | -        | told by Claim-place
    """,
        "Claim-place-of-service",
    )


def test_new_patients(edit_cases: Cases) -> None:
    """A new patient was not seen by the practitioner for three years. Rule: Claim-new-patient."""
    edit_cases(
        """
        lines | history           | finds    | why
        ------+-------------------+----------+-----------------------------------
        99203 | -                 | -        | nothing before
        99203 | 99213 @2025-06-01 | lines[0] | seen a year ago
        99203 | 99213 @2023-05-03 | -        | more than three years ago
        99203 | 20610 @2025-06-01 | lines[0] | a procedure is a meeting too
        99203 | 80053 @2025-06-01 | -        | a laboratory test is not
        99213 | 99213 @2025-06-01 | -        | an established patient
        99385 | 99395 @2025-06-01 | lines[0] | preventive visits too
    """,
        "Claim-new-patient",
    )


def test_therapy_plans(edit_cases: Cases) -> None:
    """Services that are always therapy carry GN, GO or GP. Rule: Claim-therapy-plan."""
    edit_cases(
        """
        setting      | lines    | more           | finds    | why
        -------------+----------+----------------+----------+------------------------
        professional | 97110-GP | payer=medicare | -        | physical therapy
        professional | 97110    | payer=medicare | lines[0] | whose plan?
        outpatient   | 97530-59 | payer=medicare | lines[0] | 59 says it not
        professional | 97110    | payer=other    | -        | another payer
        professional | 97597    | payer=medicare | -        | therapy only sometimes
    """,
        "Claim-therapy-plan",
    )


def test_visit_complexity(edit_cases: Cases) -> None:
    """G2211 beside an office visit without 25. Rule: Claim-complexity."""
    edit_cases(
        """
        lines                           | finds    | why
        --------------------------------+----------+-------------------------------
        99214; G2211                    | -        | beside a visit
        G2211                           | lines[0] | alone
        99214-25; 20610; G2211          | lines[2] | beside a procedure
        99214-25; G0439; G2211          | -        | beside a preventive service
        99214-25; 90471; 90686; G2211   | -        | beside a vaccine
        99214 @2026-05-05; G2211        | lines[1] | another day
    """,
        "Claim-complexity",
    )


def test_parts_in_hospitals(edit_cases: Cases) -> None:
    """In a hospital the technical part is the hospital's. Rule: Fee-facility.

    B0003: a test with two parts; B0008: technical; B0009: the whole test; B0011: incident to a physician.
    """
    edit_cases(
        """
        lines          | finds    | why
        ---------------+----------+------------------------------
        B0003 pos11    | -        | an office owns its machine
        B0003 pos21    | lines[0] | the hospital's machine
        B0003-26 pos21 | -        | the interpretation
        B0003-TC pos22 | lines[0] | the technical part
        B0008 pos22    | lines[0] | a technical service
        B0009 pos21    | lines[0] | the whole test
        B0011 pos23    | lines[0] | the hospital's nurse
        B0011 pos11    | -        | the own nurse
    """,
        "Fee-facility",
    )


def test_whole_and_parts(edit_cases: Cases) -> None:
    """The whole of a test and one of its parts. Rule: Fee-parts."""
    edit_cases(
        """
        lines                       | finds    | why
        ----------------------------+----------+-------------------------
        B0003-26; B0003-TC          | -        | the two parts
        B0003; B0003-26             | lines[1] | the whole and a part
        B0003-TC; B0003             | lines[0] | whichever stands first
        B0003; B0003-26-77          | -        | a second reading
        B0003; B0003-26 @2026-05-05 | -        | another day
    """,
        "Fee-parts",
    )

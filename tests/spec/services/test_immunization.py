"""Vaccines given in the encounter: products, administration, and what is passed over."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]
BEGINS = ("90", "91", "G00", "Q20")


def test_products_and_administration(service_cases: Cases) -> None:
    """What was given now has a product and an administration. Rule: Service-immunization."""
    service_cases(
        """
        note                                                                      | age | codes
        --------------------------------------------------------------------------|-----|------------------------------
        Tdap given today in the left deltoid.                                     | 40  | 90715×1 90471×1
        Tdap 0.5 mL IM was administered today, lot U1234, exp 6/30/2027.          | 40  | 90715×1 90471×1
        High-dose flu vaccine given L deltoid.                                    | 70  | 90662×1 90471×1
        Fluad given today, Prevnar 20 given today.                                | 70  | 90653×1 90677×1 90471×1 90472×1
        Shingrix #2 administered in the office today.                             | 62  | 90750×1 90471×1
        Flu shot R arm, Tdap L arm given today.                                   | 40  | 90715×1 90471×1 90472×1 ?product
        Flu vaccine given today L deltoid.                                        | 40  | 90471×1 ?product
        FluMist given today.                                                      | 30  | 90660×1 90473×1
        FluMist and Tdap given today.                                             | 30  | 90660×1 90715×1 90471×1 90474×1
        MMR and varicella vaccines were given today.                              | 30  | 90707×1 90716×1 90471×1 90472×1
        Gardasil 9 given today.                                                   | 24  | 90651×1 90471×1
        Hepatitis A vaccine administered today.                                   | 30  | 90632×1 90471×1
        Comirnaty given today.                                                    | 30  | 91320×1 90480×1
        Moderna COVID vaccine given today.                                        | 8   | 91321×1 90480×1
        Due for Tdap, given today.                                                | 40  | 90715×1 90471×1
        Heplisav-B given today in right deltoid.                                  | 40  | 90739×1 90471×1
        """,
        begins=BEGINS,
        findings="immunization.",
    )


def test_children(service_cases: Cases) -> None:
    """Through 18 years counselling counts by component. Rule: Service-immunization."""
    service_cases(
        """
        note                                                                                           | age | codes
        -----------------------------------------------------------------------------------------------|-----|------------------------------
        Pediarix and RotaTeq given today. Counseled mother on each vaccine component.                   | 0   | 90723×1 90680×1 90460×2 90461×4
        DTaP-IPV and MMRV given today. Risks and benefits of vaccines were discussed with the parents.  | 4   | 90696×1 90710×1 90460×2 90461×6
        DTaP-IPV and MMRV given today, VIS given.                                                       | 4   | 90696×1 90710×1 90471×1 90472×1
        RotaTeq given today.                                                                            | 0   | 90680×1 90473×1
        Tdap given today. Nurse counseled on vaccine side effects.                                      | 12  | 90715×1 90471×1
        Tdap given today. Counseled on the vaccine.                                                     | 19  | 90715×1 90471×1
        """,
        begins=BEGINS,
        findings="immunization.",
    )


def test_medicare(service_cases: Cases) -> None:
    """Medicare has three codes of its own. Rule: Service-immunization."""
    service_cases(
        """
        note                                                             | age | codes
        -----------------------------------------------------------------|-----|------------------------------
        Medicare patient. Fluzone high-dose given today in left deltoid. | 70  | 90662×1 G0008×1
        Medicare patient. Prevnar 20 given today.                        | 70  | 90677×1 G0009×1
        Medicare patient. Tdap given today.                              | 70  | 90715×1 90471×1
        """,
        begins=BEGINS,
        findings="immunization.",
    )


def test_passed_over(service_cases: Cases) -> None:
    """What is due, declined, of another day or place is not given. Rule: Service-immunization."""
    service_cases(
        """
        note                                                        | age | codes
        ------------------------------------------------------------|-----|------
        Flu shot declined.                                          | 40  | -
        Tdap due.                                                   | 40  | -
        Tdap today was declined.                                    | 40  | -
        Immunizations up to date.                                   | 40  | -
        Flu vaccine given at pharmacy last month.                   | 40  | -
        Recommended Shingrix today.                                 | 60  | -
        Will give Tdap at the next visit.                           | 40  | -
        Tdap given in 2021.                                         | 40  | -
        Discussed HPV vaccine today.                                | 24  | -
        Flu vaccine not given today.                                | 40  | -
        Hepatitis B surface antibody positive today.                | 40  | -
        Influenza test negative today.                              | 40  | -
        HPI: She got her COVID-19 vaccine and feels safer.          | 40  | -
        FAMILY HISTORY: Brother given Tdap today.                   | 40  | -
        Patient should have the 20-valent pneumococcal vaccine.     | 70  | -
        Sore arm after flu shot.                                    | 40  | -
        Sore arm after the flu shot today.                          | 40  | -
        Prevnar 20 today, flu shot declined.                        | 70  | 90677×1 90471×1
        Declined flu shot, Tdap given today.                        | 40  | 90715×1 90471×1
        """,
        begins=BEGINS,
        findings="immunization.",
    )


def test_dates_and_settings(service_cases: Cases) -> None:
    """Products by date of service; inpatient has none. Rule: Service-immunization."""
    service_cases(
        """
        note                    | age | on         | setting      | codes
        ------------------------|-----|------------|--------------|------------------------
        Tdap given today.       | 40  | -          | emergency    | 90715×1 90471×1
        Tdap given today.       | 40  | -          | inpatient    | -
        Havrix given today.     | -   | -          | outpatient   | 90471×1 ?product
        """,
        begins=BEGINS,
        findings="immunization.",
    )

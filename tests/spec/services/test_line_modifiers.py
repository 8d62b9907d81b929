"""Modifiers of services from the words about them."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_waived_tests(service_cases: Cases) -> None:
    """QW on waived tests that the office did itself. Rule: Modifier-line-facts."""
    service_cases(
        """
        note                                             | setting      | codes
        -------------------------------------------------|--------------|-----------
        Rapid strep positive in office today.            | professional | 87880-QW×1
        POC A1c 7.2 % today.                             | professional | 83036-QW×1
        Fingerstick hemoglobin 12.1 today.               | professional | 85018-QW×1
        Urine pregnancy test negative today.             | professional | 81025×1
        Rapid strep positive in office today.            | emergency    | 87880×1
        Rapid strep positive today.                      | outpatient   | 87880×1
        """,
        begins=("8",),
    )


def test_equipment(service_cases: Cases) -> None:
    """New, used, rented; requirements met. Rules: Modifier-line-facts, Modifier-equipment."""
    service_cases(
        """
        note                                                                           | setting      | codes
        -------------------------------------------------------------------------------|--------------|--------------
        Patient was given aluminum crutches, purchased new.                            | professional | E0114-NU×1
        Nebulizer machine dispensed today as a monthly rental.                         | professional | E0570-RR×1
        Nebulizer machine dispensed today.                                             | professional | E0570×1
        Nebulizer machine dispensed today, purchased; coverage criteria are met.       | professional | E0570-NU-KX×1
        Lace-up ankle brace dispensed, purchased, left.                                | professional | L1902-LT×1
        """,
        begins=("E", "L"),
    )


def test_parts_of_imaging(service_cases: Cases) -> None:
    """The reader of a hospital's examination has its professional part. Rule: Modifier-line-facts."""
    report = "EXAM: {}\\nTECHNIQUE: PA and lateral views.\\nFINDINGS: Clear lungs.\\nIMPRESSION: Normal chest."
    service_cases(
        f"""
        note                                                                                  | setting      | codes
        --------------------------------------------------------------------------------------|--------------|-----------
        {report.format("Chest x-ray, two views. Example Hospital, Department of Radiology")} | professional | 71046-26×1
        {report.format("Chest x-ray, two views. Example Imaging Center")}                    | professional | 71046×1
        """,
        begins=("7",),
    )


def test_broken_off(service_cases: Cases) -> None:
    """Broken off: 53 of the practitioner, 73 and 74 of the hospital. Rule: Modifier-line-facts."""
    service_cases(
        """
        note                                                                                                                                               | setting      | codes
        ---------------------------------------------------------------------------------------------------------------------------------------------------|--------------|-----------
        PROCEDURE:\\nDiagnostic colonoscopy was performed under propofol. The procedure was aborted because of hypotension.                             | professional | 45378-53×1
        PROCEDURE:\\nDiagnostic colonoscopy was performed under propofol. The procedure was aborted because of hypotension.                             | outpatient   | 45378-74×1
        """,
        begins=("4",),
    )

"""What a coder meets in whole notes: records without a visit, places, lesser procedures, services named apart."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_records_without_a_visit(service_cases: Cases) -> None:
    """Fittings, device clinics and procedure notes have no visit; critical care beside procedures has 25. Rules: EM-category, Modifier-global."""
    service_cases(
        """
        note                                                                                                                        | setting      | codes
        ----------------------------------------------------------------------------------------------------------------------------|--------------|--------------------
        BRACE FITTING:\\nHinged knee brace, off the shelf, fitted and dispensed for the right knee.                                 | professional | L1833-RT×1
        DEVICE CLINIC:\\nDual chamber pacemaker interrogated in person and reprogrammed: lower rate changed to 55.                  | professional | 93280×1
        PROCEDURE: PCI. Drug-eluting stent was deployed in the LAD.                                                                 | professional | 92928-LD×1
        EMERGENCY DEPARTMENT PROCEDURE NOTE:\\nPROCEDURE: Nursemaid's elbow of the left arm reduced by me with hyperpronation.     | emergency    | 24640-LT×1
        PROCEDURES: Critical care time 45 minutes exclusive of procedures. Intubated by me with 7.5 ETT, one pass. Septic shock.    | emergency    | 99291-25×1 31500×1
        """,
        begins=("9", "2", "3", "L"),
    )


def test_places_and_parts(service_cases: Cases) -> None:
    """The reader at a hospital has the professional part; later care that others give. Rule: Modifier-line-facts."""
    service_cases(
        """
        note                                                                                                                                | setting      | codes
        ------------------------------------------------------------------------------------------------------------------------------------|--------------|-------------
        OB TRIAGE NOTE:\\nNST performed and interpreted by me: reactive.                                                                    | professional | 59025-26×1
        Limited OB ultrasound performed and interpreted by me at the hospital: cephalic.                                                    | professional | 76815-26×1
        NST performed and interpreted by me in the office: reactive.                                                                        | professional | 59025×1
        Closed reduction of the left shoulder dislocation performed by me. Follow up with orthopedics.                                      | emergency    | 23650-54-LT×1
        """,
        begins=("2", "5", "7"),
    )


def test_named_apart(service_cases: Cases) -> None:
    """Steps, tests and therapists' evaluations that the words name apart. Rules: Service-women_urology, Service-office_tests, Service-monitoring_therapy."""
    service_cases(
        """
        note                                                                                                            | setting      | codes
        ----------------------------------------------------------------------------------------------------------------|--------------|------------------
        PROCEDURE: Colposcopy performed. Biopsy taken at 6 o'clock. Endocervical curettage performed.                   | professional | 57454×1
        Lead by fingerstick in office: 1.0.                                                                             | professional | 83655-QW×1
        TSH ordered; blood drawn today and sent to Quest.                                                               | professional | 36415×1
        PHYSICAL THERAPY EVALUATION:\\nLow complexity evaluation of the right shoulder. Therapeutic exercise 15 minutes. | professional | 97161-GP×1 97110-GP×1
        GROUP THERAPY NOTE:\\nGroup psychotherapy, 60 minutes, 8 members. Performed by me.                     | professional | 90853×1
        Depression: continue group therapy 60 minutes weekly.                                                           | professional | -
        OCCUPATIONAL THERAPY EVALUATION:\\nModerate complexity evaluation of the left hand.                             | professional | 97166-GO×1
        """,
        begins=("5", "8", "36", "908", "97"),
    )

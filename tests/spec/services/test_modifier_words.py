"""Words of a note that set modifiers: global periods, helpers, notices, purchased tests, substitutes, hospice."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_visits(service_cases: Cases) -> None:
    """Visits in a global period, by substitutes, in hospice, stored and sent. Rules: Modifier-line-facts, Modifier-global, Modifier-circumstances, Service-hospital-clinic."""
    service_cases(
        """
        note                                                                                                                                                       | setting      | codes
        -----------------------------------------------------------------------------------------------------------------------------------------------------------|--------------|-----------
        3 weeks after right total knee arthroplasty; the visit is unrelated to the surgery.\\n1. Hypertension, uncontrolled: increase lisinopril to 20 mg.      | professional | 99214-24×1
        Locum tenens for Dr. Example.\\n1. Hypertension, uncontrolled: increase lisinopril to 20 mg.                                                            | professional | 99214-Q6×1
        Reciprocal billing arrangement with Dr. Example.\\n1. Hypertension, uncontrolled: increase lisinopril to 20 mg.                                         | professional | 99214-Q5×1
        She is enrolled in hospice; this is unrelated to the terminal illness.\\n1. Hypertension, uncontrolled: increase lisinopril to 20 mg.                   | professional | 99214-GW×1
        She is on hospice. I am the attending physician, not employed by the hospice.\\n1. Hypertension, uncontrolled: increase lisinopril to 20 mg.            | professional | 99214-GV×1
        Store-and-forward teledermatology.\\n1. Psoriasis, flare: start clobetasol 0.05% ointment.                                                              | professional | 99214-GQ×1
        1. Hypertension, uncontrolled: increase lisinopril to 20 mg.                                                                                              | professional | 99214×1
        HOSPITAL CLINIC VISIT:\\nMedicare. Seen earlier today in the hospital cardiology clinic. Hospital clinic visit for hypertension, continue lisinopril.   | outpatient   | G0463-27×1
        HOSPITAL CLINIC VISIT:\\nMedicare. Hospital clinic visit for hypertension, continue lisinopril.                                                         | outpatient   | G0463×1
        """,
        begins=("992", "G04"),
    )


def test_procedures(service_cases: Cases) -> None:
    """Procedures in a global period, with more work, with helpers. Rules: Modifier-line-facts, Modifier-global, Modifier-extent, Modifier-surgeons."""
    service_cases(
        """
        note                                                                                                                                                        | setting      | codes
        ------------------------------------------------------------------------------------------------------------------------------------------------------------|--------------|--------------
        PROCEDURE: Shave biopsy of the left cheek performed, unrelated to the knee surgery.\\nINDICATION: She is 3 weeks after right knee surgery.               | professional | 11102-79×1
        INDICATION: POD 14 after the first excision.\\nPROCEDURE: Staged re-excision. Excision of squamous cell carcinoma of the left arm, diameter 1.8 cm.     | professional | 11602-58×1
        INDICATION: POD 2 after the excision.\\nPROCEDURE: Returned to the operating room for bleeding. Incision and drainage of hematoma performed.            | professional | 10140-78×1
        PROCEDURE: Incision and drainage of multiple loculated abscesses of the back performed. It took 60% more time and effort because of extensive scarring.   | professional | 10061-22×1
        PROCEDURE: Incision and drainage of multiple loculated abscesses of the back performed. It took 60% more time.                                            | professional | 10061×1
        PROCEDURE: Closed reduction of the right distal radius fracture performed. Dr. Example and I acted as co-surgeons.                                        | professional | 25605-62-RT×1
        PROCEDURE: Closed reduction of the right distal radius fracture performed. I served as first assistant; no qualified resident was available.              | professional | 25605-82-RT×1
        PROCEDURE: Closed reduction of the right distal radius fracture performed. I, A. Example, PA-C, served as first assistant.                                | professional | 25605-AS-RT×1
        PROCEDURE: Excision of squamous cell carcinoma of the left arm, diameter 1.8 cm.                                                                          | professional | 11602×1
        """,
        begins=("1", "2"),
    )


def test_tests_and_notices(service_cases: Cases) -> None:
    """Purchased and repeated tests, notices, exclusions, class findings. Rules: Modifier-line-facts, Modifier-notices, Modifier-repeat."""
    service_cases(
        """
        note                                                                                                                            | setting      | codes
        --------------------------------------------------------------------------------------------------------------------------------|--------------|-------------------
        Diabetes: A1c in office drawn today, run at an outside reference laboratory, billed by our practice: 7.4 %.                     | professional | 83036-90×1
        Diabetes: A1c 7.4 % from an outside reference laboratory.                                                                       | professional | -
        Fingerstick glucose 62 today, repeated in 2 hours: 110.                                                                         | outpatient   | 82962×1 82962-91×1
        Fingerstick glucose 62 today.                                                                                                   | outpatient   | 82962×1
        ABN signed. 8 dystrophic toenails debrided today.                                                                               | professional | 11721-GA×1
        Voluntary ABN signed. 8 dystrophic toenails debrided today.                                                                     | professional | 11721-GX×1
        8 dystrophic toenails debrided today. Routine foot care is excluded by statute.                                                 | professional | 11721-GY×1
        8 dystrophic toenails debrided today. Denial is expected and no ABN was signed.                                                 | professional | 11721-GZ×1
        Absent DP pulse. Claudication and edema of the feet. 8 dystrophic toenails debrided today.                                      | professional | 11721-Q9×1
        """,
        begins=("1", "8"),
    )


def test_told_for_other_notes(service_cases: Cases) -> None:
    """A modifier of an operation that stands in another note is told. Rule: Modifier-told."""
    service_cases(
        """
        note                                                                                            | setting      | codes
        ------------------------------------------------------------------------------------------------|--------------|-----------------
        We assume the postoperative care of the cataract operation of Dr. Example.                      | professional | - ?Modifier-told
        Preoperative care only; the operation is at another hospital.                                   | professional | - ?Modifier-told
        OPERATIVE NOTE: I assisted Dr. Example at the bypass operation.                                 | professional | - ?Modifier-told
        Postoperative care by the surgeon.                                                              | professional | -
        """,
        begins=("1", "2"),
        findings="Modifier-told",
    )

"""Tests, screens, scopes and services of minutes: by words, results and amounts."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


# RIVALS 7: every service of the visit is on the claim (Ottehr 3241)
def test_performed(service_cases: Cases) -> None:
    """Only what was done here and now counts. Rule: Service-performed."""
    service_cases(
        """
        note                                                           | setting      | codes
        ---------------------------------------------------------------|--------------|--------
        Rapid strep positive at urgent care yesterday.                 | professional | -
        Rapid strep positive.                                          | professional | 87880-QW×1
        PHQ-9 last visit 12.                                           | professional | -
        PHQ-9 score 12 today.                                          | professional | 96127×1
        PHQ-9 = 2                                                      | professional | 96127×1
        FAMILY HISTORY: Mother had colonoscopy with snare polypectomy. | professional | -
        PAST SURGICAL HISTORY: Vasectomy.                              | professional | -
        Colonoscopy scheduled next month.                              | professional | -
        Bladder scan would be needed if symptoms persist.              | professional | -
        Spirometry deferred.                                           | professional | -
        """,
        findings="service.",
    )


def test_point_of_care(service_cases: Cases) -> None:
    """Tests at the point of care. Rule: Service-office_tests."""
    service_cases(
        """
        note                                              | setting      | codes
        --------------------------------------------------|--------------|--------
        Rapid strep positive.                             | professional | 87880-QW×1
        RESULTS: Rapid flu A/B negative.                  | professional | 87804-QW×2
        Rapid COVID antigen negative.                     | professional | 87811-QW×1
        Urine dip today: leuk positive, nitrite positive. | professional | 81002×1
        UA today in office: automated, negative.          | professional | 81003-QW×1
        Urinalysis: 2+ protein.                           | professional | -
        UPT negative.                                     | professional | 81025×1
        POC A1c 7.2 today.                                | professional | 83036-QW×1
        A1c 7.1.                                          | professional | -
        Fingerstick glucose 145.                          | professional | 82962×1
        POC INR 2.4.                                      | professional | 85610-QW×1
        Hemoccult negative.                               | professional | 82272×1
        Urine drug screen by cup in office negative.      | professional | 80305-QW×1
        Venipuncture performed in office.                 | professional | 36415×1
        Monospot positive.                                | professional | 86308-QW×1
        """,
        findings="service.",
    )


def test_screens(service_cases: Cases) -> None:
    """Instruments with their scores, counselling with its minutes. Rule: Service-office_tests."""
    service_cases(
        """
        note                                                                                    | age | setting      | codes
        ----------------------------------------------------------------------------------------|-----|--------------|----------------
        PHQ-9 score 12, GAD-7 score 9.                                                          | -   | professional | 96127×2
        M-CHAT passed.                                                                          | 5   | professional | 96110×1
        Tobacco cessation counseling provided for 5 minutes, will start Chantix.                | -   | professional | 99406×1
        Tobacco cessation counseling 12 minutes.                                                | -   | professional | 99407×1
        Tobacco cessation counseling 2 minutes.                                                 | -   | professional | -
        Counseled on smoking cessation.                                                         | -   | professional | -
        Advance care planning 20 minutes.                                                       | -   | professional | 99497×1
        Advance care planning 50 minutes.                                                       | -   | professional | 99497×1 99498×1
        Advance care planning 10 minutes.                                                       | -   | professional | -
        SDOH risk assessment completed, 10 minutes.                                             | -   | professional | -
        Lung cancer screening: 30 pack-years, shared decision making visit today, LDCT ordered. | -   | professional | G0296×1
        """,
        findings="service.",
    )


def test_endoscopy(service_cases: Cases) -> None:
    """What was done through the scope takes the place of looking alone. Rule: Service-endoscopy."""
    service_cases(
        """
        note                                                                                                                        | setting      | codes
        ----------------------------------------------------------------------------------------------------------------------------|--------------|----------------
        PROCEDURE: Colonoscopy. The cecum was reached. No polyps.                                                                   | professional | 45378×1
        PROCEDURE: Colonoscopy. FINDINGS: 6 mm polyp in the sigmoid removed with cold snare. Random biopsies of the colon obtained. | professional | 45385×1 45380×1
        PROCEDURE: Colonoscopy with hot biopsy forceps removal of a diminutive polyp.                                               | professional | 45384×1
        PROCEDURE: EGD. The esophagus was normal. Gastric biopsies obtained with cold forceps.                                      | professional | 43239×1
        PROCEDURE: EGD with balloon dilation of a stricture.                                                                        | professional | 43249×1
        PROCEDURE: EGD with band ligation of esophageal varices.                                                                    | professional | 43244×1
        PROCEDURE: Bronchoscopy with bronchoalveolar lavage.                                                                        | professional | 31624×1
        PROCEDURE: Paracentesis under ultrasound guidance, 4 L removed.                                                             | professional | 49083×1
        Colonoscopy due in 2027.                                                                                                    | professional | -
        PROCEDURE: Rapid sequence intubation with a 7.5 tube.                                                                       | emergency    | 31500×1
        Patient arrived intubated by EMS.                                                                                           | emergency    | -
        """,
        findings="service.",
    )


def test_monitoring_and_therapy(service_cases: Cases) -> None:
    """Days and minutes. Rule: Service-monitoring_therapy."""
    service_cases(
        """
        note                                                                 | setting      | codes
        ---------------------------------------------------------------------|--------------|------------------------
        RPM: 18 days of readings transmitted. 25 minutes of management time. | professional | 99454×1 99457×1
        RPM: 9 days of readings transmitted. 12 minutes of management time.  | professional | 99445×1 99470×1
        RPM: 20 days of readings, 45 minutes of management time.             | professional | 99454×1 99457×1 99458×1
        Therapeutic exercise 25 min, manual therapy 15 min.                  | professional | 97110×2 97140×1
        Therapeutic exercise 7 min.                                          | professional | -
        Therapeutic exercise 22 min.                                         | professional | 97110×1
        Therapeutic exercise 23 min.                                         | professional | 97110×2
        Individual psychotherapy 45 minutes.                                 | professional | 90834×1
        Individual psychotherapy 15 minutes.                                 | professional | -
        Individual psychotherapy 55 minutes.                                 | professional | 90837×1
        OMT performed to 4 body regions.                                     | professional | 98926×1
        """,
        findings="service.",
    )


def test_two_questions_are_no_instrument_of_their_own(service_cases: Cases) -> None:
    """PHQ-2 and GAD-2 decide whether the whole is asked; alone they are told, not coded. Rule: Service-office_tests."""
    service_cases(
        """
        note                                       | setting      | codes
        -------------------------------------------|--------------|-------------
        PHQ-2 score 1 today.                       | professional | - ?unsettled
        PHQ-2 score 4; PHQ-9 score 12 today.       | professional | 96127×1
        PHQ-9 score 12 today.                      | professional | 96127×1
        """,
        begins=("96127",),
        findings="service.",
    )


def test_sedation(service_cases: Cases) -> None:
    """Moderate sedation by age, minutes and who gave it. Rules: Service-sedation, Service-administration."""
    service_cases(
        """
        note                                                                                                                                              | age | setting      | codes
        --------------------------------------------------------------------------------------------------------------------------------------------------|-----|--------------|----------------
        PROCEDURE: Diagnostic colonoscopy performed. Moderate sedation was given by me with midazolam 3 mg and fentanyl 75 mcg IV; intraservice time 32 minutes. | 45  | professional | 99152×1 99153×1
        PROCEDURE: Closed reduction performed under moderate sedation with ketamine by me; intra-service time 20 minutes.                                  | 4   | professional | 99151×1
        PROCEDURE: EGD performed. Moderate sedation with an independent trained observer, 14 minutes of sedation.                                          | 60  | professional | 99152×1
        PROCEDURE: EGD performed. Medicare patient. Moderate sedation by the endoscopist, sedation time 25 minutes.                                        | 70  | professional | G0500×1 99153×1
        PROCEDURE: Closed reduction performed. Moderate sedation provided by a second physician, sedation time 18 minutes.                                 | 30  | emergency    | 99156×1
        PROCEDURE: EGD performed. Moderate sedation by me, sedation time 8 minutes.                                                                        | 60  | professional | - ?unsettled
        PROCEDURE: EGD performed. Moderate sedation with midazolam 2 mg.                                                                                   | 60  | professional | - ?unsettled
        PROCEDURE: EGD performed under monitored anesthesia care; moderate sedation by the anesthesiologist, 30 minutes.                                   | 60  | professional | -
        """,
        begins=("991", "G05", "963"),
        findings="service.",
    )


def test_removal_of_sutures(service_cases: Cases) -> None:
    """Sutures and staples, beside a visit only. Rule: Service-skin."""
    service_cases(
        """
        note                                                                                                                     | setting      | codes
        -------------------------------------------------------------------------------------------------------------------------|--------------|---------------
        Left forearm: 6 sutures placed in the ED 10 days ago were removed today. Cellulitis: start cephalexin 500 mg.            | professional | 99213×1 15853×1
        Laceration of scalp and chin, healed: sutures and staples removed today.                                                 | professional | 99212×1 15854×1
        PROCEDURE NOTE\\nPROCEDURE: Sutures removed.                                                                             | professional | -
        Laceration repaired. Return in 10 days for suture removal.                                                               | professional | 99212×1
        Sutures that were placed here last week were removed today. Hypertension: continue lisinopril 10 mg.                     | professional | 99213×1
        """,
        begins=("1585", "992"),
    )


def test_at_a_distance(service_cases: Cases) -> None:
    """Psychotherapy and counselling by video or telephone. Rules: Service-at-distance, Modifier-telehealth."""
    service_cases(
        """
        note                                                                                                                                     | setting      | codes
        -----------------------------------------------------------------------------------------------------------------------------------------|--------------|-----------
        PSYCHOTHERAPY SESSION NOTE:\\nTelehealth visit by video, patient at home. Individual psychotherapy, 45 minutes.                           | professional | 90834-95×1 ?Service-at-distance
        PSYCHOTHERAPY SESSION NOTE:\\nAudio-only telephone session; patient has no video, located at home. Individual psychotherapy, 55 minutes. | professional | 90837-93×1 ?Service-at-distance
        PSYCHOTHERAPY SESSION NOTE:\\nIndividual psychotherapy in the office, 45 minutes.                                                        | professional | 90834×1
        PSYCHOTHERAPY SESSION NOTE:\\nIndividual psychotherapy, 45 minutes. Next session by video.                                               | professional | 90834×1
        """,
        begins=("908",),
        findings="Service-at",
    )


def test_counselling_beside_a_visit(service_cases: Cases) -> None:
    """Counselling on tobacco beside a visit of its own. Rules: Service-office_tests, Modifier-global."""
    service_cases(
        """
        note                                                                                                                                                      | setting      | codes
        ----------------------------------------------------------------------------------------------------------------------------------------------------------|--------------|-------------------
        1. Hypertension, uncontrolled: increase lisinopril to 20 mg.\\n2. Tobacco use: smoking cessation counseling for 6 minutes provided.                      | professional | 99214-25×1 99406×1
        1. Hypertension, uncontrolled: increase lisinopril to 20 mg.\\n2. Tobacco use: smoking cessation counseling for 12 minutes provided.                     | professional | 99214-25×1 99407×1
        1. Hypertension, uncontrolled: increase lisinopril to 20 mg.\\n2. Tobacco use: smoking cessation counseling provided.                                    | professional | 99214×1
        """,
        begins=("992", "994"),
    )

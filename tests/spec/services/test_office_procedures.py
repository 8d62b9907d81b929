"""Procedures of the office: what was done, its code by words, amount and site, and what is passed over."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_destruction(service_cases: Cases) -> None:
    """Destroyed lesions by kind and number. Rule: Service-skin."""
    service_cases(
        """
        note                                                          | setting      | codes
        --------------------------------------------------------------|--------------|------------------------
        Cryotherapy performed to 4 actinic keratoses on the forehead. | professional | 17000×1 17003×3
        Cryotherapy performed to 16 actinic keratoses on the scalp.   | professional | 17004×1
        LN2 to 3 AKs and 2 warts today.                               | professional | 17000×1 17003×2 17110×1
        Actinic keratoses x9 → LN2 today                              | professional | 17000×1 17003×8
        Cryotherapy to several warts done today.                      | professional | 17110×1
        Warts: cryotherapy recommended.                               | professional | -
        Actinic keratoses treated with liquid nitrogen today.         | professional | - ?unsettled
        Skin tags x 18 removed by snip excision today.                | professional | 11200×1 11201×1
        Patient had cryotherapy of a wart last month.                 | professional | -
        Cryotherapy declined today.                                   | professional | -
        """,
        findings="service.",
    )


def test_biopsies_and_excisions(service_cases: Cases) -> None:
    """Biopsies by method, excisions by kind, site and size with margins. Rule: Service-skin."""
    service_cases(
        """
        note                                                                                     | setting      | codes
        -----------------------------------------------------------------------------------------|--------------|----------------
        Shave biopsy of the right cheek performed today.                                         | professional | 11102×1
        PROCEDURE: Punch biopsy x 2, left forearm. 4 mm punch used.                              | professional | 11104×1 11105×1
        6 mm nevus of the back excised with 2 mm margins, elliptical excision, benign appearing. | professional | 11401×1
        PROCEDURE: Excision of basal cell carcinoma, left cheek, excised diameter 1.5 cm.        | professional | 11642×1
        PROCEDURE: Excision of lesion of the back, 1.1 cm.                                       | professional | - ?unsettled
        Shave removal of 0.8 cm lesion on the neck performed.                                    | professional | 11306×1
        Biopsy of the lesion recommended.                                                        | professional | -
        """,
        findings="service.",
    )


def test_wounds(service_cases: Cases) -> None:
    """Repairs by class, site and length, drainage, debridement. Rule: Service-skin."""
    service_cases(
        """
        note                                                                                                   | setting      | codes
        -------------------------------------------------------------------------------------------------------|--------------|----------------
        3 cm laceration of the left forearm repaired with simple interrupted 4-0 nylon sutures.                | professional | 12002×1
        PROCEDURE: Laceration repair. 4 cm forehead laceration. Layered closure with 5-0 vicryl and 6-0 nylon. | professional | 12052×1
        PROCEDURE: Laceration repair of the scalp with staples.                                                | professional | - ?unsettled
        2 cm chin laceration repaired with single layer 6-0 prolene.                                           | professional | 12011×1
        Complex repair of 9 cm laceration of the thigh performed.                                              | professional | 13121×1 13122×1
        Incision and drainage of abscess on left thigh performed, packed.                                      | professional | 10060×1
        I&D of multiple loculated abscesses of the back performed.                                             | professional | 10061×1
        Sharp excisional debridement of right foot ulcer to subcutaneous tissue, 4 x 6 cm, performed.          | professional | 11042×1 11045×1
        Selective debridement of slough from the leg ulcer, 18 sq cm, performed.                               | professional | 97597×1
        Foreign body removed from the foot after incision with a scalpel.                                      | professional | 10120×1
        """,
        findings="service.",
    )


def test_nails(service_cases: Cases) -> None:
    """Nails, corns, calluses. Rule: Service-skin."""
    service_cases(
        """
        note                                                                            | setting      | codes
        --------------------------------------------------------------------------------|--------------|-------------
        Debridement of 8 dystrophic toenails performed.                                 | professional | 11721×1
        Debridement of toenails performed.                                              | professional | - ?unsettled
        Three calluses pared today.                                                     | professional | 11056×1
        Partial nail avulsion with phenol matrixectomy of the left great toe performed. | professional | 11750-TA×1
        Right great toenail avulsed under digital block.                                | professional | 11730-T5×1
        """,
        findings="service.",
    )


def test_joints(service_cases: Cases) -> None:
    """Joints by size, with ultrasound or without, tendons, trigger points. Rule: Service-joints."""
    service_cases(
        """
        note                                                                   | setting      | codes
        -----------------------------------------------------------------------|--------------|-------------
        Right knee injected with 40 mg Kenalog and lidocaine. Tolerated well.  | professional | 20610-RT×1
        Bilateral knee injections performed today with Depo-Medrol 40 mg each. | professional | 20610-50×1
        PROCEDURE: Ultrasound-guided right subacromial injection.              | professional | 20611-RT×1
        Left ring trigger finger injected with 20 mg kenalog today.            | professional | 20550-F3×1
        Left wrist arthrocentesis performed.                                   | professional | 20605-LT×1
        Right first CMC joint injected today.                                  | professional | 20600-RT×1
        Joint injection performed today.                                       | professional | - ?unsettled
        Left lateral epicondyle injected with cortisone.                       | professional | 20551-LT×1
        Trigger point injections performed in 3 muscles.                       | professional | 20553×1
        Will consider knee injection next visit.                               | professional | -
        HPI: She had a right knee injection 3 months ago.                      | professional | -
        Knee injection if worse.                                               | professional | -
        """,
        findings="service.",
    )


def test_fractures(service_cases: Cases) -> None:
    """Fracture care includes its first cast; splints alone have codes of their own. Rule: Service-joints."""
    service_cases(
        """
        note                                                                                                                | setting      | codes
        --------------------------------------------------------------------------------------------------------------------|--------------|-----------
        Fifth metacarpal fracture, left: closed reduction performed, ulnar gutter splint applied.                           | professional | 26605-LT×1
        Left distal radius fracture after fall: closed reduction performed under hematoma block, sugar-tong splint applied. | professional | 25605-LT×1
        Sugar-tong splint applied here today.                                                                               | professional | 29105×1
        Short leg walking cast applied, right.                                                                              | professional | 29425-RT×1
        Left shoulder dislocation reduced without anesthesia in the ED.                                                     | emergency    | 23650-LT×1
        Left distal radius fracture, closed reduction in the ED.                                                            | professional | -
        Nursemaid's elbow left: reduced with hyperpronation in the office.                                                  | professional | 24640-LT×1
        Keep the splint on for 2 weeks.                                                                                     | professional | -
        """,
        findings="service.",
    )


def test_ear_nose_throat_eye(service_cases: Cases) -> None:
    """Ears, nose, throat and eyes. Rule: Service-ear_eye."""
    service_cases(
        """
        note                                                              | setting      | codes
        ------------------------------------------------------------------|--------------|-----------
        Cerumen impaction right ear, removed with curette.                | professional | 69210×1
        Cerumen irrigated from both ears today.                           | professional | 69209×1
        Anterior epistaxis controlled with silver nitrate.                | professional | 30901×1
        Flexible laryngoscopy performed: vocal cords mobile.              | professional | 31575×1
        Nasal endoscopy performed in office.                              | professional | 31231×1
        Epley maneuver performed in office.                               | professional | 95992×1
        Corneal foreign body removed from the right eye at the slit lamp. | professional | 65222-RT×1
        Epley exercises at home.                                          | professional | -
        """,
        findings="service.",
    )


def test_heart_and_lungs(service_cases: Cases) -> None:
    """Tracings, studies of vessels, breathing tests. Rule: Service-heart_lung."""
    service_cases(
        """
        note                                                                                       | setting      | codes
        -------------------------------------------------------------------------------------------|--------------|-------------------
        ECG today shows atrial fibrillation, rate 78.                                              | professional | 93000×1
        ECG interpreted by me: sinus tachycardia, no ST changes.                                   | emergency    | 93010×1
        ECG: sinus tachycardia.                                                                    | emergency    | -
        ECG today shows sinus rhythm.                                                              | outpatient   | 93005×1
        ECG ordered.                                                                               | professional | -
        RESULTS: ECG from 3/1/2026: normal sinus rhythm.                                           | professional | -
        In-office spirometry: FEV1 70%, post-bronchodilator improved 15%.                          | professional | 94060×1
        Spirometry today: FEV1 97% predicted.                                                      | professional | 94010×1
        Albuterol neb x2 given in office with improvement.                                         | professional | 94640×1
        Echo today complete with color and spectral Doppler: EF 60%.                               | professional | 93306×1
        Pacemaker interrogation today: dual chamber, normal function, no programming changes.      | professional | 93288×1
        Dual chamber pacemaker programming performed today, rate adjusted.                         | professional | 93280×1
        Left heart catheterization with coronary angiography was performed. DES placed to mid LAD. | professional | 93458×1 92928-LD×1
        Carotid duplex today shows less than 50% stenosis.                                         | professional | 93880×1
        """,
        findings="service.",
    )


def test_women_and_urology(service_cases: Cases) -> None:
    """Devices, biopsies, the bladder. Rule: Service-women_urology."""
    service_cases(
        """
        note                                                                                                 | setting      | codes
        -----------------------------------------------------------------------------------------------------|--------------|-----------
        PROCEDURE: Mirena IUD inserted without difficulty.                                                   | professional | 58300×1
        PROCEDURE: Nexplanon removal and reinsertion, left arm. Old implant removed, new Nexplanon inserted. | professional | 11983-LT×1
        PROCEDURE: Colposcopy performed. Biopsies taken at 6 o'clock. ECC performed.                         | professional | 57454×1
        PROCEDURE: Endometrial biopsy with pipelle.                                                          | professional | 58100×1
        Cystoscopy performed: normal bladder.                                                                | professional | 52000×1
        Bladder scan PVR 120 mL today.                                                                       | professional | 51798×1
        Foley catheter placed.                                                                               | professional | 51702×1
        IUD strings visible.                                                                                 | professional | -
        Medicare patient. Pap smear obtained.                                                                | professional | Q0091×1
        """,
        findings="service.",
    )


def test_beside_the_visit(service_cases: Cases) -> None:
    """Modifier 25 or 57 of the visit beside what was done. Rule: Modifier-global, EM-separate."""
    service_cases(
        """
        note                                                                                                                | age | setting      | codes
        --------------------------------------------------------------------------------------------------------------------|-----|--------------|-----------
        1. Hypertension, uncontrolled: increase lisinopril to 20 mg.\\n2. Knee OA: Right knee injected with 40 mg Kenalog.  | 45  | professional | 99214-25×1
        1. Hypertension, uncontrolled: increase lisinopril to 20 mg.\\n2. Tdap given today.                                | 45  | professional | 99214-25×1
        Wart on left thumb: cryotherapy performed to a single wart.                                                         | 45  | professional | 99212×1 ?EM-separate
        Left distal radius fracture after fall: closed reduction performed under hematoma block, sugar-tong splint applied. | 45  | professional | 99213-57×1
        """,
        begins=("992",),
        findings="EM-separate",
    )

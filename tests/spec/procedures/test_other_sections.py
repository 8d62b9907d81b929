"""Sections beside operations: nuclear medicine, rehabilitation, manipulation, minds, substances, new technology, seeds."""

from __future__ import annotations

from collections.abc import Callable


def test_nuclear_medicine(procedure_cases: Callable[..., None]) -> None:
    """Isotope and part make the code; an isotope that is not told is asked for.

    Source: ICD-10-PCS tables C01 to CW7; images are coded from lists of procedures.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURES: Whole body bone scan with technetium 99m MDP. | CP1Z1ZZ | value of the table
        PROCEDURES: V/Q scan with Tc-99m MAA. | CB121ZZ | value of the table
        PROCEDURES: HIDA scan with technetium mebrofenin. | CF1C1ZZ | value of the table
        PROCEDURES: HIDA scan. | ? | not told: a question
        PROCEDURES: Regadenoson SPECT myocardial perfusion imaging with technetium sestamibi. | C22G1ZZ | value of the table
        PROCEDURES: Cardiac PET with rubidium 82. | C23GQZZ | value of the table
        PROCEDURES: Tagged red blood cell scan, Tc-99m. | CD171ZZ | value of the table
        PROCEDURES: FDG brain PET. | C030KZZ | value of the table
        PROCEDURES: MUGA scan with technetium. | C2161ZZ | value of the table
        PROCEDURES: Lymphoscintigraphy of the left axilla with Tc-99m sulfur colloid. | C71N1ZZ | value of the table
        HOSPITAL COURSE: A bone scan was normal. | - | not done here, or an image told in passing
    """)


def test_rehabilitation_and_hearing(procedure_cases: Callable[..., None]) -> None:
    """What is trained or tested, with which aid.

    Source: ICD-10-PCS tables F00 to F15.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURES: Gait training with rolling walker. Transfer training. | F07Z9FZ F07Z8ZZ | value of the table
        PROCEDURES: Bedside swallow evaluation. Dysphagia therapy. | F00ZHZZ F06ZDZZ | value of the table
        PROCEDURES: Therapeutic exercises, lower extremities. | F07L6ZZ | value of the table
        PROCEDURES: Aphasia treatment. Dressing training with a reacher. | F06Z3ZZ F08Z1FZ | value of the table
        PROCEDURES: Newborn hearing screen by OAE. | F13ZM6Z | value of the table
        PROCEDURES: Caregiver training in transfers. | F0FZ5ZZ | value of the table
    """)


def test_osteopathic_and_chiropractic(procedure_cases: Callable[..., None]) -> None:
    """Region and technique.

    Source: ICD-10-PCS tables 7W0 and 9WB.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURES: Osteopathic manipulative treatment of the rib cage by muscle energy. | 7W08X7Z | value of the table
        PROCEDURES: OMT with HVLA to the lumbar spine. | 7W03X3Z | value of the table
        PROCEDURES: Osteopathic manipulative treatment. | ? | not told: a question
        PROCEDURES: Chiropractic manipulation of the cervical spine, short lever specific contact. | 9WB1XHZ | value of the table
    """)


def test_mental_health_and_substance_use(procedure_cases: Callable[..., None]) -> None:
    """The kind of therapy; one that is not told is asked for.

    Source: ICD-10-PCS tables GZ1 to GZJ, HZ2 to HZ9.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURES: Electroconvulsive therapy, bilateral. Group therapy. | GZB2ZZZ GZHZZZZ | value of the table
        PROCEDURES: Individual cognitive behavioral therapy. Family therapy. | GZ58ZZZ GZ72ZZZ | value of the table
        PROCEDURES: Neuropsychological testing. Crisis intervention. | GZ13ZZZ GZ2ZZZZ | value of the table
        PROCEDURES: Individual psychotherapy. | ? | not told: a question
        HOSPITAL COURSE: He underwent medical detoxification with a benzodiazepine taper. | HZ2ZZZZ | value of the table
        HOSPITAL COURSE: He was referred to outpatient detox. | - | not done here, or an image told in passing
        PROCEDURES: Motivational enhancement counseling, individual. | HZ37ZZZ | value of the table
        PROCEDURES: Group therapy for alcohol use, 12-step. | HZ43ZZZ | value of the table
        PROCEDURES: Nicotine replacement therapy. Methadone maintenance. | HZ90ZZZ HZ91ZZZ | value of the table
    """)


def test_new_technology_and_seeds(procedure_cases: Callable[..., None]) -> None:
    """Section X stands alone (E1.a); radioactive seeds that stay are an Insertion.

    Source: ICD-10-PCS tables X, 0?H; Official Guidelines B6.1a, D1.a, E1.a.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURE PERFORMED: Computer-aided aspiration thrombectomy of the pulmonary arteries with Lightning Flash. | X2CY3T7 | value of the table
        PROCEDURE PERFORMED: Renal denervation with the Symplicity Spyral catheter. | X05133A | value of the table
        PROCEDURE PERFORMED: Histotripsy of the right hepatic lobe. | XF51X08 | value of the table
        PROCEDURE PERFORMED: Craniotomy. GammaTile implantation: nine GammaTiles were placed in the resection cavity. | 00H004Z | value of the table
        DESCRIPTION OF PROCEDURE: Cesium-131 seeds were sewn along the staple line of the right lung at thoracotomy. | 0BHK01Z | value of the table
        PROCEDURE PERFORMED: Placement of radioactive seeds into the pancreas, open. | 0FHG01Z | value of the table
    """)


def test_new_devices(procedure_cases: Callable[..., None]) -> None:
    """Products of the device key of section X are the value that the key names; no other code beside it.

    Source: ICD-10-PCS device key; Official Guidelines B4.3, E1.a.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURE PERFORMED: Transcatheter tricuspid valve replacement with the Edwards EVOQUE tricuspid valve replacement system. | X2RJ3RA | value of the table
        PROCEDURE PERFORMED: Implantation of the coronary sinus Reducer system. | X2V73Q7 | value of the table
        PROCEDURE PERFORMED: Aprevo custom interbody fusion L4-L5, open. | XRGB0R7 | value of the table
        PROCEDURE PERFORMED: Wrapsody CIE placement, left cephalic vein. | X27E35B | value of the table
        PROCEDURE PERFORMED: Esprit BTK scaffold of the right anterior tibial artery. | X27P3TA | value of the table
        PROCEDURE PERFORMED: NUsurface meniscus implant, right knee, medial meniscus. | XRRG0M8 | value of the table
        PROCEDURE PERFORMED: DETOUR system percutaneous bypass, right femoral artery to popliteal artery. | X2KH3E9 | value of the table
        PROCEDURE PERFORMED: SpineJack vertebral augmentation of L1 vertebra, percutaneous. | XNU0356 | value of the table
        PROCEDURE PERFORMED: Thoraflex Hybrid device total arch replacement. | X2RX0N7 X2VW0N7 | value of the table
        PROCEDURE PERFORMED: iFuse Bedrock Granite implant system, right sacroiliac joint, open. | XRGE058 | value of the table
        HOSPITAL COURSE: He has a history of an Aveir DR, dual chamber pacemaker. | - | not done here, or an image told in passing
    """)

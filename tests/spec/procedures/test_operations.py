"""Root operations, body parts, approaches and devices by the ICD-10-PCS Official Guidelines."""

from __future__ import annotations

from collections.abc import Callable


def test_root_operation(procedure_cases: Callable[..., None]) -> None:
    """The objective of the procedure decides, whatever it is called.

    Source: ICD-10-PCS Official Guidelines A11, B3.4a, B3.8.
    """
    procedure_cases(r"""
        note                                                                   | codes           | why
        -----------------------------------------------------------------------+-----------------+-----------------------------
        PROCEDURE PERFORMED: Laparoscopic cholecystectomy.                     | 0FT44ZZ         | all of the gallbladder: B3.8
        PROCEDURE PERFORMED: Laparoscopic subtotal cholecystectomy.            | 0FB44ZZ         | a part of it: B3.8
        PROCEDURE PERFORMED: Open right hemicolectomy.                         | 0DTF0ZZ         | B3.8, a part with its own value
        PROCEDURE PERFORMED: Laparoscopic left partial nephrectomy.            | 0TB14ZZ         | Excision
        PROCEDURE PERFORMED: Laparoscopic left nephrectomy.                    | 0TT14ZZ         | Resection
        PROCEDURE PERFORMED: Lumbar puncture.                                  | 009U3ZX         | diagnostic drainage: B3.4a
        PROCEDURE PERFORMED: EGD with gastric antrum biopsy.                   | 0DB78ZX         | B3.4a, body part key
        PROCEDURE PERFORMED: Open appendectomy.                                | 0DTJ0ZZ         | Resection
        PROCEDURE PERFORMED: Total abdominal hysterectomy.                     | 0UT90ZZ 0UTC0ZZ | uterus and cervix
        PROCEDURE PERFORMED: Right common femoral endarterectomy.              | 04CK0ZZ         | Extirpation
        PROCEDURE PERFORMED: Left total hip arthroplasty, metal on polyethylene, uncemented. | 0SRB02A | Replacement
    """)


def test_inspection_and_components(procedure_cases: Callable[..., None]) -> None:
    """Inspection is coded where nothing else was done; components of a procedure are not coded.

    Source: ICD-10-PCS Official Guidelines B3.1b, B3.11a.
    """
    procedure_cases(r"""
        note                                                                   | codes           | why
        -----------------------------------------------------------------------+-----------------+-----------------------------
        PROCEDURE PERFORMED: Exploratory laparotomy.                           | 0WJG0ZZ         | nothing else was done
        PROCEDURE PERFORMED: Exploratory laparotomy, splenectomy.              | 07TP0ZZ         | B3.11a
        PROCEDURE PERFORMED: Diagnostic bronchoscopy.                          | 0BJ08ZZ         |
        PROCEDURE PERFORMED: Colonoscopy with snare polypectomy of the sigmoid colon. | 0DBN8ZZ  | B3.11a
    """)


def test_body_part_and_side(procedure_cases: Callable[..., None]) -> None:
    """Both sides are one code where the table has such a value, else two; a side that is not told is asked for.

    Source: ICD-10-PCS Official Guidelines B4.3, body part key.
    """
    procedure_cases(r"""
        note                                                                   | codes           | why
        -----------------------------------------------------------------------+-----------------+-----------------------------
        PROCEDURE PERFORMED: Bilateral total knee arthroplasty, cemented.      | 0SRC0J9 0SRD0J9 | no bilateral value
        PROCEDURE PERFORMED: Bilateral salpingectomy, laparoscopic.            | 0UT74ZZ         | a bilateral value
        PROCEDURE PERFORMED: Total knee arthroplasty, cemented.                | ?               | the side is not told
        PROCEDURE PERFORMED: ORIF right distal radius fracture with volar plate. | 0PSH04Z       | key: distal radius
        PROCEDURE PERFORMED: Left intertrochanteric fracture, cephalomedullary nailing, closed reduction. | 0QS736Z | key
    """)


def test_what_was_done(procedure_cases: Callable[..., None]) -> None:
    """Only what was done, on this patient, in this stay.

    Source: UHDDS definition of procedures; ICD-10-PCS Official Guidelines A11, B3.1a.
    """
    procedure_cases(r"""
        note                                                                              | codes   | why
        ----------------------------------------------------------------------------------+---------+--------------------
        HOSPITAL COURSE: She underwent laparoscopic appendectomy without complication.    | 0DTJ4ZZ | done
        HOSPITAL COURSE: Laparoscopic appendectomy was considered but deferred.           | -       | not done
        HOSPITAL COURSE: She will need an elective cholecystectomy as an outpatient.      | -       | planned
        PAST SURGICAL HISTORY: Appendectomy. HOSPITAL COURSE: Pain resolved.              | -       | another stay
        HOSPITAL COURSE: He declined colonoscopy.                                         | -       | declined
    """)


def test_descriptions(procedure_cases: Callable[..., None]) -> None:
    """What the description tells by verb and object is coded, as far as it was done.

    Source: ICD-10-PCS Official Guidelines A11, B3.1b, B3.4a, B3.8, B5.2a.
    """
    procedure_cases(r"""
        note                                                                              | codes           | why
        ----------------------------------------------------------------------------------+-----------------+--------------
        OPERATIVE DESCRIPTION: Laparotomy. The appendix, which was inflamed, was removed. | 0DTJ0ZZ         | verb and object
        OPERATIVE DESCRIPTION: Laparotomy. The appendix was normal and was not removed.   | -               | not done
        OPERATIVE DESCRIPTION: A midline incision was made. A 9 cm segment of jejunum was resected. | 0DBA0ZZ | a part: B3.8
        OPERATIVE DESCRIPTION: A midline incision was made. The segment of jejunum was viable. | -          | only looked at
        OPERATIVE DESCRIPTION: By laparotomy the tear in the dome of the bladder was closed in two layers. | 0TQB0ZZ | Repair
        OPERATIVE DESCRIPTION: Ports were placed. Both fallopian tubes were excised by laparoscopy. | 0UT74ZZ | a bilateral value
        OPERATIVE DESCRIPTION: The uterus was brought out and the incision closed.        | -               | not taken out
        OPERATIVE DESCRIPTION: A laparotomy was made. A wedge of the left lobe of the liver was taken and sent. | 0FB20ZX | B3.4a
        OPERATIVE DESCRIPTION: By thoracotomy all nodes at stations 4R and 7 were removed. | 07T70ZZ        | a chain: B3.8
        OPERATIVE DESCRIPTION: The membranes were ruptured artificially.                  | 10907ZC         | Drainage
        OPERATIVE DESCRIPTION: Two overlapping everolimus-eluting stents were deployed in the mid LAD. | 027035Z | two devices
        OPERATIVE DESCRIPTION: An everolimus-eluting stent was deployed in the mid LAD.   | 027034Z         | one device
        OPERATIVE DESCRIPTION: The membranes ruptured on their own.                       | -               | not a procedure
    """)


def test_description_before_title(procedure_cases: Callable[..., None]) -> None:
    """A title that the description contradicts does not decide; a title of what was asked for is not coded.

    Source: ICD-10-PCS Official Guidelines A11, B3.2d, B5.2a.
    """
    procedure_cases(r"""
        note                                                                              | codes           | why
        ----------------------------------------------------------------------------------+-----------------+--------------
        PROCEDURE PERFORMED: Laparoscopic cholecystectomy. OPERATIVE DESCRIPTION: We elected to convert. The gallbladder was removed. | 0FT40ZZ 0FJ44ZZ | conversion
        PROCEDURE PERFORMED: Laparoscopic cholecystectomy. OPERATIVE DESCRIPTION: There was no need to convert. The gallbladder was removed. | 0FT44ZZ | none
        PROCEDURE PERFORMED: ORIF right intertrochanteric fracture. OPERATIVE DESCRIPTION: A cephalomedullary nail was inserted. The fracture site was never opened. | 0QS636Z | closed
        PROCEDURE PERFORMED: Spontaneous vaginal delivery. OPERATIVE DESCRIPTION: The Kiwi cup was applied and the head delivered. | 10D07Z6 | Extraction
        PROCEDURE PERFORMED: Spontaneous vaginal delivery. OPERATIVE DESCRIPTION: Options discussed: vacuum or cesarean. She pushed well. | 10E0XZZ | only options
    """)

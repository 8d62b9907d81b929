"""The house rules on procedures: what is part of another, whole and part, what was given up, hours."""

from __future__ import annotations

from collections.abc import Callable


def test_what_was_given_up(procedure_cases: Callable[..., None]) -> None:
    """What the text calls off is not coded, whatever the title names; what was done instead is.

    Source: ICD-10-PCS Official Guidelines B3.3, B3.11a. Rule Procedure-B3.3.
    """
    procedure_cases(r"""
        note                                                                              | codes           | why
        ----------------------------------------------------------------------------------+-----------------+--------------
        PROCEDURE: Laparoscopic cholecystectomy with cholangiogram. DESCRIPTION OF PROCEDURE: Ports were placed. The cholangiogram was abandoned. The gallbladder was removed in a bag. | 0FT44ZZ | the image was given up
        PROCEDURE: Right transmetatarsal amputation. DESCRIPTION OF PROCEDURE: A transmetatarsal amputation was not necessary. The right great toe was disarticulated at the metatarsophalangeal joint. | 0Y6P0Z0 | less was done
        PROCEDURE: Left ureteroscopy, laser lithotripsy. DESCRIPTION OF PROCEDURE: There was pus, and I decided against ureteroscopy. A double-J stent was placed in the left ureter. | 0T778DZ | drained, not treated
        PROCEDURE PLANNED: Total abdominal hysterectomy. DESCRIPTION OF PROCEDURE: Laparotomy. The right ovary was removed. The uterus was left. | 0UT00ZZ | a plan is no procedure
        PROCEDURE: EGD with biopsy. DESCRIPTION OF PROCEDURE: The scope was passed to the duodenum. Biopsies were not taken. | 0DJ08ZZ | Inspection
    """)


def test_part_of_another(procedure_cases: Callable[..., None]) -> None:
    """A step that is part of a procedure is not coded beside it.

    Source: ICD-10-PCS Official Guidelines B3.1b, B3.8. Rule Procedure-B3.1b.
    """
    procedure_cases(r"""
        note                                                                              | codes           | why
        ----------------------------------------------------------------------------------+-----------------+--------------
        DESCRIPTION OF PROCEDURE: Laparotomy. The right colon with the terminal ileum was resected and an anastomosis made. | 0DTF0ZZ | ileum and anastomosis go with it
        DESCRIPTION OF PROCEDURE: Laparotomy. Adhesions were taken down to reach the spleen, and the spleen was removed. | 07TP0ZZ | the way to the site
    """)


def test_whole_and_part(procedure_cases: Callable[..., None]) -> None:
    """The part with a value of its own is coded, not the whole beside it; both sides take the place of one.

    Source: ICD-10-PCS Official Guidelines B4.1a, B4.3. Rule Procedure-B4.1a.
    """
    procedure_cases(r"""
        note                                                                              | codes           | why
        ----------------------------------------------------------------------------------+-----------------+--------------
        PROCEDURE: Right VATS wedge resection. DESCRIPTION OF PROCEDURE: By thoracoscopy a wedge of the right lower lobe was taken. | 0BBF4ZZ | the lobe, not the lung
        PROCEDURE: Bilateral salpingectomy. DESCRIPTION OF PROCEDURE: Laparoscopy. Both tubes were removed. The right fallopian tube was removed first. | 0UT74ZZ | both sides
    """)


def test_hours_of_ventilation(procedure_cases: Callable[..., None]) -> None:
    """The hours from intubation or arrival to extubation or trach collar choose the duration.

    Source: ICD-10-PCS tables 5A0, 5A1; Coding Clinic, 4th quarter 2014. Rule Procedure-5A.
    """
    procedure_cases(r"""
        note                                                                              | codes           | why
        ----------------------------------------------------------------------------------+-----------------+--------------
        HOSPITAL COURSE: Intubated in our ED at 10:00 on 03/04. Extubated on 03/05 at 08:00. | 0BH17EZ 5A1935Z | 22 hours
        HOSPITAL COURSE: Intubated in our ED on 03/04 at 10:00. Pressors were stopped on 03/06. Extubated on 03/07 at 09:00. | 0BH17EZ 5A1945Z | 71 hours
        HOSPITAL COURSE: Intubated in our ED on 03/01 at 10:00. On trach collar from 03/10 at 08:00. | 0BH17EZ 5A1955Z | 214 hours
        HOSPITAL COURSE: Transferred already intubated, arrived on 03/01 at 10:00. Extubated on 03/02 at 09:00. | 5A1935Z | from arrival
        HOSPITAL COURSE: He was placed on BiPAP for 30 hours.                             | 5A09457         | by mask
        HOSPITAL COURSE: BiPAP was offered and refused.                                   | -               | not done
    """)


def test_names_of_the_index(procedure_cases: Callable[..., None]) -> None:
    """An operation that only the published Index knows leads to its table; what that leaves open is not guessed.

    Source: ICD-10-PCS Official Guidelines A6, A8.
    """
    procedure_cases(r"""
        note                                                                              | codes           | why
        ----------------------------------------------------------------------------------+-----------------+--------------
        PROCEDURE PERFORMED: Right elbow arthrotomy.                                      | 0R9L0ZZ         | see Drainage, Upper Joints
        PROCEDURE PERFORMED: Cystopexy.                                                   | -               | Repair or Reposition
        HOSPITAL COURSE: An arthrotomy of the elbow was discussed.                        | -               | not done
    """)

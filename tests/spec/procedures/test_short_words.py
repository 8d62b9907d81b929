"""Operations as dictations and brief notes tell them, in short words; sides that change within a report."""

from __future__ import annotations

from collections.abc import Callable


def test_short_words(procedure_cases: Callable[..., None]) -> None:
    """A thing and what became of it, without a sentence around.

    Source: ICD-10-PCS Official Guidelines A11, B3.4a, B3.8, B3.13, B4.3, B6.1.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        DESCRIPTION OF PROCEDURE: Cystoscope in. Left ureteral stent grasped with the forceps and pulled out intact. | 0TP98DZ | Removal
        DESCRIPTION OF PROCEDURE: Small palm incision. The A1 pulley of the right ring finger was released, good gliding. | 0LN70ZZ | Release
        DESCRIPTION OF PROCEDURE: Thoracoscope in on the left. Several nodules of the parietal pleura were biopsied. Four grams of talc was insufflated. | 0BBP4ZX 3E0L4GC | a biopsy; a substance
        DESCRIPTION OF PROCEDURE: Flexible bronchoscope. The left lower lobe was lavaged with 120 mL, return to the lab. | 0B9J8ZX | a lavage for diagnosis
        DESCRIPTION OF PROCEDURE: At C4-5 the disc was removed completely and the PLL opened until the spinal cord was free of compression. | 00NW0ZZ 0RB30ZZ | Release of the cord
        DESCRIPTION OF PROCEDURE: Ultrasound of the abscess of the left lobe of the liver; 10 Fr pigtail left to bag drainage. | 0F9230Z | a drain that stays
        HOSPITAL COURSE: Left pleural effusion: 900 mL of straw colored fluid was drawn off at the bedside by needle. | 0W9B3ZZ | Drainage
        HOSPITAL COURSE: Tube feeds by NG at first, then a 20 Fr PEG was placed on day 9. | 0DH63UZ | the tube feeds are no reason against it
        HOSPITAL COURSE: PEG was not placed. He has a history of PEG. | - | not done; another time
        DESCRIPTION OF PROCEDURE: Left groin incision. The left second toe was not amputated today. | - | the words deny it themselves
        HOSPITAL COURSE: Day 1 2010 misoprostol 25 mcg vaginally for ripening. | 3E0P7VZ | the time of day is no year
    """)


def test_sides(procedure_cases: Callable[..., None]) -> None:
    """The side that the line tells, not another limb's; OD, OS and OU of an eye.

    Source: ICD-10-PCS Official Guidelines B4.3.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURE PERFORMED: Phacoemulsification of cataract with posterior chamber lens, OS. | 08RK3JZ | left
        PROCEDURE PERFORMED: Phacoemulsification of cataract with posterior chamber lens, OD. | 08RJ3JZ | right
        PROCEDURE PERFORMED: Intravitreal injection of vancomycin, OD. Vitreous tap OD. | 08943ZX 3E0C329 | right
        PROCEDURE PERFORMED: Trabeculectomy with mitomycin C, OD. | 08123Z4 | right
    """)


def test_as_far_as_it_went(procedure_cases: Callable[..., None]) -> None:
    """What was given up is coded as far as it went, an Inspection where nothing else was done; a conversion both ways.

    Source: ICD-10-PCS Official Guidelines B3.2d, B3.3, B3.11a.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURE PERFORMED: Attempted ERCP.\nDESCRIPTION OF PROCEDURE: The duodenoscope was passed to the second portion of the duodenum. The papilla could not be cannulated and the procedure was abandoned. | 0DJ08ZZ | the duodenum was inspected
        PROCEDURE PERFORMED: Attempted colonoscopy.\nDESCRIPTION OF PROCEDURE: The colonoscope was advanced to the sigmoid colon, where the bowel was too stiff; the procedure was stopped. | 0DJD8ZZ | Inspection
        PROCEDURE PERFORMED: Laparoscopic cholecystectomy converted to open cholecystectomy.\nDESCRIPTION OF PROCEDURE: Dense adhesions made it unsafe, so a right subcostal incision was made and the gallbladder was removed. | 0FT40ZZ 0FJ44ZZ | both
        PROCEDURE PERFORMED: Whipple procedure.\nDESCRIPTION OF PROCEDURE: A midline incision was made. There were metastases over the whole liver surface; a biopsy of the left lobe of the liver was taken. The Whipple was abandoned. | 0FB20ZX | the biopsy alone
        PROCEDURE PERFORMED: Right lower lobe lobectomy.\nDESCRIPTION OF PROCEDURE: Thoracoscope in. Tumor invaded the chest wall, and the lobectomy was not performed. No biopsy. | 0BJQ4ZZ | Inspection
    """)


def test_hours_by_mask(procedure_cases: Callable[..., None]) -> None:
    """Hours by mask from the sentence that begins it to the one that ends it.

    Source: ICD-10-PCS table 5A0; Coding Clinic, 4th quarter 2014.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        HOSPITAL COURSE: BiPAP was started 06/01 at 08:00. It was stopped 06/01 at 20:00. | 5A09357 | 12 hours
        HOSPITAL COURSE: BiPAP was started 06/01 at 08:00. Gases improved. It was stopped 06/03 at 20:00. | 5A09457 | 60 hours
        HOSPITAL COURSE: BiPAP was offered. | - | not given
    """)


def test_depth_of_debridement(procedure_cases: Callable[..., None]) -> None:
    """Overlapping layers: the deepest that was cut away.

    Source: ICD-10-PCS Official Guidelines B3.5.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURE PERFORMED: Excisional debridement of the right heel ulcer to and including bone. | 0QBL0ZZ | bone
        PROCEDURE PERFORMED: Excisional debridement of the left leg wound, skin and subcutaneous tissue. | 0JBP0ZZ | subcutaneous tissue
        PROCEDURE PERFORMED: Excisional debridement of the sacral ulcer down to and including muscle. | ? | which muscle is not told
    """)

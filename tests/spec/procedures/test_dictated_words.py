"""Words of dictated reports: what was brushed, blown in, ballooned, levered out; hours that nobody tells."""

from __future__ import annotations

from collections.abc import Callable


def test_dictated_belly_and_chest(procedure_cases: Callable[..., None]) -> None:
    """Liver, bile ducts, bowel, pleura, trachea as reports tell them.

    Source: ICD-10-PCS tables 0F, 0D, 0B, 3E0L; Official Guidelines A11, B3.4a, B3.8.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        OPERATION: Wedge resection of segment 3 of the liver. Laparotomy. | 0FB20ZZ | segments 1 to 4 are the left lobe
        OPERATION: Resection of liver segments 6. DESCRIPTION OF PROCEDURE: Open incision. | 0FB10ZZ | segments 5 to 8 are the right lobe
        OPERATION: Open microwave ablation of a segment 2 liver lesion through a midline incision. | 0F520ZZ | Destruction
        DESCRIPTION OF PROCEDURE: The duodenoscope reached the papilla. Brushings were taken from the stricture of the common bile duct. | 0FD98ZX | Extraction, diagnostic
        DESCRIPTION OF PROCEDURE: The duodenoscope reached the papilla. The duct was swept with a balloon with removal of two stones. | 0FC98ZZ | Extirpation
        DESCRIPTION OF PROCEDURE: Midline laparotomy. The descending colon was brought out through the rectus as an end colostomy. | 0D1M0Z4 | brought out, not taken out
        DESCRIPTION OF PROCEDURE: Midline laparotomy. The appendix was inflamed, so it was taken at its base with a stapler. | 0DTJ0ZZ | the pronoun stands for the appendix
        DESCRIPTION OF PROCEDURE: Midline laparotomy. A 4 cm rent in the left hemidiaphragm was closed with Prolene. | 0BQT0ZZ | Repair
        DESCRIPTION OF PROCEDURE: Thoracoscope, three ports. Five grams of talc were insufflated over the left pleura under thoracoscopic vision. | 3E0L4GC | the table has the destructive agent by puncture only
        PROCEDURE: Right VATS upper lobectomy. | 0BTC4ZZ | the side before the approach
        DESCRIPTION OF PROCEDURE: Apron flap, total laryngectomy. The tracheal stump was matured to the skin as a permanent stoma. | 0CTS0ZZ 0B110Z4 | no tube stays
        PROCEDURE: Removal of Tenckhoff peritoneal dialysis catheter. | 0WPG03Z | Removal
        PROCEDURE: Simultaneous pancreas and kidney transplant, kidney in the left iliac fossa. | 0FYG0Z0 0TY10Z0 | both organs
    """)


def test_dictated_vessels_heart_and_joints(procedure_cases: Callable[..., None]) -> None:
    """Balloons, ablations by catheter, what is exchanged of a hip.

    Source: ICD-10-PCS tables 047, 025, 02K, 4A0, 0SP, 0SR, 0SU; Official Guidelines B3.2, B4.4.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        DESCRIPTION OF PROCEDURE: Left femoral sheath. The right anterior tibial artery was crossed and dilated with a 2.5 x 150 balloon. | 047P3ZZ | Dilation
        PROCEDURE: PCI of LAD, PTCA of first diagonal. DESCRIPTION OF PROCEDURE: 3.0 x 28 and overlapping 3.5 x 15 Xience stents in the proximal LAD. The diagonal was dilated with a 2.0 balloon, no stent to the diagonal. | 027035Z 02703ZZ | another device, another code
        PROCEDURE: Radiofrequency catheter ablation. DESCRIPTION OF PROCEDURE: Double transseptal puncture; wide isolation of all pulmonary veins. | 02583ZZ | by catheter the conduction mechanism
        PROCEDURE: Catheter ablation of atrial fibrillation by pulsed field. | 02583ZF | Irreversible Electroporation
        PROCEDURE: Comprehensive EP study; 3D electroanatomic mapping. | 4A0234Z 02K83ZZ | a study and a map are two procedures
        DESCRIPTION OF PROCEDURE: Right hip, posterior approach. The polyethylene liner was levered out and a new 36 mm liner was impacted in the retained acetabular shell. | 0SP909Z 0SUA09Z | the liner alone
        DESCRIPTION OF PROCEDURE: Right hip, posterior approach. The femoral head was knocked off the trunnion and exchanged for a +5 ceramic head. The stem was retained. | 0SPR0JZ 0SRR03Z | the head alone
        PREOPERATIVE DIAGNOSIS: Left TKA periprosthetic infection. PROCEDURE: Explant of the left knee prosthesis. | 0SPD0JZ | a diagnosis names no operation
    """)


def test_lists_of_organs(procedure_cases: Callable[..., None]) -> None:
    """Each organ of a list that is taken out.

    Source: ICD-10-PCS Official Guidelines B3.2a, B3.8.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        DESCRIPTION OF PROCEDURE: Midline incision. The uterus, cervix, both tubes and both ovaries were removed en bloc. | 0UT20ZZ 0UT70ZZ 0UT90ZZ 0UTC0ZZ | four body parts
    """)


def test_hours_that_are_not_told(procedure_cases: Callable[..., None]) -> None:
    """Support by mask and ventilation whose end has no time: no code is guessed, the hours are asked for.

    Source: ICD-10-PCS tables 5A0 and 5A1; Coding Clinic, 4th quarter 2014.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        HOSPITAL COURSE: In respiratory failure she was placed on BiPAP on arrival, later stopped. | ? | a query for the duration
        HOSPITAL COURSE: He was started on CPAP in the emergency department and came off it. | ? | a query for the duration
        HOSPITAL COURSE: He was placed on BiPAP for 7 hours. | 5A09357 | stated hours
    """)

"""Radiation therapy, the eye, skin and plastic surgery, new technology: areas that operative notes name less often."""

from __future__ import annotations

from collections.abc import Callable


def test_radiation(procedure_cases: Callable[..., None]) -> None:
    """The part, the kind of ray and the isotope make the code; what is not told is asked for or left uncoded.

    Source: ICD-10-PCS tables D00 to DWY; Official Guidelines D1.
    """
    procedure_cases(r"""
        note                                                                                                        | codes   | why
        ------------------------------------------------------------------------------------------------------------+---------+----------------------------
        HOSPITAL COURSE: He received palliative radiation to the whole brain, 30 Gy in 10 fractions with 6 MV photons. | D0001ZZ | Beam, brain, photons 1 to 10
        HOSPITAL COURSE: He received whole brain radiation, 5 fractions of 4 Gy with 15 MV photons.                 | D0002ZZ | photons above 10
        HOSPITAL COURSE: Urgent radiotherapy was started to the lumbar spine with 10 MV photons.                    | DP0C1ZZ | a bone without its own value
        HOSPITAL COURSE: She received emergent radiation therapy to the mediastinum with 6 MV photons.              | DB061ZZ | mediastinum
        HOSPITAL COURSE: She received proton radiation therapy to the left breast.                                  | DM004ZZ | protons, side
        HOSPITAL COURSE: Conditioning with total body irradiation, 6 MV photons, 12 Gy in 6 fractions.              | DW051ZZ | whole body
        HOSPITAL COURSE: Outpatient radiation therapy to the brain is planned.                                      | -       | planned
        HOSPITAL COURSE: She had prior radiation to the chest wall.                                                 | -       | another time
        HOSPITAL COURSE: Radiation oncology was consulted.                                                          | -       | nothing done
        PROCEDURE PERFORMED: Gamma Knife radiosurgery to left frontal brain metastasis.                             | D020JZZ | gamma beam
        PROCEDURE PERFORMED: CyberKnife stereotactic radiosurgery of the right lower lobe lung nodule.              | DB22DZZ | other photons
        PROCEDURE PERFORMED: Stereotactic radiosurgery of a cerebellar metastasis.                                  | ?       | the kind of ray is not told
        PROCEDURE PERFORMED: HDR brachytherapy of the cervix with iridium 192, tandem and ovoids.                   | DU1198Z | high dose rate, isotope
        PROCEDURE PERFORMED: Ruthenium plaque brachytherapy, right eye.                                             | D8Y0FZZ | plaque
    """)


def test_eye(procedure_cases: Callable[..., None]) -> None:
    """Operations of the eye.

    Source: ICD-10-PCS tables 081 to 08U, 3E0C and Index; Official Guidelines B3.2, B3.4a, B4.3.
    """
    procedure_cases(r"""
        note                                                                                    | codes           | why
        ----------------------------------------------------------------------------------------+-----------------+-----------------------------
        PROCEDURE PERFORMED: Trabeculectomy with mitomycin C, right eye.                         | 08123Z4         | Bypass to the sclera
        PROCEDURE PERFORMED: Ahmed glaucoma valve placement, left eye.                           | 08133J4         | with a synthetic substitute
        PROCEDURE PERFORMED: Scleral buckle, left eye.                                           | 08U10JZ         | Supplement
        PROCEDURE PERFORMED: Retinal detachment repair, right eye.                               | 08QE3ZZ         | Repair
        PROCEDURE PERFORMED: Panretinal photocoagulation, left eye.                              | 085F3ZZ         | Destruction
        PROCEDURE PERFORMED: Vitreous tap, right eye. Intravitreal injection of vancomycin.      | 08943ZX 3E0C329 | diagnostic drainage; an antibiotic
        PROCEDURE PERFORMED: Penetrating keratoplasty, left eye.                                 | 08R93KZ         | a donor's cornea
        PROCEDURE PERFORMED: Repair of right upper eyelid laceration.                            | 08QNXZZ         | Repair of the lid
        PROCEDURE PERFORMED: Left external dacryocystorhinostomy with silicone tube.             | 081Y0J3         | Bypass to the nasal cavity
        PROCEDURE PERFORMED: Right medial rectus recession.                                      | 08SL0ZZ         | Reposition
        PROCEDURE PERFORMED: Left lateral rectus resection.                                      | 08BM0ZZ         | a part of it: B3.8
        PROCEDURE PERFORMED: Removal of intraocular foreign body, right eye.                     | 08C43ZZ         | Extirpation from the vitreous
        PROCEDURE PERFORMED: Trabeculectomy.                                                     | ?               | the side is not told
    """)


def test_plastic_surgery(procedure_cases: Callable[..., None]) -> None:
    """Skin, subcutaneous tissue and breast: shape, flaps, burns.

    Source: ICD-10-PCS tables 0H0, 0HB, 0HN, 0HX, 0J0, 0JB, 0JX; Official Guidelines B3.8, B3.17.
    """
    procedure_cases(r"""
        note                                                                          | codes   | why
        ------------------------------------------------------------------------------+---------+-------------------------------
        PROCEDURE PERFORMED: Bilateral breast reduction.                               | 0HBV0ZZ | Excision, a bilateral value
        PROCEDURE PERFORMED: Panniculectomy.                                           | 0JB80ZZ | Excision of subcutaneous tissue
        PROCEDURE PERFORMED: Abdominoplasty.                                           | 0J080ZZ | Alteration
        PROCEDURE PERFORMED: Rotation flap closure of the scalp.                       | 0HX0XZZ | Transfer of skin
        PROCEDURE PERFORMED: Fasciocutaneous flap of the back.                         | 0JX70ZC | skin, subcutaneous tissue, fascia
        PROCEDURE PERFORMED: Escharotomy of the chest.                                 | 0HN5XZZ | Release
        PROCEDURE PERFORMED: Nail bed repair, right index finger.                      | 0HQQXZZ | finger nail
        PROCEDURE PERFORMED: Burn scar contracture release, neck.                      | 0HN4XZZ | Release of skin
        HOSPITAL COURSE: Pulses were intact and no escharotomy was needed.             | -       | not done
    """)


def test_new_technology(procedure_cases: Callable[..., None]) -> None:
    """Drugs and cell therapies that the tables of section X name, where the chart says that they were given.

    Source: ICD-10-PCS tables XW0, XW1; Official Guidelines E1.a.
    """
    procedure_cases(r"""
        note                                                                                      | codes   | why
        ------------------------------------------------------------------------------------------+---------+----------------------------
        HOSPITAL COURSE: Teclistamab 0.06 mg/kg was given subcutaneously on day 1.                | XW01348 | subcutaneous
        HOSPITAL COURSE: She received Tecvayli step-up doses.                                     | XW01348 | by its brand
        HOSPITAL COURSE: Remdesivir was started on admission and given for five days.             | XW033E5 | a peripheral vein
        HOSPITAL COURSE: Remdesivir was infused through his PICC.                                 | XW043E5 | a central vein
        HOSPITAL COURSE: Ciltacabtagene autoleucel was infused on day 0 without reaction.         | XW043A7 | cells, centrally
        HOSPITAL COURSE: Axicabtagene ciloleucel was infused through the right antecubital vein.  | XW033H7 | the chart says peripheral
        HOSPITAL COURSE: Kymriah was infused via the Hickman.                                     | XW043J7 | by its brand
        HOSPITAL COURSE: Exagamglogene autotemcel was infused via central line.                   | XW143J8 | transfusion of cells
        HOSPITAL COURSE: Remdesivir was considered but not given.                                 | -       | not given
        HOSPITAL COURSE: He is a candidate for idecabtagene vicleucel.                            | -       | planned
        HOSPITAL COURSE: Received tocilizumab two months ago as an outpatient.                    | -       | another time
    """)

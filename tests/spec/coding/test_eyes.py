"""Glaucoma by eye and stage; diabetic retinopathy by kind, edema and eye."""


def test_glaucoma_stage(coding_cases):
    """One code where both eyes are of one stage, else one for each; indeterminate is a stage of its own.

    Source: ICD-10-CM Official Guidelines I.C.7.a.1-5. Rule I.C.7.a-glaucoma.
    """
    coding_cases("""
        note                                                                              | codes             | why
        ----------------------------------------------------------------------------------+-------------------+--------------------
        Assessment:\\n1. POAG. OD: moderate stage. OS: mild stage.                         | H40.1112 H40.1121 | a.3 different stages
        Assessment:\\n1. Primary open-angle glaucoma OU, severe OD, moderate OS.           | H40.1113 H40.1122 | a.3
        Assessment:\\n1. Primary open-angle glaucoma, both eyes, moderate stage.           | H40.1132          | a.2 the same stage
        Assessment:\\n1. Low-tension glaucoma right eye, mild.                             | H40.1211          | a.1
        Assessment:\\n1. Primary open-angle glaucoma of the left eye, indeterminate stage. | H40.1124          | a.5
        Assessment:\\n1. Primary open-angle glaucoma of the left eye.                      | H40.1120          | not said
    """)


def test_diabetic_retinopathy(coding_cases):
    """Kind and severity from every place that describes the retinopathy; macular edema only where it is stated.

    Source: ICD-10-CM Official Guidelines I.C.4.a, I.B.2. Rule I.C.4.a-retinopathy.
    """
    coding_cases("""
        note                                                                                                | codes    | why
        ----------------------------------------------------------------------------------------------------+----------+----
        Assessment:\\n1. Type 1 diabetes.\\n2. Retinopathy. Mild nonproliferative in both eyes, no macular edema. | E10.3293 [Z79.4] | told below
        Assessment:\\n1. Type 2 diabetes with proliferative diabetic retinopathy OS with DME.                | E11.3512 | edema
        Assessment:\\n1. Type 2 DM with moderate NPDR OU without macular edema.                              | E11.3393 | denied
        Assessment:\\n1. Type 2 diabetes with retinopathy.                                                   | E11.319  | not said
    """)


def test_visual_impairment(coding_cases):
    """The category of each eye is in the code where the chart states it for both.

    Source: ICD-10-CM Official Guidelines I.C.7.b; table at H54. Rule I.C.7.b-impairment.
    """
    coding_cases("""
        note                                                                    | codes    | why
        ------------------------------------------------------------------------+----------+--------------
        Assessment:\\n1. Low vision, right eye category 2, left eye category 1.  | H54.2X21 | both
        Assessment:\\n1. Blindness of the right eye category 4, low vision left eye category 2. | H54.1142 | one of each
        Assessment:\\n1. Blindness, both eyes.                                   | H54.3    | not stated
    """)

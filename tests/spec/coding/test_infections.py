"""Infections of inpatients: sepsis, organisms, HIV disease, COVID-19, influenza."""


def test_sepsis(coding_cases):
    """Sepsis by organism first; severe sepsis and shock beside it; bacteremia is not coded beside sepsis.

    Source: ICD-10-CM Official Guidelines I.C.1.d. Rules I.C.1-infection, I.C.1.b-organisms.
    """
    coding_cases("""
        setting   | note                                                                                              | codes                       | why
        ----------+---------------------------------------------------------------------------------------------------+-----------------------------+----
        inpatient | Discharge diagnosis:\\n1. Sepsis due to E. coli pyelonephritis\\n2. Acute kidney injury             | A41.51 N17.9 N12 [B96.20]   | I.C.1.d.4
        inpatient | Discharge diagnosis:\\n1. Sepsis due to MRSA bacteremia with AKI due to sepsis                      | A41.02 R65.20 N17.9         | I.C.1.d.1.a.iii
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\n2. Septic shock due to pneumonia                              | A41.9 J18.9 R65.21          | I.C.1.d.2, sepsis first
        inpatient | Discharge diagnosis:\\n1. Urinary tract infection\\nSepsis was considered but ruled out.            | N39.0                       | not upheld
    """)


def test_organisms(coding_cases):
    """The organism of a local infection stands beside it, that of a pneumonia in its code.

    Source: ICD-10-CM Official Guidelines I.C.1.b, I.C.1.e. Rule I.C.1.b-organisms.
    """
    coding_cases("""
        setting   | note                                                                                  | codes          | why
        ----------+---------------------------------------------------------------------------------------+----------------+----
        inpatient | Discharge diagnosis:\\n1. Urinary tract infection\\nUrine culture grew Klebsiella pneumoniae. | N39.0 B96.1 | I.C.1.b
        inpatient | Discharge diagnosis:\\n1. Left lower extremity cellulitis\\nWound culture grew MRSA.    | L03.116 B95.62 | I.C.1.e.1.b
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\nSputum culture grew Pseudomonas aeruginosa.       | J15.1          | combination
        inpatient | Discharge diagnosis:\\n1. Urinary tract infection\\nUrine culture negative for E. coli. | N39.0          | denied
    """)


def test_viral_disease(coding_cases):
    """HIV disease and COVID-19 come before what they bring; influenza with pneumonia is one code.

    Source: ICD-10-CM Official Guidelines I.C.1.a.2, I.C.1.g.1, I.C.10.c. Rule I.C.1-infection.
    """
    coding_cases("""
        setting   | note                                                                              | codes               | why
        ----------+-----------------------------------------------------------------------------------+---------------------+----
        inpatient | Discharge diagnosis:\\n1. Pneumocystis pneumonia\\n2. HIV                           | B20 B59             | I.C.1.a.2.a
        inpatient | Discharge diagnosis:\\n1. COVID-19 pneumonia\\n2. Acute hypoxemic respiratory failure | U07.1 J12.82 J96.01 | I.C.1.g.1.c.i
        inpatient | Discharge diagnosis:\\n1. Influenza A with pneumonia                               | J10.00              | combination
    """)


def test_resistance(coding_cases):
    """The drug to which an organism is resistant stands beside the infection; several against tuberculosis are one code.

    Source: ICD-10-CM Official Guidelines I.C.1.c; Alphabetic Index "Resistance, organism(s)". Rule I.C.1.c-resistance.
    """
    coding_cases("""
        note                                                                                  | codes                      | why
        --------------------------------------------------------------------------------------+----------------------------+----
        Assessment:\\n1. UTI due to E. coli resistant to ampicillin and trimethoprim.          | N39.0 B96.20 Z16.11 Z16.29 | two drugs
        Assessment:\\n1. UTI due to E. coli resistant to ampicillin, sensitive to cefazolin.   | N39.0 B96.20 Z16.11        | sensitive
        Assessment:\\n1. UTI due to ciprofloxacin-resistant E. coli.                           | N39.0 B96.20 Z16.23        | before it
        Assessment:\\n1. UTI due to E. coli, not resistant to ampicillin.                      | N39.0 B96.20               | denied
        Assessment:\\n1. UTI due to multiresistant Pseudomonas.                                | N39.0 B96.5 Z16.24         | multiple
        Assessment:\\n1. Pulmonary tuberculosis resistant to isoniazid.                        | A15.0 Z16.341              | one drug
        Assessment:\\n1. Pulmonary tuberculosis resistant to isoniazid and rifampin.           | A15.0 Z16.342              | two drugs
        Assessment:\\n1. UTI\\n2. Treatment-resistant depression.                              | N39.0 F32.A                | no organism
        Assessment:\\n1. Cellulitis of left leg due to methicillin-resistant Staphylococcus aureus. | L03.116 B95.62        | in its code
    """)


def test_infections_of_lines(coding_cases):
    """A bloodstream infection of a line is no sepsis by itself; bacteremia has its organism beside it.

    Source: ICD-10-CM Official Guidelines I.C.1.b, I.C.1.d; Tabular List T80.211. Rules I.C.1-infection, I.C.1.b-organisms.
    """
    coding_cases(r"""
        note                                                         | codes                | why
        -------------------------------------------------------------+----------------------+------
        Assessment:\n1. CLABSI due to MRSA.                          | T80.211A B95.62      | no sepsis said
        Assessment:\n1. Sepsis due to CLABSI.                        | T80.211A A41.9       | sepsis said
        Assessment:\n1. Central line infection with MRSA bacteremia. | T80.211A B95.62      | bacteremia of the line
        Assessment:\n1. PICC line infection.                         | T80.219A             | unspecified
        Assessment:\n1. CAUTI due to Pseudomonas.                    | T83.511A N39.0 B96.5 | urine
        Assessment:\n1. VAP due to MRSA.                             | J95.851 B95.62       | lung
        Assessment:\n1. MRSA bacteremia.                             | R78.81 B95.62        | organism is no diagnosis by itself
        Assessment:\n1. E. coli UTI with bacteremia.                 | N39.0 R78.81 B96.20  | not integral
        Assessment:\n1. E. coli sepsis with bacteremia.              | A41.51               | sepsis says it
    """)


def test_nosocomial(coding_cases):
    """An infection that the chart calls hospital-acquired has Y95 beside it; one of the community has not.

    Source: Alphabetic Index, Nosocomial (condition) Y95. Rule I.C.1-infection.
    """
    coding_cases("""
        setting   | note                                                      | codes      | why
        ----------+-----------------------------------------------------------+------------+----
        inpatient | Discharge Diagnosis:\\n1. Hospital-acquired pneumonia      | J18.9 Y95  | I.C.20
        inpatient | Discharge Diagnosis:\\n1. Community-acquired pneumonia     | J18.9      | none
    """)


def test_ear_eye_and_hiv(coding_cases):
    """Fungi of the ear, the bare infection of an eye, and one code of HIV where the guidelines choose.

    Source: ICD-10-CM Alphabetic Index: Otomycosis; Infection, eye (purulent), see Endophthalmitis, purulent; HIV,
    positive; Official Guidelines I.C.1.a.
    """
    coding_cases("""
        scope      | note                                     | codes            | why
        -----------+------------------------------------------+------------------+----
        reportable | Right otomycosis.                        | B36.9            | unspecified
        reportable | Otomycosis of the left ear due to Aspergillus. | B44.89     | its fungus
        reportable | Otitis externa of the right ear.         | H60.91           | no fungus
        reportable | Right eye infection.                     | H44.001          | see Endophthalmitis
        reportable | Viral eye infection.                     | B30.9            | its kind
        reportable | Eyelid infection.                        | H01.9            | the lid
        all        | HIV serology positive.                   | Z21              | one of the two
        all        | Cirrhosis with esophageal varices.       | K74.60 I85.10    | one of the two
    """)

"""Problem lists of eye, ear, mind and nerve doctors: sides by letter, abbreviations by their company."""


def test_lists_of_the_eyes(coding_cases):
    """The eye by its Latin letters, and abbreviations that only a note about eyes reads so.

    Source: Alphabetic Index: Cataract, Glaucoma, Detachment, Chorioretinopathy, Palsy, Blepharoptosis, Uveitis, Keratoconjunctivitis.
    """
    coding_cases("""
        note                                              | codes    | why
        --------------------------------------------------+----------+------
        Assessment:\\n1. Episcleritis OD                  | H15.101  | words
        Assessment:\\n1. Aphakia OS                       | H27.02   | words
        Assessment:\\n1. NSC OS, observe                  | H25.12   | words
        Assessment:\\n1. NTG OU                           | H40.1230 | words
        Assessment:\\n1. OHTN OU                          | H40.053  | words
        Assessment:\\n1. RRD OD, macula off               | H33.001  | words
        Assessment:\\n1. CSR OS                           | H35.712  | words
        Assessment:\\n1. CME OD                           | H35.351  | words
        Assessment:\\n1. VMT OD                           | H43.821  | words
        Assessment:\\n1. RP OU                            | H35.52   | words
        Assessment:\\n1. PDR OU                           | E11.3593 | words
        Assessment:\\n1. HZO OS                           | B02.30   | words
        Assessment:\\n1. HSV keratitis OD                 | B00.52   | words
        Assessment:\\n1. SPK OU                           | H16.143  | words
        Assessment:\\n1. KCS OU                           | H16.223  | words
        Assessment:\\n1. TED OU                           | H05.833  | words
        Assessment:\\n1. NLDO OS                          | H04.552  | words
        Assessment:\\n1. Choroidal nevus OS               | D31.32   | words
        Assessment:\\n1. Ptosis OS                        | H02.402  | words
        Assessment:\\n1. CN VI palsy OD                   | H49.21   | words
        Assessment:\\n1. CN 4 palsy OS                    | H49.12   | words
        Assessment:\\n1. IOL dislocation OS               | T85.22XA | words
        Assessment:\\n1. Anterior uveitis OD              | H20.9    | words
        Assessment:\\n1. Acute anterior uveitis OD        | H20.00   | words
        Assessment:\\n1. subconj heme OS                  | H11.32   | words
        Assessment:\\n1. Exudative AMD OU, inactive scar  | H35.3233 | words
        Assessment:\\n1. Wet AMD OD with active CNV       | H35.3211 | words
        Assessment:\\n1. PCOS                             | E28.2    | words
        Assessment:\\n1. Breast ptosis                    | N64.81   | words
        Assessment:\\n1. Cheyne-Stokes respirations (CSR) | R06.3    | words
        She wears TED hose.                               | -        | words
        NTG sublingual as needed.                         | -        | words
    """)


def test_lists_of_the_ears(coding_cases):
    """Ears by their Latin letters, and what otologists list.

    Source: Alphabetic Index: Loss, hearing; Perforation, tympanum; Perichondritis, ear; Discontinuity, ossicles; Retraction, drum.
    """
    coding_cases("""
        note                                                       | codes       | why
        -----------------------------------------------------------+-------------+------
        Assessment:\\n1. Conductive hearing loss AD                | H90.11      | words
        Assessment:\\n1. SSNHL AD                                  | H91.21      | words
        Assessment:\\n1. Otorrhea AS                               | H92.12      | words
        Assessment:\\n1. CSOM AS                                   | H66.3X2     | words
        Assessment:\\n1. Tympanosclerosis AU                       | H74.03      | words
        Assessment:\\n1. Central perforation of TM left            | H72.02      | words
        Assessment:\\n1. Patulous ET right                         | H69.01      | words
        Assessment:\\n1. SSCD right                                | H83.8X1     | words
        Assessment:\\n1. Chondrodermatitis nodularis helicis, left | H61.002     | words
        Assessment:\\n1. Ossicular discontinuity left              | H74.22      | words
        Assessment:\\n1. Mastoid effusion                          | H74.8X9     | words
        Assessment:\\n1. Failed newborn hearing screen             | P09.6       | words
        Assessment:\\n1. Disequilibrium                            | R42         | words
        Assessment:\\n1. CRS with polyps                           | J32.9 J33.9 | words
        Assessment:\\n1. HEARING LOSS, RECHECK AS NEEDED           | H91.90      | words
        Assessment:\\n1. AS with severe aortic stenosis            | I35.0       | words
    """)


def test_lists_of_minds_and_nerves(coding_cases):
    """Defaults of the Index, epilepsy and migraine by what holds them, and abbreviations by their company.

    Source: Alphabetic Index: Insomnia, chronic; Dyslexia; Encopresis; Conversion; Disorder, mild neurocognitive; note at G40 and G43.
    """
    coding_cases("""
        note                                                 | codes         | why
        -----------------------------------------------------+---------------+------
        Assessment:\\n1. Chronic insomnia                    | F51.04        | words
        Assessment:\\n1. Insomnia                            | G47.00        | words
        Assessment:\\n1. Dyslexia                            | R48.0         | words
        Assessment:\\n1. Developmental dyslexia              | F81.0         | words
        Assessment:\\n1. Encopresis                          | R15.9         | words
        Assessment:\\n1. Conversion disorder                 | F44.9         | words
        Assessment:\\n1. Functional seizures                 | F44.5         | words
        Assessment:\\n1. Mild neurocognitive disorder        | G31.84        | words
        Assessment:\\n1. BPD                                 | -             | words
        Assessment:\\n1. BPD, in DBT                         | F60.3         | words
        Assessment:\\n1. NICU follow-up: BPD                 | P27.1         | words
        Assessment:\\n1. Focal epilepsy                      | G40.109       | words
        Assessment:\\n1. Focal epilepsy, intractable         | G40.119       | words
        Assessment:\\n1. Focal epilepsy, drug resistant      | G40.119       | words
        Assessment:\\n1. Temporal lobe epilepsy, refractory  | G40.219       | words
        Assessment:\\n1. JME, intractable                    | G40.B19       | words
        Assessment:\\n1. Lennox-Gastaut syndrome, refractory | G40.814       | words
        Assessment:\\n1. Lennox-Gastaut syndrome             | G40.812       | words
        Assessment:\\n1. Migraine with aura, intractable     | G43.119       | words
        Assessment:\\n1. Chronic migraine                    | G43.709       | words
        Assessment:\\n1. DLB                                 | G31.83 F02.80 | words
        Assessment:\\n1. PD with dyskinesia                  | G20.B1        | words
        Assessment:\\n1. PD on carbidopa-levodopa            | G20.A1        | words
        Assessment:\\n1. PD catheter exit site clean         | -             | words
        Assessment:\\n1. Left hemiparesis s/p stroke         | I69.354       | words
        Assessment:\\n1. TGA, amnesia resolved               | G45.4         | words
    """)


def test_lists_of_states(coding_cases):
    """A device in place is there; a use disorder in remission is told by the remission.

    Source: Guidelines I.C.21.c.3, I.C.5.b.1.
    """
    coding_cases("""
        note                                             | codes  | why
        -------------------------------------------------+--------+------
        Assessment:\\n1. PE tubes in place               | Z96.22 | words
        Assessment:\\n1. VP shunt in place               | Z98.2  | words
        Assessment:\\n1. Opioid use disorder in remission | F11.91 | words
        Assessment:\\n1. OUD severe in remission         | F11.21 | words
        Assessment:\\n1. PE tubes discussed              | -      | words
        Assessment:\\n1. CABG scheduled                  | -      | words
    """)

"""Organisms, nodes, nerves, eyes and dependence as case reports and clinicians word them."""


def test_organisms_by_species_and_initial(coding_cases):
    """The genus by its initial with a full stop; species that the Tabular List groups; the drug that fails.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4, I.C.1.b, I.C.1.e; Index: Infection, by organism.
    """
    coding_cases("""
        note                                                       | codes          | why
        -----------------------------------------------------------+----------------+---------------------------
        UTI due to E. coli.                                        | N39.0, B96.20  | initial
        UTI due to K. pneumoniae.                                  | N39.0, B96.1   | initial
        Chronic gastritis due to H. pylori.                        | K29.50, B96.81 | initial
        Sepsis due to Staphylococcus hominis.                      | A41.1          | species
        Cellulitis of the left leg due to S. aureus resistant to methicillin. | L03.116, B95.62 | what it resists
        Gram-negative sepsis.                                      | A41.50         | no denial
        Gram stain negative, no meningitis.                        | -              | a denial
        UTI due to multiresistant Klebsiella.                      | N39.0, B96.1, Z16.24 | many drugs
        Tinea of the foot.                                         | B35.3          | site
        Wound abscess, culture grew MARSA.                         | L02.91, B95.62 | misspelt
        Stool culture grew Shigella flexneri.                      | A03.1          | the test found it
        CSF culture grew L. monocytogenes.                         | A32.9          | the test found it
        Stool was positive for Campylobacter jejuni.               | A04.5          | the test found it
        Legionella pneumophila antigen was ordered.                | -              | only asked for
        Chlamydia trachomatis PCR was sent.                        | -              | only asked for
        C. trachomatis and N. gonorrhoeae not detected.            | -              | not found
    """)


def test_metastases_told_of_nodes(coding_cases):
    """Nodes that hold metastases, in any order of the words; none of so many; carcinoma in a node is secondary.

    Source: ICD-10-CM Official Guidelines I.C.2; Table of Neoplasms, lymph gland, node.
    """
    coding_cases("""
        note                                             | codes | why
        -------------------------------------------------+-------+------------------
        Pathology showed metastases in lymph nodes.      | C77.9 | order
        Metastases were found in 1/19 lymph nodes.       | C77.9 | counted
        10 of 12 lymph nodes had metastases.             | C77.9 | counted
        The axillary lymph nodes had metastases.         | C77.3 | where
        She has cancer of the lymph nodes.               | C77.9 | Table of Neoplasms
        Colon cancer, nodes: 3/12 positive.              | C18.9, C77.2 | counted
        Right breast cancer, sentinel nodes 2/3 positive. | C50.911, C77.3 | counted
        Breast cancer, 0/14 axillary nodes positive.     | C50.919 | none
        The liver showed multiple metastases.            | C78.7 | however many
        Bone metastases of unknown primary.              | C79.51, C80.1 | not found
        A tumor mass in the right kidney.                | D49.511 | a mass that is a tumor
        There were 2 positive cores.                     | - | no receptor
        0 of 12 lymph nodes had metastases.              | -     | none
        Metastases were found in 0/12 lymph nodes.       | -     | none
        The lymph nodes were free of metastases.         | -     | free of
        The liver was free of metastases.                | -     | free of
    """)


def test_dermoid_cysts_by_site(coding_cases):
    """A dermoid cyst is a benign neoplasm of its site; in the mouth it is a cyst of the oral region.

    Source: ICD-10-CM Official Guidelines I.B.1; Index: Cyst, dermoid, see Neoplasm, benign, by site.
    """
    coding_cases("""
        note                                            | codes  | why
        ------------------------------------------------+--------+------
        Dermoid cyst of the left orbit was removed.     | D31.62 | site
        Dermoid cyst of the scalp.                      | D23.4  | site
        Left ovarian dermoid cyst.                      | D27.1  | site
        Dermoid cyst of the floor of the mouth.         | K09.8  | mouth
    """)


def test_nerves_and_eyes(coding_cases):
    """Nerves of the head counted together, one eye that deviates, words of Romance languages.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.3, I.B.13.
    """
    coding_cases("""
        note                                               | codes          | why
        ---------------------------------------------------+----------------+----------------
        He has left third and sixth nerve palsies.         | H49.02, H49.22 | two nerves
        Paresis of the III and VI left cranial pairs.      | H49.02, H49.22 | cranial pairs
        Paralysis of the left common ocular motor nerve.   | H49.02         | its other name
        Left esotropia.                                    | H50.012        | one eye
        Exotropia of the right eye.                        | H50.111        | one eye
        Alternating esotropia.                             | H50.05         | not one eye
        Cystic macular edema in both eyes.                 | H35.353        | cystoid
        Bilateral papillitis.                              | H46.03         | optic
        Massive hemovitreous in the left eye.              | H43.12         | vitreous
        Cophosis of the left ear.                          | H91.92         | deafness
        Adenocarcinoma of the sigma.                       | C18.7          | sigmoid colon
        No third, fourth or sixth nerve palsy.             | -              | denied
        Cranial nerves III, IV and VI are intact.          | -              | normal
        Father with left esotropia.                        | -              | of the family
    """)


def test_dependence_given_up_or_of_many_drugs(coding_cases):
    """Who was an addict is in remission; many drugs are polysubstance dependence.

    Source: ICD-10-CM Official Guidelines I.C.5.b.1; Index: Dependence, with remission; Dependence, polysubstance.
    """
    coding_cases("""
        note                                        | codes  | why
        --------------------------------------------+--------+-----------
        He is a former heroin addict.               | F11.21 | remission
        Ex-addict to parenteral drugs.              | F19.21 | remission
        Active polydrug addiction.                  | F19.20 | many drugs
        Former cocaine abuser.                      | F14.11 | remission
        Former marijuana user.                      | F12.91 | remission
        Her father is a former cocaine user.        | -      | of the family
        Her brother is a former heroin addict.      | -      | of the family
    """)


def test_a_relative_who_is_ill(coding_cases):
    """A condition that is said of a relative by "is" is not the patient's; what the relative says of the patient is.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, III.B.
    """
    coding_cases("""
        note                                           | codes | why
        -----------------------------------------------+-------+------------
        Her mother is a diabetic.                      | -     | the mother
        Her brother is a heroin addict.                | -     | the brother
        His sister is deaf.                            | -     | the sister
        The daughter says the patient is diabetic.     | E11.9 | the patient
        His wife is worried. He is diabetic.           | E11.9 | the patient
    """)


def test_changes_told_by_a_noun(coding_cases):
    """A rise or fall told by a noun, where any is abnormal; "no decrease in" denies it, and nothing else.

    Source: ICD-10-CM Official Guidelines I.B.4, III.B; Index: Decrease, platelets; Elevated; Enlargement.
    """
    coding_cases("""
        note                                            | codes  | why
        ------------------------------------------------+--------+------------------
        She noticed a decrease of visual acuity.        | H54.7  | fall
        Decrease in platelets.                          | D69.6  | fall
        Increase in transaminases.                      | R74.01 | rise
        The spleen was increased in size.               | R16.1  | grown
        No decrease in visual acuity.                   | -      | denied
        No increase in transaminases.                   | -      | denied
        No increase in size of the liver.               | -      | denied
        No change in headache.                          | R51.9  | it is still there
        Decrease in blood pressure after treatment.     | -      | wanted
        Possible decrease in visual acuity.             | -      | uncertain
    """)


def test_doubt_of_the_second_of_two(coding_cases):
    """A hedge behind "and" speaks of what follows it alone.

    Source: ICD-10-CM Official Guidelines IV.H.
    """
    coding_cases("""
        note                                                   | codes  | why
        -------------------------------------------------------+--------+-------------
        Oropharyngeal and probably esophageal candidiasis.     | B37.0  | the first
        Possible oropharyngeal and esophageal candidiasis.     | -      | both
    """)


def test_smoking_that_has_ended(coding_cases):
    """ "Until 2010" makes a former smoker; what the history says the patient is, is so now.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, I.C.5.b.
    """
    coding_cases("""
        note                                                    | codes   | why
        --------------------------------------------------------+---------+------------
        Smoker until 2010.                                      | Z87.891 | ended
        Smoked 20 cigarettes a day until two years ago.         | Z87.891 | ended
        Smoker, drank alcohol until 2010.                       | F17.200 | the drinking
        His history included being a heavy smoker.              | F17.200 | now
    """)


def test_the_primary_behind_its_metastases(coding_cases):
    """The cancer from which the metastases come is coded with its site, whichever is said first.

    Source: ICD-10-CM Official Guidelines I.C.2, I.C.2.m.
    """
    coding_cases("""
        note                                                   | codes           | why
        -------------------------------------------------------+-----------------+----------------
        Lung metastases from colon cancer.                     | C78.00, C18.9   | from
        Bone metastases secondary to lung cancer.              | C79.51, C34.90  | secondary to
        Brain metastases from breast cancer.                   | C79.31, C50.919 | from
        Lung cancer that has spread to the brain.              | C34.90, C79.31  | spread
        Liver cancer spread to the lung.                       | C22.9, C78.00   | spread
        Colon cancer with lung metastases.                     | C18.9, C78.00   | with
        Cancer of the breast and cancer of the lung.           | C50.919, C34.90 | two primaries
        Lymph node metastases from breast cancer.              | C77.9, C50.919  | from
        Pelvic lymph node dissection for bladder cancer.       | C67.9           | of the bladder
        Lymph nodes positive for breast cancer.                | C77.9, C50.919  | they hold it
        Left breast tumor.                                     | D49.3           | no mass
        Metastasis of breast cancer in the liver.              | C78.7, C50.919  | where it went
        Metastasis of prostate cancer in the maxillary sinus.  | C78.39, C61     | where it went
        Prostate cancer with pelvic lymph node involvement.    | C61, C77.5      | involved nodes
        Left breast cancer with axillary involvement.          | C50.912, C77.3  | involved nodes
        Colon cancer without lymph node involvement.           | C18.9           | denied
        Follicular lymphoma with lymph node involvement.       | C82.90          | its own nodes
    """)


def test_tumors_of_soft_tissue_by_site(coding_cases):
    """Sarcomas and tumors of nerve sheaths by the part of the body.

    Source: ICD-10-CM Official Guidelines I.C.2; Index: Sarcoma, see Neoplasm, connective tissue, malignant.
    """
    coding_cases("""
        note                                       | codes   | why
        -------------------------------------------+---------+--------------
        Sarcoma of the left thigh.                 | C49.22  | site
        Fibrosarcoma of the right forearm.         | C49.11  | site
        Rhabdomyosarcoma of the left orbit.        | C69.62  | site
        Retroperitoneal sarcoma.                   | C48.0   | site
        Chondrosarcoma of the maxilla.             | C41.0   | bone
        Kaposi sarcoma of the left leg.            | C46.9   | its own
        Schwannoma of the left ulnar nerve.        | D36.12  | nerve
        Mature cystic teratoma of the parotid gland. | D11.0 | benign
        No sarcoma of the thigh.                   | -       | denied
    """)


def test_organisms_found(coding_cases):
    """What a culture or another test found; the organism of an infection stays beside it, and one that is only a
    contaminant causes nothing.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4, I.C.1.b; Alphabetic Index, Sepsis, Enteritis, Infection by
    organism; B96.89. Rule I.C.1.b-organisms.
    """
    coding_cases("""
        note                                                                | codes         | why
        --------------------------------------------------------------------+---------------+------
        Assessment:\\n1. Subdural empyema due to Cutibacterium acnes         | G06.2 B96.89  | words
        Assessment:\\n1. Subdural empyema by Propionibacterium acnes         | G06.2 B96.89  | words
        Assessment:\\n1. UTI due to Serratia marcescens                      | N39.0 B96.89  | stays
        Assessment:\\n1. UTI due to Enterobacter cloacae                     | N39.0 B96.89  | stays
        Assessment:\\n1. Sepsis from Neisseria meningitidis                  | A39.4         | words
        Assessment:\\n1. Septicemia by meningococci                          | A39.4         | words
        Assessment:\\n1. Sepsis due to gonococcus                            | A54.86        | words
        Assessment:\\n1. No sepsis due to meningococcus                      | -             | denied
        Assessment:\\n1. Diarrhea. Stool antigen positive for rotavirus.     | A08.0         | found
        Assessment:\\n1. Rotavirus vaccine given today                       | Z23           | a vaccine
        Assessment:\\n1. Stool negative for rotavirus                        | -             | denied
        Assessment:\\nBlood culture grew Bacillus cereus, likely contaminant. | -            | nothing
        Assessment:\\nBlood cultures grew coag-negative staph, felt to be a contaminant. | - | nothing
    """)


def test_letters_of_eyes(coding_cases):
    """RE and LE are eyes where the note sets them so, legs elsewhere; names of the eye as other languages form them.

    Source: ICD-10-CM Official Guidelines I.B.13; Alphabetic Index, Hypermetropia, Neovascularization, Angioid streaks.
    """
    coding_cases("""
        note                                                                               | codes   | why
        -----------------------------------------------------------------------------------+---------+------
        HPI: Left eye (LE) 20/40.\\nAssessment:\\n1. Retinal hemorrhage RE                   | H35.61  | letters
        HPI: Right eye (RE) 20/20, left eye (LE) 20/40.\\nAssessment:\\n1. Chalazion of the RE | H00.13 | letters
        HPI: Left eye (LE) 20/40.\\nAssessment:\\n1. Retinal detachment LE                   | H33.22  | letters
        HPI: Vision is blurred.\\nAssessment:\\n1. LE edema                                  | R60.0   | a leg
        Assessment:\\n1. Angioid striae of both eyes                                        | H35.33  | words
        Assessment:\\n1. Right internuclear palsy                                           | H51.21  | words
        Assessment:\\n1. Left common motor nerve palsy                                      | H49.02  | words
        Assessment:\\n1. Deep corneal neovascularization of the left eye                    | H16.442 | words
        Assessment:\\n1. The patient is hyperopic.                                          | H52.00  | words
    """)


def test_rows_of_traits(coding_cases):
    """Adjectives in a row, an anemia that comes about, ganglia that are nodes.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4; Alphabetic Index, Hypertension, Anemia, Tremor, Paralysis.
    """
    coding_cases("""
        note                                                                  | codes           | why
        ----------------------------------------------------------------------+-----------------+------
        Assessment:\\n1. Hypertensive and dyslipidemic 70-year-old man         | I10 E78.5       | a row
        Assessment:\\n1. Hypertensive, diabetic and dyslipidemic patient       | I10 E11.9 E78.5 | a row
        Assessment:\\n1. Non-smoker, non-hypertensive patient                  | -               | denied
        Assessment:\\n1. Anemization, transfused                               | D64.9           | words
        Assessment:\\n1. Intentional tremor                                    | G25.2           | words
        Assessment:\\n1. Familial hyperkalemic paralysis                       | G72.3           | words
        Assessment:\\n1. Lung cancer with metastases in mediastinal ganglia    | C34.90 C77.1    | nodes
    """)


def test_smoked_and_shaken(coding_cases):
    """Other drugs than tobacco are smoked; jerks by their adjective; confusion by its cause.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4, I.C.5.b.3; Alphabetic Index, Use, Myoclonus, Delirium, due to.
    """
    coding_cases("""
        note                                                             | codes     | why
        -----------------------------------------------------------------+-----------+------
        Assessment:\\n1. Cannabis smoker                                  | F12.90    | no tobacco
        Assessment:\\n1. Crack smoker                                     | F14.90    | no tobacco
        Assessment:\\n1. Smoker of 20 cigarettes a day                    | F17.210   | tobacco
        Assessment:\\n1. Myoclonic movements of the arms                  | G25.3     | words
        Assessment:\\n1. Confusional state of infectious origin           | F05       | its cause
        Assessment:\\n1. Confusional state, cause unclear                 | R41.0     | no cause
    """)

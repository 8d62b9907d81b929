"""Subterms of the Alphabetic Index, second part: nerves by name, tumors by histology, injuries and complications by organ."""


def test_nerves_by_name(coding_cases):
    """What is wrong with a nerve is coded by the nerve, whatever it is called; an artery or a hernia of the same name is no nerve.

    Source: Alphabetic Index: Mononeuropathy, Neuritis, Palsy, Compression, Entrapment, Lesion of a nerve; Injury, nerve.
    """
    coding_cases("""
        note                                                        | codes           | why
        ------------------------------------------------------------+-----------------+------
        Assessment:\\n1. left sural neuropathy                      | G57.82          | words
        Assessment:\\n1. pudendal nerve entrapment                  | G57.80          | words
        Assessment:\\n1. right obturator nerve compression          | G57.81          | words
        Assessment:\\n1. vagus nerve paralysis                      | G52.2           | words
        Assessment:\\n1. spinal accessory nerve lesion              | G52.8           | words
        Assessment:\\n1. bilateral ulnar mononeuropathy             | G56.23          | words
        Assessment:\\n1. femoral nerve palsies                      | G57.20          | words
        Assessment:\\n1. left sciatic nerve injury                  | S74.02XA        | words
        Assessment:\\n1. genitofemoral nerve injury                 | S34.6XXA        | words
        Assessment:\\n1. nerve injury                               | T14.8XXA        | words
        No femoral neuropathy.                                      | -               | words
        Sister had a sciatic nerve injury.                          | -               | words
        Assessment:\\n1. femoral hernia with entrapment             | K41.90          | words
        Assessment:\\n1. saphenous vein graft lesion                | -               | words
    """)


def test_ganglia_of_nerves(coding_cases):
    """The basal ganglia are no ganglion of a tendon sheath.

    Source: Alphabetic Index: Lesion, basal ganglion; Ganglion.
    """
    coding_cases("""
        note                                                        | codes           | why
        ------------------------------------------------------------+-----------------+------
        Assessment:\\n1. basal ganglia lesion                       | G25.9           | words
        Assessment:\\n1. basal ganglia hemorrhage                   | I61.0           | words
        Assessment:\\n1. basal ganglia calcification                | G23.8           | words
        Assessment:\\n1. ganglion of the left wrist                 | M67.432         | words
        The basal ganglia are normal.                               | -               | words
    """)


def test_tumors_and_organs(coding_cases):
    """A morphology that the Index sends to a site, a kind or a cause that makes another disease.

    Source: Alphabetic Index: Carcinoma, Adenoma, Tumor, Ependymoma, Infection, Calcification, Cyst, Anomaly.
    """
    coding_cases("""
        note                                                        | codes           | why
        ------------------------------------------------------------+-----------------+------
        Assessment:\\n1. endometrial sarcoma                        | C54.1           | words
        Assessment:\\n1. bronchial adenoma                          | D38.1           | words
        Assessment:\\n1. Hurthle cell tumor                         | D34             | words
        Assessment:\\n1. myxopapillary ependymoma of the filum terminale | D43.4      | words
        Assessment:\\n1. Mycobacterium chelonae infection           | A31.8           | words
        Assessment:\\n1. mycobacterial lymphadenitis                | A31.8           | words
        Assessment:\\n1. eosinophilic meningitis                    | B83.2           | words
        Assessment:\\n1. milk-alkali syndrome                       | E83.52          | words
        Assessment:\\n1. metastatic calcifications in the lungs     | E83.59          | words
        Assessment:\\n1. calcified metastatic lymph nodes           | C77.9           | words
        Assessment:\\n1. cerebellar contusion                       | S06.37AA        | words
        Assessment:\\n1. sinus of Valsalva aneurysm                 | Q25.43          | words
        Assessment:\\n1. pelvic kidney                              | Q63.2           | words
        Assessment:\\n1. renal pelvis mass                          | N28.89 R19.00   | words
        Assessment:\\n1. accessory renal arteries                   | Q27.2           | words
        Assessment:\\n1. nervous diarrhea                           | F45.8           | words
        Assessment:\\n1. nervous, diarrhea                          | R19.7           | words
        Assessment:\\n1. cognitive therapy and anxiety disorder     | F41.9           | words
        No sinus of Valsalva aneurysm.                              | -               | words
    """)


def test_injuries_and_complications(coding_cases):
    """Injuries of organs and joints and complications of devices and grafts by what they strike.

    Source: Alphabetic Index: Rupture, traumatic; Dislocation; Amputation, traumatic; Frostbite; Bezoar; Syndrome, steal; Granuloma.
    """
    coding_cases("""
        note                                                        | codes           | why
        ------------------------------------------------------------+-----------------+------
        Assessment:\\n1. traumatic rupture of the stomach           | S36.39XA        | words
        Assessment:\\n1. traumatic hemothorax with pneumothorax     | S27.2XXA        | words
        Assessment:\\n1. left sternoclavicular subluxation          | S43.202A        | words
        Assessment:\\n1. right thumb carpometacarpal dislocation    | S63.044A        | words
        Assessment:\\n1. traumatic amputation of the right hand     | S68.411A        | words
        Assessment:\\n1. partial traumatic amputation of the ear    | S08.129A        | words
        Assessment:\\n1. frostbite of the face                      | T33.09XA        | words
        Assessment:\\n1. small bowel phytobezoar                    | T18.3XXA        | words
        Assessment:\\n1. steal syndrome of the dialysis access      | T82.898A        | words
        Assessment:\\n1. subclavian steal syndrome                  | G45.0           | words
        Assessment:\\n1. suture granuloma                           | T81.89XA        | words
        Assessment:\\n1. stem cell transplant failure               | T86.5           | words
        Assessment:\\n1. renal failure after stem cell transplant   | N19 Z94.84      | words
        Assessment:\\n1. cardiogenic shock, surgical consult        | R57.0           | words
    """)


def test_infections_of_organs(coding_cases):
    """An inflammation and the infection that it is due to are one disease; two names in a list stay two diseases.

    Source: Alphabetic Index: the inflammation, in or due to; the infection, with; Guidelines I.A.15.
    """
    coding_cases("""
        note                                                        | codes           | why
        ------------------------------------------------------------+-----------------+------
        Assessment:\\n1. pneumonia due to histoplasmosis            | B39.2           | words
        Assessment:\\n1. chlamydia urethritis                       | A56.01          | words
        Assessment:\\n1. HSV uveitis                                | B00.51          | words
        Assessment:\\n1. keratitis due to herpes zoster             | B02.33          | words
        Assessment:\\n1. mumps with meningoencephalitis             | B26.2           | words
        Assessment:\\n1. coxsackievirus myocarditis                 | B33.22          | words
        Assessment:\\n1. Lyme carditis                              | A69.29          | words
        Assessment:\\n1. candida cystitis                           | B37.41          | words
        Assessment:\\n1. CMV colitis                                | B25.8           | words
        Assessment:\\n1. gonorrhea; urethritis                      | A54.9 N34.2     | words
        Assessment:\\n1. herpes, conjunctivitis                     | B00.9 H10.9     | words
        Assessment:\\n1. measles, pneumonia                         | B05.9 J18.9     | words
        Newborn with chlamydia conjunctivitis.                      | P39.1           | words
        No herpes keratitis.                                        | -               | words
        His father had Chagas cardiomyopathy.                       | -               | words
    """)


def test_newborn_congenital_and_treated(coding_cases):
    """The newborn's own code; what is congenital itself, not beside something congenital; what treatment left behind.

    Source: Alphabetic Index: the condition, newborn; congenital; Hypothyroidism, due to; Disorder, due to alcohol; Anemia, hemolytic.
    """
    coding_cases("""
        note                                                        | codes           | why
        ------------------------------------------------------------+-----------------+------
        Assessment:\\n1. neonatal bowel perforation                 | P78.0           | words
        Assessment:\\n1. neonatal hyperammonemia                    | P74.6           | words
        Assessment:\\n1. congenital pulmonary insufficiency         | Q22.2           | words
        Assessment:\\n1. congenital arachnoid cyst                  | Q04.6           | words
        Assessment:\\n1. arachnoid cyst                             | G93.0           | words
        Assessment:\\n1. hypothyroidism due to radiation            | E89.0           | words
        Assessment:\\n1. hypoparathyroidism after thyroidectomy     | E89.2           | words
        Assessment:\\n1. anxiety disorder due to cocaine            | F14.980         | words
        Assessment:\\n1. secondary hemolytic anemia                 | D59.4           | words
        Assessment:\\n1. partial traumatic amputation of the hand   | S68.429A        | words
        Assessment:\\n1. meningitis, infectious disease consulted   | G03.9           | words
        No congenital arachnoid cyst.                               | -               | words
    """)

"""Subterms of the Alphabetic Index outside chapters 9 to 14: cause, site or kind makes another disease."""


def test_kinds_by_cause(coding_cases):
    """What causes an inflammation makes it another disease; two diseases listed together stay two.

    Source: Alphabetic Index: Tuberculosis by site; adjectives tuberculous, syphilitic, gonococcal, trichomonal, amebic; psychogenic.
    """
    coding_cases("""
        note                                                      | codes         | why
        ----------------------------------------------------------+---------------+------
        Assessment:\\n1. kidney tuberculosis                      | A18.11        | words
        Assessment:\\n1. tuberculosis of the larynx               | A15.5         | words
        Assessment:\\n1. tuberculous colitis                      | A18.32        | words
        Assessment:\\n1. tuberculous uveitis                      | A18.54        | words
        Assessment:\\n1. syphilitic uveitis                       | A51.43        | words
        Assessment:\\n1. gonococcal proctitis                     | A54.6         | words
        Assessment:\\n1. trichomonal cystitis                     | A59.03        | words
        Assessment:\\n1. amebic colitis                           | A06.0         | words
        Assessment:\\n1. psychogenic dysphagia                    | F45.8         | words
        Assessment:\\n1. hysterical paraplegia                    | F44.4         | words
        Assessment:\\n1. syphilis, uveitis                        | A53.9 H20.9   | words
        Assessment:\\n1. gonorrhea, salpingitis                   | A54.9 N70.91  | words
        He denies tuberculous colitis.                            | -             | words
        Assessment:\\n1. history of tuberculosis, liver cirrhosis | Z86.11 K74.60 | words
        Assessment:\\n1. functional class III dyspnea             | R06.00        | words
    """)


def test_malformations(coding_cases):
    """What is missing, small, too many or malformed from birth; a malformation of the fetus is not the mother's.

    Source: Alphabetic Index: Absence, Agenesis, Hypoplasia, Anomaly, Accessory, Duplication; Guidelines I.C.15.e.2.
    """
    coding_cases("""
        note                                                                    | codes           | why
        ------------------------------------------------------------------------+-----------------+------
        Assessment:\\n1. coronary artery anomaly                                | Q24.5           | words
        Assessment:\\n1. anomaly of the uterus                                  | Q51.9           | words
        Assessment:\\n1. agenesis of the gallbladder                            | Q44.0           | words
        Assessment:\\n1. congenital absence of the vas deferens                 | Q55.4           | words
        Assessment:\\n1. splenules                                              | Q89.09          | words
        Assessment:\\n1. azygos lobe                                            | Q33.1           | words
        Assessment:\\n1. ectopic pancreas                                       | Q45.3           | words
        Assessment:\\n1. esophageal duplication                                 | Q39.8           | words
        Assessment:\\n1. hypoplastic vertebral artery                           | Q27.8           | words
        No vascular anomaly.                                                    | -               | words
        Assessment:\\n1. Fetal cardiac anomaly on ultrasound, 22 weeks pregnant | O35.9XX0 Z3A.22 | words
        Assessment:\\n1. Fetal alcohol syndrome                                 | Q86.0           | words
    """)


def test_kinds_of_disease(coding_cases):
    """Kinds that the Index tells apart from the disease whose name they hold.

    Source: Alphabetic Index: Anemia, Tumor, Papilloma, Deficiency, Calcification, Incontinence, Collapse, Syndrome, Neuropathy.
    """
    coding_cases("""
        note                                                       | codes       | why
        -----------------------------------------------------------+-------------+------
        Assessment:\\n1. microcytic anemia                         | D50.9       | words
        Assessment:\\n1. posthemorrhagic anemia                    | D50.0       | words
        Assessment:\\n1. acute posthemorrhagic anemia              | D62         | words
        Assessment:\\n1. bleeding diathesis                        | D69.9       | words
        Assessment:\\n1. glomus tumor                              | D18.00      | words
        Assessment:\\n1. papilloma of the bladder                  | D41.4       | words
        Assessment:\\n1. adrenal calcifications                    | E27.49      | words
        Assessment:\\n1. splenic lesion                            | D73.89      | words
        Assessment:\\n1. rectal incontinence                       | R15.9       | words
        Assessment:\\n1. labile BP                                 | R09.89      | words
        Assessment:\\n1. cardiovascular collapse                   | R57.0       | words
        Assessment:\\n1. hyperventilation syndrome                 | F45.8       | words
        Assessment:\\n1. substance-induced mood disorder           | F19.94      | words
        Assessment:\\n1. Susac syndrome                            | G93.49      | words
        Assessment:\\n1. ocular motor apraxia                      | H51.8       | words
        Assessment:\\n1. neuropathy due to vitamin B12 deficiency  | E53.8 G63   | words
        Assessment:\\n1. vitamin B12 deficiency without neuropathy | E53.8       | words
        Assessment:\\n1. anemia; vitamin D deficiency              | D64.9 E55.9 | words
    """)

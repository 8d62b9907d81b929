"""Made-up files of code sets that may not be shipped (CPT) or are too large for a test (NDC), in their real sizes.

Codes count up, descriptors are drawn from words of ICD-10-CM titles, names of drugs from syllables; the same every run.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from nosology.codes.home import data_home
from nosology.codes.icd10cm import open_icd10cm
from nosology.codes.install import install_from

__all__ = ["CPT_CODES", "NDC_PRODUCTS", "install_made_up", "write_cpt", "write_ndc"]

CPT_CODES, NDC_PRODUCTS = 10_500, 110_000
_HEAD = "CPT codes and descriptors are copyright 2026 of somebody; this file is made up.\n\n"
_PRODUCT = """
PRODUCTID PRODUCTNDC PRODUCTTYPENAME PROPRIETARYNAME PROPRIETARYNAMESUFFIX NONPROPRIETARYNAME DOSAGEFORMNAME
ROUTENAME STARTMARKETINGDATE ENDMARKETINGDATE MARKETINGCATEGORYNAME APPLICATIONNUMBER LABELERNAME SUBSTANCENAME
ACTIVE_NUMERATOR_STRENGTH ACTIVE_INGRED_UNIT PHARM_CLASSES DEASCHEDULE NDC_EXCLUDE_FLAG
LISTING_RECORD_CERTIFIED_THROUGH
"""
_PACKAGE = """
PRODUCTID PRODUCTNDC NDCPACKAGECODE PACKAGEDESCRIPTION STARTMARKETINGDATE ENDMARKETINGDATE NDC_EXCLUDE_FLAG
SAMPLE_PACKAGE
"""
_FORMS = ("TABLET", "TABLET, FILM COATED", "CAPSULE", "INJECTION, SOLUTION", "CREAM", "SOLUTION", "OINTMENT", "POWDER")
_SYLLABLES = """
ba be bi bo ca ce co da de do fa fe flu ga glu ka la le li lo ma me mi na ne ni pa pe pra ra ri ro sa se ta ti
va ve xa zo
"""
_ENDINGS = ("mab", "nib", "pril", "sartan", "statin", "olol", "cillin", "mycin", "azole", "idine", "oxin", "afil")


def write_cpt(folder: Path, words: Sequence[str], *, seed: int = 1) -> None:
    """The long and consumer descriptors of :data:`CPT_CODES` made-up codes, as the AMA lays them out."""
    chance = random.Random(seed)
    long, consumer = [], []
    for number in range(CPT_CODES):
        said = chance.choices(words, k=chance.randrange(4, 16))
        long.append(f"{10000 + number:05}\t{' '.join(said).capitalize()}\n")
        consumer.append(f"{number}\t{10000 + number:05}\t{' '.join(chance.choices(words, k=8))}\n")
    (folder / "LONGULT.txt").write_text(_HEAD + "".join(long), "utf-8")
    head = "Concept Id\tCPT Code\tConsumer Friendly Descriptor\n"
    (folder / "ConsumerDescriptor.txt").write_text(head + "".join(consumer), "utf-8")


def write_ndc(folder: Path, *, seed: int = 1) -> None:
    """The two files of the directory: :data:`NDC_PRODUCTS` made-up products with one to three packages each."""
    chance = random.Random(seed)
    syllables = _SYLLABLES.split()
    substances = sorted(
        {
            "".join(chance.choices(syllables, k=chance.randrange(2, 4))) + chance.choice(_ENDINGS)
            for _number in range(4_000)
        }
    )
    labelers = ["".join(chance.choices(syllables, k=3)).capitalize() for _number in range(700)]
    products, packages = ["\t".join(_PRODUCT.split())], ["\t".join(_PACKAGE.split())]
    for number in range(NDC_PRODUCTS):
        substance = chance.choice(substances)
        brand = substance if chance.random() < 0.6 else "".join(chance.choices(syllables, k=3)).capitalize()
        product = f"{10000 + number // 1000:05}-{number % 1000:04}"[:10]
        name = f"{product}_{number}"
        form = chance.choice(_FORMS)
        products.append(
            "\t".join(
                [name, product, "HUMAN PRESCRIPTION DRUG", brand, "", substance, form, "ORAL", "20200101", "", "ANDA",
                 f"A{number}", chance.choice(labelers) + " Labs", substance.upper(),
                 str(chance.choice((1, 2, 5, 10, 20, 25, 40, 50, 100, 250, 500))), "mg/1", "", "", "N", "20271231"]
            )
        )  # fmt: skip
        for package in range(chance.randrange(1, 4)):
            code = f"{product}-{package:02}"[:13]
            count = chance.choice((10, 14, 30, 60, 90, 100, 500, 1000))
            packages.append(
                "\t".join(
                    [name, product, code, f"{count} {form} in 1 BOTTLE, PLASTIC ({code})", "20200101", "", "N", "N"]
                )
            )
    (folder / "product.txt").write_text("\n".join(products) + "\n", "utf-8")
    (folder / "package.txt").write_text("\n".join(packages) + "\n", "utf-8")


def install_made_up(folder: Path) -> Path:
    """A data folder with the user's releases and made-up CPT and NDC beside them."""
    home = folder / "home"
    (home / "releases").mkdir(parents=True)
    for part in ("releases", "lexicon", "prepared"):
        (home / part).mkdir(exist_ok=True)
        for path in (data_home() / part).iterdir() if (data_home() / part).is_dir() else ():
            if path.is_file() and not path.name.startswith(("cpt-", "ndc-")):
                os.symlink(path, home / part / path.name)
    icd = open_icd10cm()
    titles = (icd.title(code) for code in icd.codes() if icd.kind(code) in ("category", "subcategory"))
    words = [word for title in titles for word in re.findall(r"[A-Za-z]{3,}", title)]
    for name, write in (("cpt", lambda to: write_cpt(to, words)), ("ndc", write_ndc)):
        source = folder / name
        source.mkdir()
        write(source)
        install_from(name, source, effective=date(2026, 1, 1), home=home)
    return home

"""Words of clinical text: where they stand and what they reduce to.

A *word* is what the pattern below finds; its *base form* is lower case, without accents, possessive and plural. The
same reduction is applied to the text and to every term of the vocabulary, so it need not be linguistically right, only
the same on both sides and never merging two words that mean different things.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "DENYING",
    "PREFIXES",
    "PUNCTUATION",
    "STOP_WORDS",
    "WORD",
    "WORD_ASCII",
    "base_form",
    "split_words",
    "unsigned",
]

# A number with decimals, a word with its possessive, or a mark that divides phrases. The first pattern is for text that
# is all ASCII (twice as quick), the second for any other.
WORD_ASCII = re.compile(r"[A-Za-z0-9]++(?:\.[0-9]++)?+(?:'[A-Za-z]{1,3}+(?![A-Za-z]))?+|[,;:()?+]|\.(?=\s)")
WORD = re.compile(r"[^\W_]+(?:\.\d+)?(?:['’][^\W\d_]{1,3}(?![^\W\d_]))?|[,;:()?+]|\.(?=\s)")
_FOREIGN = re.compile(r"[^\x00-\x7f]")

# Prefixes that are written with and without a hyphen ("post-operative", "postoperative"); the compiler adds the pair of
# words as a phrase for every word of the vocabulary that begins so.
PREFIXES = (
    "non",
    "post",
    "pre",
    "peri",
    "intra",
    "inter",
    "anti",
    "sub",
    "supra",
    "trans",
    "hyper",
    "hypo",
    "micro",
    "macro",
    "poly",
    "para",
    "retro",
    "extra",
    "infra",
    "naso",
    "endo",
    "pan",
    "semi",
    "multi",
    "mid",
    "thrombo",
    "cardio",
    "broncho",
    "musculo",
    "neuro",
    "re",
    "over",
    "under",
    "auto",
    "pseudo",
)
# A word behind one of these is not what is there: "non-tender", "anti-nausea", "pseudo-gout"
DENYING = ("non", "anti", "pseudo")
PUNCTUATION = frozenset(",;:()?+.")

# Words that carry no part of a term's meaning; a term is the set of its other words. "No", "not" and "without" do carry
# it.
STOP_WORDS = frozenset(
    """a an the of in on at to for from by with and or as is are was were be been being has have had having her his
    their its this that these those which who whom whose due there here it he she they we i you my our your also
    any some such into onto per via during while when than then so do does did will would can could may might must
    shall should associated involving affecting mellitus
    within inside seen found noted visualized detected demonstrated""".split()  # noqa: SIM905
)

# Words that end in s and are no plurals, or whose plural rule is not the common one.
_INVARIANT = frozenset(
    [
        "aids",
        "mumps",
        "rabies",
        "herpes",
        "diabetes",
        "scabies",
        "ascites",
        "caries",
        "feces",
        "biceps",
        "triceps",
        "quadriceps",
        "series",
        "species",
        "measles",
        "pertussis",
        "syphilis",
        "tinnitus",
        "lens",
        "pons",
        "hives",
        "shingles",
        "rickets",
        "tabes",
        "mites",
        "gas",
        "bias",
        "chorus",
        "plus",
        "minus",
        "as",
        "is",
        "was",
        "has",
        "his",
        "its",
        "this",
        "us",
        "yes",
        "versus",
        "always",
        "perhaps",
        "besides",
        "pancreas",
        "atlas",
        "axis",
        "meninges",
        "menses",
        "alias",
        "texas",
        "kansas",
    ]
)

_VERBS_IN_USE = frozenset(
    ["uses", "abuses", "misuses", "overuses", "reuses", "fuses", "infuses", "refuses", "diffuses", "confuses"]
)

_VOWELS = frozenset("aeiouy")


def base_form(word: str) -> str:
    """Return the base form of ``word``: lower case, unaccented, without possessive and plural.

    >>> base_form("Crohn’s"), base_form("biopsies"), base_form("Abscesses"), base_form("diagnosis")
    ('crohn', 'biopsy', 'abscess', 'diagnosis')
    """
    if len(word) > 3 and word[-1] == "s" and word[:-1].isupper():  # DVTs
        return base_form(word[:-1])
    word = word.lower()
    if not word.isascii():
        folded = unicodedata.normalize("NFKD", word.replace("’", "'"))
        word = "".join(c for c in folded if not unicodedata.combining(c)).lower()
    if "'" in word:
        word = "cannot" if word == "can't" else word.split("'", 1)[0]
    if len(word) < 4 or not word.endswith("s") or word in _INVARIANT or _VOWELS.isdisjoint(word):  # CRPS is not a CRP
        return word
    if word.endswith(("ss", "us", "is", "ous", "ps" if word.endswith("eps") else "\0")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith("aches") and not word.endswith(("eaches", "oaches")):  # headaches, backaches
        return word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("uses") and word not in _VERBS_IN_USE and word[-5] not in "ao":  # sinuses, viruses
        return word[:-2]
    if word.endswith(("ases", "oses", "yses")) and len(word) > 6:  # metastases, psychoses, paralyses
        return word[:-2] + "is"
    return word[:-1]


def split_words(text: str) -> list[str]:
    """Return the base forms of the words of ``text``, punctuation left out; for terms, where offsets do not matter."""
    return [base_form(m) for m in WORD.findall(text) if m not in PUNCTUATION]


def unsigned(text: str) -> str:
    """Return ``text`` with signs beyond ASCII as signs of ASCII that part words alike, code point for code point.

    Where a letter or digit is not of ASCII, the text as it is.
    """
    plain = text
    for sign in set(_FOREIGN.findall(text)):
        if sign.isalnum():
            return text
        plain = plain.replace(sign, "'" if sign == "’" else " " if sign.isspace() else "-")
    return plain

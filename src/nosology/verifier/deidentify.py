"""Masks the identifiers of the Safe Harbor list that patterns can find (45 CFR 164.514(b)(2)(i)).

What has a form is found by its form (dates, telephone numbers, e-mail and web addresses, IP addresses, social security
numbers, long numbers, vehicle numbers), what has a label by its label (record, account, plan, licence, device numbers),
names by what stands around them (titles, labels, credentials, relations) and then wherever they are repeated. It is no
guarantee: a name that nothing announces stays. Biometric data and photographs do not occur in text.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from nosology.model.note import Span
from nosology.verifier.masked import Mask, MaskedText, mask_text
from nosology.verifier.names import find_names

__all__ = ["deidentify"]

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\b\.?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH_NUMBER = r"(?:1[0-2]|0?[1-9])"
_DATES = re.compile(
    rf"(?<![\d./])(?:"
    rf"(?P<y1>{_YEAR})(?P<s1>[-/.]){_MONTH_NUMBER}(?P=s1){_DAY_NUMBER}(?!\d)"
    rf"|(?:{_MONTH_NUMBER}(?P<s2>[-/.]){_DAY_NUMBER}|{_DAY_NUMBER}(?P<s3>[-/.]){_MONTH_NUMBER})"
    rf"(?:(?P=s2)|(?P=s3))(?P<y2>{_YEAR}|\d\d)(?![\d/-]|\.\d)"
    rf"|{_MONTH_NUMBER}/(?P<y3>{_YEAR})(?![\d/])"
    rf"|\b{_MONTH}\s+{_DAY}\b(?:(?:,\s*|\s+)(?P<y4>{_YEAR})\b)?"
    rf"|\b{_DAY}(?:\s+of)?[\s-]{_MONTH}(?:(?:,\s*|[\s-])(?P<y5>{_YEAR}|\d\d)\b)?"
    rf"|\b{_MONTH}(?:\s+of|,)?\s+(?P<y6>{_YEAR})\b"
    rf"|\b(?P<y7>{_YEAR})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    rf")"
)
_SHORT_DATE = re.compile(
    r"\b(?:on|since|until|dated?|admitted|discharged|DOS|seen|performed|through|thru)[:\s]+"
    rf"(?P<told>{_MONTH_NUMBER}/{_DAY_NUMBER})(?![\d/])"
    rf"|^[ \t]*(?P<opens>{_MONTH_NUMBER}/{_DAY_NUMBER})(?=[ \t]*[:–—])"
    rf"|(?<![\d/])(?P<range>{_MONTH_NUMBER}/{_DAY_NUMBER})(?=\s*(?:[-–]|to|through|thru)\s*\d{{1,2}}/\d{{1,2}}/\d\d)",
    re.IGNORECASE | re.MULTILINE,
)
_BIRTH = re.compile(
    r"(?:\bDOB\b|\bD\.O\.B\.?|\bborn\b|\bbirth\s*date\b|\bdate\s+of\s+birth\b)[^\n]{0,12}$", re.IGNORECASE
)
_AGE = re.compile(
    r"\b(?P<before>9\d|1[0-4]\d)(?=(?:\s*|-)(?:years?|yrs?\.?|y\.?/?o\b|yo\b|yr\.?)(?:(?:\s*|-)(?:olds?"
    r"|of\s+age|o)\b|\b|[MF]\b))"
    r"|\b(?:aged?|age\s+is|age\s+of)[:\s]+(?P<after>9\d|1[0-4]\d)\b(?!\s*(?:%|mm|mg|months?|weeks?|days?|hours?))",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"\b(?:his|her|their|the)\s+(?:(?:early|mid|late)[-\s])?(nineties|90s)\b|\b(centenarian|nonagenarian)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.-])(?:\+?1[-.\s]?)?(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?:\s*(?:x|ext\.?"
    r"|extension)\s*\d{1,6})?(?![\w-])"
    r"|(?<!\w)\+\d{1,3}[\s.-]?\(?\d{1,4}\)?(?:[\s.-]?\d{2,4}){2,4}(?!\w)",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:phone|telephone|tel|cell|mobile|fax|pager|beeper|ext|extension|call(?:back)?)(?:\s+(?:number"
    r"|no\.?|at))?\s*[.:#]?\s*"
    r"((?:\d[\s().-]{0,2}){3,14}\d)\b",
    re.IGNORECASE,
)
_SSN = re.compile(
    r"(?<![\w-])(\d{3}-\d{2}-\d{4}|[X*]{3}-[X*]{2}-\d{4})(?![\w-])"
    r"|\b(?:SSN?|social\s+security(?:\s+(?:number|no\.?|#))?)\s*[:#]?\s*((?:\d[\s-]?){4,9})(?!\d)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*")
_URL = re.compile(
    r"\b(?:https?|ftp)://[^\s<>\"']+|\bwww\.[^\s<>\"']+|(?<![\w@.])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org"
    r"|net|edu|gov|io)\b(?:/[^\s<>\"']*)?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z]\w{2,30}\b")
_IP4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_IP6 = re.compile(r"(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
_MAC = re.compile(r"(?<![\w:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![\w:-])", re.IGNORECASE)
_VALUE = (
    r"(?=[A-Z0-9._/-]{0,30}\d)(?!\d{1,3}[\s-]?(?:years?|yrs?|y/?o|months?|weeks?|days?|hours?"
    r"|m?[gl])\b)[A-Z0-9](?:[A-Z0-9._/-]{0,29}[A-Z0-9])"
)
_NUMBER = r"(?:number|num\.?|no\.?|nr\.?|id|identifier|identification|plate|code|#)"
_LABELLED = re.compile(
    r"\b(?:MRN|MR\s?#|med(?:ical)?\.?\s+rec(?:ord)?\.?|acc(?:oun)?t|FIN|CSN|HAR|member|subscriber|policy"
    r"|insurance|beneficiary|medicare|medicaid|MBI|HICN?|licen[sc]e|lic\.?"
    r"|acc|accn|certificate|DEA|NPI|UPIN|serial|S/N|UDI|VIN|passport|accession|badge|room)"
    rf"(?:\s*{_NUMBER}){{0,2}}\s*[:#=]+\s*#?(?P<value>{_VALUE})"
    rf"|\b(?:MRN|FIN|CSN|MBI|NPI|DEA|UDI|VIN)\s+(?:is\s+|of\s+)?(?P<bare>{_VALUE})"
    r"|\b(?:(?:med(?:ical)?\.?\s+)?rec(?:ord)?\.?|acc(?:oun)?t|member|subscriber|policy|insurance|plan"
    r"|group|beneficiary|licen[sc]e|certificate|serial|accession|passport|chart|encounter"
    r"|visit|patient|lot|model|device|implant|vehicle|licen[sc]e\s+plate|specimen|case|study|order"
    r"|prescription|employee|student|claim|authorization|hospital)"
    rf"\s*{_NUMBER}{{1,2}}\s*(?:is\s+|[:#=]+\s*#?)?(?P<named>{_VALUE})",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"(?<![\w.,])\d{7,}(?![\w]|\.\d)|(?<![\w.])\d(?:-?\d){8,}(?![\w])")
_MIXED = re.compile(r"\b(?:[A-Z]{1,4}\d{2}-\d{3,}|[A-Z]{1,3}\d{6,}|\d{2,4}-[A-Z]{2,6}-\d{3,})\b")
_MEDICARE = re.compile(r"\b[1-9][A-Z][A-Z0-9]\d-?[A-Z][A-Z0-9]\d-?[A-Z]{2}\d\d\b")
_VIN = re.compile(r"\b(?=[A-HJ-NPR-Z0-9]{0,16}\d)(?=\d{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}\b")
_GTIN = re.compile(r"\(01\)\s?\d{14}(?:\(\d\d\)[A-Za-z0-9-]{1,20})*")
_WAY = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Boulevard|Blvd|Court|Ct|Way|Place|Pl|Terrace|Ter"
    r"|Circle|Cir|Highway|Hwy|Parkway|Pkwy|Square|Sq|Trail|Alley)"
)
_STATE = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]"
    r"|UT|V[AT]|W[AIVY])"
)
_ADDRESS = re.compile(
    rf"\b\d{{1,6}}[A-Z]?\s+(?:[NSEW]\.?\s+|North\s+|South\s+|East\s+|West\s+)?(?:(?:[A-Z][\w'’-]{{1,20}}"
    rf"|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,4}}{_WAY}\b(?!\.?\s+[A-Z][a-z]+\s+(?:MD|DO)\b)\.?"
    r"(?:,?\s+(?:Apt|Apartment|Unit|Suite|Ste|Floor|Fl|#)\.?\s*#?\w{1,6}\b)?"
    r"|\bP\.?\s?O\.?\s+Box\s+\d{1,7}\b"
    rf"|\b(?:[A-Z][\w.'’-]{{1,20}}\s+){{0,2}}[A-Z][\w.'’-]{{1,20}},\s+{_STATE}\.?\s+\d{{5}}(?:-\d{{4}})?(?!\w)"
    rf"|(?:(?<=\bfrom\s)|(?<=\bnear\s))(?:[A-Z][\w.'’-]{{1,20}}\s+){{0,2}}[A-Z][\w.'’-]{{1,20}},\s+{_STATE}\b"
    rf"|\b{_STATE}\s+\d{{5}}(?:-\d{{4}})?\b"
)
_ZIP = re.compile(r"\bzip(?:\s*code)?\s*[:#]?\s*(\d{5}(?:-\d{4})?)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:[Ll]ives|[Ll]iving|[Rr]esid(?:es|ing)|[Bb]orn|[Mm]oved|[Rr]aised|[Vv]isiting|[Tt]raveled"
    r"|[Tt]ravelled)\s+(?:alone\s+)?(?:in|at|to|from|near)\s+"
    r"(?P<town>[A-Z][\w.'’-]{1,20}(?:\s+[A-Z][\w.'’-]{1,20}){0,3}(?:,\s+[A-Z][a-z]{2,15})?)"
    r"|\b(?P<county>(?:[A-Z][a-z]{1,20}\s+){1,2}County)\b"
    r"|\b(?P<house>(?:(?:[A-Z][\w'’-]{1,20}|St\.|of|the)[ ]){1,5}"
    r"(?:Hospital|Medical Cent(?:er|re)|Health (?:System|Cent(?:er|re))|Nursing (?:Home|Facility)"
    r"|University|High School|Assisted Living))\b"
)


def deidentify(text: str) -> MaskedText:
    """Return ``text`` with identifiers masked, and the map back to its offsets.

    Dates keep their year ("[DATE 2024]"), but dates of birth do not; ages above 89 become "90+"; everything else
    becomes its kind: "[NAME]", "[PHONE]", "[ID]" … Takes time in proportion to the text.
    """
    return mask_text(text, [*_formed(text), *_placed(text), *find_names(text)])


def _formed(text: str) -> Iterator[Mask]:
    """What is found by its form or its label."""
    yield from _dates(text)
    for match in _AGE.finditer(text):
        group = "before" if match["before"] else "after"
        yield Mask(Span(*match.span(group)), "age", "90+")
    for match in _OLD.finditer(text):
        yield _mask(match, match.lastindex or 0, "age", "90+")
    for pattern, kind in (
        (_PHONE, "phone"),
        (_CALLED, "phone"),
        (_SSN, "ssn"),
        (_EMAIL, "email"),
        (_URL, "url"),
        (_HANDLE, "id"),
        (_MAC, "id"),
        (_LABELLED, "id"),
        (_LONG_NUMBER, "id"),
        (_MIXED, "id"),
        (_MEDICARE, "id"),
        (_VIN, "id"),
        (_GTIN, "id"),
    ):
        for match in pattern.finditer(text):
            yield _mask(match, match.lastindex or 0, kind)
    for pattern in (_IP4, _IP6):
        for match in pattern.finditer(text):
            if _is_address(match.group()):
                yield _mask(match, 0, "ip")


def _placed(text: str) -> Iterator[Mask]:
    """Geographic subdivisions smaller than a state, and the houses of care that give them away."""
    for match in _ADDRESS.finditer(text):
        yield _mask(match, 0, "address")
    for match in _ZIP.finditer(text):
        yield _mask(match, 1, "address")
    for match in _PLACE.finditer(text):
        yield _mask(match, match.lastindex or 0, "place")


def _dates(text: str) -> Iterator[Mask]:
    for match in _DATES.finditer(text):
        year = next((value for name, value in match.groupdict().items() if name.startswith("y") and value), "")
        if _BIRTH.search(text[max(0, match.start() - 40) : match.start()]):
            year = ""  # the year of birth tells an age above 89
        elif len(year) == 2:
            year = f"'{year}"
        yield _mask(match, 0, "date", f"[DATE {year}]" if year else "[DATE]")
    for match in _SHORT_DATE.finditer(text):
        yield _mask(match, match.lastindex or 0, "date")


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return text.strip(":") != "" and any(sign.isdigit() for sign in text)


def _mask(match: re.Match[str], group: int, kind: str, replacement: str = "") -> Mask:
    return Mask(Span(*match.span(group)), kind, replacement or f"[{kind.upper()}]")

"""Files of the code sets of services, drugs and supplies: what each is called, told apart by its head, and dated."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nosology.codes.sources.ahrq_cmr import is_cmr
from nosology.codes.sources.ama_cpt import cpt_kind
from nosology.codes.sources.cms_mcd import MCD_KINDS, detect_mcd
from nosology.codes.sources.cms_ncci import NCCI_KINDS, detect_ncci
from nosology.codes.sources.cms_rates import RATE_KIND_NAMES, detect_rate_kind
from nosology.codes.sources.pcs_cpt import is_pcs_cpt
from nosology.codes.sources.titled_lists import LISTED_KINDS, detect_titled_list

__all__ = ["SERVICE_KIND_NAMES", "detect_service_kind", "quarter_end", "quarter_named"]

SERVICE_KIND_NAMES = {
    **{kind: f"NCCI {kind[5:].replace('-', ' ')} (txt, csv, xlsx or parquet)" for kind in NCCI_KINDS},
    "hcpcs-file": "HCPCS Level II alpha-numeric file (txt or xlsx)",
    "hcpcs-attributes": "HCPCS Level II codes with attributes (csv)",
    "hcpcs-titles": "HCPCS Level II long and short titles (csv)",
    "hcpcs-unclassified": "HCPCS Level II codes not otherwise classified (csv)",
    "ndc-product": "NDC directory, products (product.txt)",
    "ndc-package": "NDC directory, packages (package.txt)",
    "ndc-hcpcs": "ASP crosswalk from NDC to HCPCS (csv or xlsx)",
    "pcs-cpt": "crosswalk of ICD-10-PCS and CPT of a licensed user (csv or tab)",
    "cpt-long": "CPT long descriptors of the AMA (txt)",
    "cpt-medium": "CPT medium descriptors of the AMA (txt)",
    "cpt-short": "CPT short descriptors of the AMA (txt)",
    "cpt-consumer": "CPT consumer descriptors of the AMA (txt)",
    "cpt-clinician": "CPT clinician descriptors of the AMA (txt)",
    "cpt-modifiers": "CPT modifiers of the AMA (txt)",
    "pfs": "physician fee schedule relative-value file (csv)",
    **RATE_KIND_NAMES,
    **{kind: f"{name} of the download" for kind, (name, _columns) in MCD_KINDS.items()},
    **LISTED_KINDS,
    "ncd-list": "national determinations with their diagnoses (csv or xlsx: NCD, HCPCS, ICD-10, covered)",
    "cmr": "Elixhauser Comorbidity Software Refined, format program (sas)",
}
"""Kinds of publication of these code sets, with what to call them."""

_HCPCS = re.compile(r"^(?:   [A-Z0-9]{2}|[A-Z]\d{4})\d{5}[37].{282}", re.MULTILINE)
_MONTHS = {"jan": 1, "apr": 4, "jul": 7, "oct": 10}
_MONTH = re.compile(r"(?<![a-z])(jan|apr|jul|oct)[a-z]*(?![a-z])", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)|(?<=HCPC)(20[0-4]\d)|(?<=PPRRVU)(\d\d)(?!\d)")


def detect_service_kind(name: str, head: str) -> str:
    """The kind of a file by its head (text; the rows of a workbook as lines), "" if it is none of these."""
    first = head.lstrip("\ufeff").split("\n", 1)[0].lower().replace('"', "")
    if first.startswith("hcpcs_code,price"):
        return "hcpcs-attributes"
    if first.startswith("hcpcs_code,hcpcs_desc_type"):
        return "hcpcs-titles"
    if first.startswith("hcpcs,long_description"):
        return "hcpcs-unclassified"
    if first.startswith("productid\tproductndc"):
        return "ndc-package" if "ndcpackagecode" in first else "ndc-product"
    if _HCPCS.search(head):
        return "hcpcs-file"
    if re.search(r"^HCPCS,MOD,DESCRIPTION,", head, re.MULTILINE):
        return "pfs"
    if kind := detect_mcd(head) or detect_titled_list(head):
        return kind
    if is_pcs_cpt(head):
        return "pcs-cpt"
    if kind := detect_ncci(name, head):
        return kind
    if is_cmr(head):
        return "cmr"
    if kind := detect_rate_kind(name, head):
        return kind
    lower = head.lower().replace("_", " ")
    if "long description" in lower and "seqnum" in lower and "short description" in lower:
        return "hcpcs-file"
    if "pkg size" in lower and "ndc" in lower and ("billunits" in lower or "bill units" in lower):
        return "ndc-hcpcs"
    return cpt_kind(name, head)


def quarter_named(name: str) -> date | None:
    """The first day of the quarter that the name of a file tells ("HCPC2024_JUL_ANWEB…": 1 July 2024; a year alone:
    1 January), None if it tells none."""
    for part in (name.rsplit("/", 1)[-1], name):
        year = _YEAR.search(part)
        if year is None:
            continue
        month = _MONTH.search(part.replace("_", " "))
        number = next(group for group in year.groups() if group)
        return date(int(number) + (2000 if len(number) == 2 else 0), _MONTHS[month[1].lower()] if month else 1, 1)
    return None


def quarter_end(first: date) -> date:
    """The last day of the quarter that holds a day."""
    month = 3 * ((first.month - 1) // 3) + 4
    return date(first.year + (month > 12), (month - 1) % 12 + 1, 1) - timedelta(days=1)

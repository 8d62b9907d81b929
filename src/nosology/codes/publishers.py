"""Where the publishers put their files: public addresses, tried when ``codesets install`` gets no ``--from``."""

from __future__ import annotations

__all__ = ["PUBLISHER_PAGES", "PUBLISHER_URLS"]

_CDC = "https://ftp.cdc.gov/pub/Health_Statistics/NCHS/Publications/ICD10CM"

PUBLISHER_URLS: dict[str, str] = {
    "icd10cm": f"{_CDC}/2026/icd10cm-table-index-April-2026.zip",
    "icd10cm-index": f"{_CDC}/2026/icd10cm-table-index-April-2026.zip",
    "icd10cm-neoplasm": f"{_CDC}/2026/icd10cm-table-index-April-2026.zip",
    "icd10cm-drugs": f"{_CDC}/2026/icd10cm-table-index-April-2026.zip",
    "icd10cm-external": f"{_CDC}/2026/icd10cm-table-index-April-2026.zip",
    "icd10pcs": "https://www.cms.gov/files/zip/2026-icd-10-pcs-order-file-long-and-abbreviated-titles.zip",
    "icd10pcs-tables": "https://www.cms.gov/files/zip/2026-icd-10-pcs-code-tables-and-index.zip",
    "icd10pcs-index": "https://www.cms.gov/files/zip/2026-icd-10-pcs-code-tables-and-index.zip",
    "gems": "https://www.cms.gov/Medicare/Coding/ICD10/Downloads/2018-ICD-10-CM-General-Equivalence-Mappings.zip",
    "ccsr": "https://hcup-us.ahrq.gov/toolssoftware/ccsr/DXCCSR_v2026-1.zip",
    "poa-exempt": "https://www.cms.gov/files/zip/2026-poa-exempt-codes.zip",
    "hcpcs": "https://www.cms.gov/files/zip/january-2026-alpha-numeric-hcpcs-file.zip",
    "ndc": "https://www.accessdata.fda.gov/cder/ndctext.zip",
    "ndc-hcpcs": "https://www.cms.gov/files/zip/january-2026-asp-ndc-hcpcs-crosswalk.zip",
    "pfs": "https://www.cms.gov/files/zip/rvu26a.zip",
}
"""The file of each code set at its publisher. Addresses change with each release; ``--from URL`` takes any other."""

PUBLISHER_PAGES: dict[str, str] = {
    "icd10cm": "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
    "icd10cm-index": "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
    "icd10cm-neoplasm": "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
    "icd10cm-drugs": "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
    "icd10cm-external": "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
    "icd10cm-conversion": "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
    "icd10pcs": "https://www.cms.gov/medicare/coding-billing/icd-10-codes",
    "icd10pcs-tables": "https://www.cms.gov/medicare/coding-billing/icd-10-codes",
    "icd10pcs-index": "https://www.cms.gov/medicare/coding-billing/icd-10-codes",
    "gems": "https://www.cms.gov/medicare/coding-billing/icd-10-codes",
    "gems-pcs": "https://www.cms.gov/medicare/coding/icd10/2018-icd-10-pcs-and-gems",
    "ccsr": "https://hcup-us.ahrq.gov/toolssoftware/ccsr/dxccsr.jsp",
    "poa-exempt": "https://www.cms.gov/medicare/coding-billing/icd-10-codes",
    "hcpcs": "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update",
    "ndc": "https://www.fda.gov/drugs/drug-approvals-and-databases/national-drug-code-directory",
    "ndc-hcpcs": "https://www.cms.gov/medicare/payment/part-b-drugs/asp-pricing-files",
    "ncci": "https://www.cms.gov/national-correct-coding-initiative-ncci",
    "pfs": "https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
    "gpci": "https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
    "anesthesia": "https://www.cms.gov/medicare/payment/fee-schedules/physician/anesthesiologists-center",
    "opps": "https://www.cms.gov/medicare/payment/prospective-payment-systems/hospital-outpatient/addendum-a-b-updates",
    "elixhauser": "https://hcup-us.ahrq.gov/toolssoftware/comorbidityicd10/comorbidity_icd10.jsp",
    "lcd": "https://www.cms.gov/medicare-coverage-database/downloads/downloads.aspx",
    "ncd": "https://www.cms.gov/medicare/coverage/determination-process/basics/icd-10",
    "taxonomy": "https://www.nucc.org/index.php/code-sets-mainmenu-41/provider-taxonomy-mainmenu-40/csv-mainmenu-57",
    "place-of-service": "https://www.cms.gov/medicare/coding-billing/place-of-service-codes/code-sets",
    "clfs": "https://www.cms.gov/medicare/payment/fee-schedules/clinical-laboratory-fee-schedule-clfs/files",
    "dmepos": "https://www.cms.gov/medicare/payment/fee-schedules/dmepos/dmepos-fee-schedule",
    "msdrg-weights": "https://www.cms.gov/medicare/payment/prospective-payment-systems/acute-inpatient-pps",
}
"""The page on which each publisher lists its files."""

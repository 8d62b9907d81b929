"""Small releases of made-up codes, in the publishers' forms, for the case tables of edits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from nosology.codes.install import install_from

__all__ = ["install_tables"]


def install_tables(home: Path) -> None:
    """Write the tables as their publishers ship them, and install them in the data folder."""
    drop = home / "drop"
    drop.mkdir()
    _write_poa(drop, home)
    _write_ncci(drop, home)
    _write_fees(drop, home)
    _write_coverage(drop, home)
    _write_taxonomy(drop, home)
    _write_opps(drop, home)
    _write_hcpcs(drop, home)


def _write_poa(drop: Path, home: Path) -> None:
    codes = ["Z79.4", "Z87.891", "W19.XXXA", *(f"Z00{n:04}" for n in range(10_000))]
    rows = ["Order\tCode\tDescription of the POA exempt list"] + [
        f"{n}\t{code}\ttext" for n, code in enumerate(codes, 1)
    ]
    path = drop / "POAexemptCodes2026.txt"
    path.write_text("\n".join(rows) + "\n")
    install_from("poa-exempt", path, effective=date(2025, 10, 1), home=home)


PAIRS = (
    ("A0001", "A0002", "0", "20200101", "*"),
    ("A0001", "A0003", "1", "20200101", "*"),
    ("A0001", "A0004", "9", "20200101", "20200101"),
    ("A0001", "A0005", "1", "20200101", "20251231"),
    ("A0006", "A0001", "1", "20200101", "*"),
    ("A0001", "99213", "1", "20200101", "*"),
)
"""Column 1, column 2, modifier indicator, first and last day."""

UNITS = (("A0001", 3, 1), ("A0002", 2, 2), ("A0003", 4, 3), ("A0005", 0, 2))
"""Code, most units, adjudication indicator."""

ADD_ONS = (("A0011", "1", "A0001"), ("A0011", "1", "A0002"), ("A0012", "2", "CCCCC"), ("A0013", "3", "A0001"))
"""Add-on code, type, primary."""


def _write_ncci(drop: Path, home: Path) -> None:
    filler = [(f"Q{n:04}", "Q9999", "1", "20200101", "*") for n in range(1000)]
    for name in ("ccipra-v322r0-f1.txt", "ccioph-v322r0-f1.txt"):
        heads = "Column 1\tColumn 2\tin existence prior to 1996\tEffective Date\tDeletion Date\tModifier\tPTP Edit Rationale"
        lines = ["CPT only copyright", "", heads]
        pairs = PAIRS if "pra" in name else PAIRS[:1]
        lines += [f"{a}\t{b}\t\t{first}\t{last}\t{m}\tMisuse" for a, b, m, first, last in (*pairs, *filler)]
        (drop / name).write_text("\n".join(lines) + "\n")
    rows = [*UNITS, *((f"Q{n:04}", 1, 3) for n in range(600))]
    for name in ("Practitioner", "OutpatientHospital", "DMESupplier"):
        heads = f"HCPCS/CPT Code,{name} Services MUE Values,MUE Adjudication Indicator,MUE Rationale"
        text = "\n".join([heads, *(f"{code},{most},{mai} Date of Service Edit,Policy" for code, most, mai in rows)])
        (drop / f"MCR_MUE_{name}Services_Eff_07-01-2026.csv").write_text(text + "\n")
    added = [*ADD_ONS, *((f"Q{n:04}", "1", "Q9999") for n in range(120))]
    text = "\n".join(["primary_code,add_on_code,aoc_edit_type", *(f"{p},{code},{kind}" for code, kind, p in added)])
    (drop / "AOC_2026Q2.csv").write_text(text + "\n")
    install_from("ncci", drop, effective=date(2026, 4, 1), home=home)


FEES = {
    # code: status, PC/TC, global days, multiple, bilateral, assistant, co-surgeon, team
    "99213": ("A", "0", "XXX", "0", "0", "0", "0", "0"),
    "99291": ("A", "0", "XXX", "0", "0", "0", "0", "0"),
    "B0000": ("A", "0", "000", "2", "0", "1", "0", "0"),
    "B0010": ("A", "0", "010", "2", "1", "0", "1", "1"),
    "B0090": ("A", "0", "090", "2", "1", "2", "2", "2"),
    "B0002": ("A", "0", "090", "2", "2", "2", "0", "0"),
    "B0003": ("A", "1", "XXX", "4", "3", "9", "9", "9"),
    "B0004": ("B", "9", "XXX", "9", "9", "9", "9", "9"),
    "B0005": ("I", "9", "ZZZ", "0", "9", "9", "9", "9"),
    "B0006": ("E", "9", "XXX", "9", "9", "9", "9", "9"),
    "B0007": ("X", "9", "XXX", "9", "9", "9", "9", "9"),
    "B0008": ("A", "3", "XXX", "0", "0", "9", "9", "9"),
    "B0009": ("A", "4", "XXX", "0", "0", "9", "9", "9"),
    "B0011": ("A", "5", "XXX", "0", "0", "9", "9", "9"),
    "99024": ("B", "9", "XXX", "9", "9", "9", "9", "9"),
}
"""Code → indicators of a made-up fee schedule."""


def _write_fees(drop: Path, home: Path) -> None:
    heads = ["HCPCS", "MOD", "DESCRIPTION", *[""] * 25]
    heads[14], heads[24] = "DAYS", "FACTOR"
    lines = [",".join(heads)]
    plain = ("A", "0", "XXX", "0", "0", "0", "0", "0")
    rows = FEES | {f"Y{number:04}": plain for number in range(10_000)}
    for code, (status, pc_tc, days, multiple, bilateral, assistant, co_surgeon, team) in rows.items():
        cells = [code, "", "", status, "", *["1.00"] * 6, "", "", pc_tc, days, "0", "0", "0"]
        cells += [multiple, bilateral, assistant, co_surgeon, team, "", "32.34", "", "", "99"]
        lines.append(",".join(cells))
    path = drop / "PPRRVU2026_Apr.csv"
    path.write_text("\n".join(lines) + "\n")
    install_from("pfs", path, effective=date(2026, 4, 1), home=home)


ARTICLES = (
    # article, version, title, status, first day, last day, contractor
    ("50001", "7", "Billing and Coding: Made-up imaging", "A", "2020-01-01 00:00:00", "", "11"),
    ("50002", "3", "Billing and Coding: Made-up test", "A", "01/01/2024", "", "11"),
    ("50003", "2", "Billing and Coding: Retired", "R", "2016-01-01 00:00:00", "2025-12-31 00:00:00", "11"),
    ("50004", "1", "Billing and Coding: Elsewhere", "A", "2020-01-01 00:00:00", "", "12"),
    ("50005", "1", "Self-Administered Drug Exclusion List", "A", "2020-01-01 00:00:00", "", "11"),
)
SERVICES = {"50001": ("A0101", "A0102"), "50002": ("A0103",), "50003": ("A0104",), "50004": ("A0105",)}
COVERED = (
    # article, group, diagnosis, asterisk
    ("50001", "1", "I10", ""), ("50001", "1", "E11.9", "*"), ("50001", "2", "R07.9", ""), ("50003", "1", "I10", ""),
    ("50004", "1", "I10", ""),
)  # fmt: skip
NONCOVERED = (("50002", "1", "Z00.00"), ("50002", "1", "XX000"))
PARAGRAPHS = (
    ("50001", "1", "<p>The following support A0101 and A0102:</p>"),
    ("50001", "2", "<p>For A0102 only, the following codes:</p>"),
)
"""Made-up articles in the layout of the Medicare Coverage Database."""


def _write_coverage(drop: Path, home: Path) -> None:
    folder = drop / "mcd"
    folder.mkdir()

    def write(name: str, heads: str, rows: list[tuple[str, ...]]) -> None:
        lines = [",".join(f'"{head}"' for head in heads.split())]
        lines += [",".join(f'"{cell}"' for cell in row) for row in rows]
        (folder / name).write_text("\r\n".join(lines) + "\r\n", encoding="cp1252")

    version = {row[0]: row[1] for row in ARTICLES}
    filler = [(f"6{n:04}", "1") for n in range(60)]
    write("article.csv", "article_id article_version title status article_eff_date article_end_date last_updated",
          [(*row[:6], "2026-04-01 00:00:00") for row in ARTICLES]
          + [(*key, "Filler", "A", "2020-01-01", "", "2026-04-01") for key in filler])  # fmt: skip
    write("article_x_hcpc_code.csv", "article_id article_version hcpc_code_id hcpc_code_version hcpc_code_group range",
          [(each, version[each], code, "1", "1", "N") for each, codes in SERVICES.items() for code in codes]
          + [(*key, f"Q{key[0][1:]}", "1", "1", "N") for key in filler])  # fmt: skip
    heads = "article_id article_version icd10_code_id icd10_code_version {} range sort_order description asterisk"
    write("article_x_icd10_covered.csv", heads.format("icd10_covered_group"),
          [(each, version[each], code, "1", group, "N", "1", "text", mark) for each, group, code, mark in COVERED]
          + [(*key, "I10", "1", "1", "N", "1", "text", "") for key in filler])  # fmt: skip
    write(
        "article_x_icd10_noncovered.csv",
        heads.format("icd10_noncovered_group"),
        [(each, version[each], code, "1", group, "N", "1", "text", "") for each, group, code in NONCOVERED],
    )
    write(
        "article_x_icd10_covered_group.csv",
        "article_id article_version icd10_covered_group paragraph",
        [(each, version[each], group, text) for each, group, text in PARAGRAPHS],
    )
    write(
        "article_x_contractor.csv",
        "article_id article_version article_type contractor_id contractor_type_id contractor_version",
        [(row[0], row[1], "6", row[6], "9", "1") for row in ARTICLES],
    )
    write(
        "article_x_code_table.csv",
        "article_id article_version code_table_row hcpc_code_id eff_date end_date",
        [("50005", "1", "1", "J0135", "2020-06-01", ""), ("50005", "1", "2", "J0129", "2020-06-01", "2025-06-30")],
    )
    write(
        "contractor.csv",
        "contractor_id contractor_type_id contractor_version contractor_bus_name contractor_number",
        [("11", "9", "1", "Example MAC", "01112"), ("12", "9", "1", "Other MAC", "02102")],
    )
    install_from("lcd", folder, home=home)
    rows = ["NCD,HCPCS,ICD-10,Covered,Effective,End"] + [
        f"190.99,A0106,{code},{covered},{first},{last}"
        for code, covered, first, last in (
            ("E11.9", "Y", "2016-01-01", ""), ("I10", "N", "2016-01-01", ""), ("E10.9", "Y", "2016-01-01", "2025-12-31"),
        )
    ]  # fmt: skip
    (drop / "ncd_2026.csv").write_text("\n".join(rows) + "\n")
    install_from("ncd", drop / "ncd_2026.csv", home=home)


def _write_taxonomy(drop: Path, home: Path) -> None:
    heads = "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section"
    rows = [f"207Q{n:05}X,Group,Family,,,,Doctor {n},Individual" for n in range(500)]
    path = drop / "nucc_taxonomy_251.csv"
    path.write_text("\n".join([heads, *rows]))
    install_from("taxonomy", path, home=home)


HCPCS = ("A0428", "G2211", "G0438", "G0439", "J0135", "J0129", "S9122", "V0001")
"""Codes of a made-up HCPCS, which has many more of sections A, B and Q."""


def _write_hcpcs(drop: Path, home: Path) -> None:
    folder = drop / "hcpcs"
    folder.mkdir()
    heads = (
        "hcpcs_code,price,multi,cov,betos,tos,action,cim,mcm,statute,lab,xref,asc_grp,proc,anes,date_term,date_added"
    )
    heads += ",date_asc,date_action"
    codes = dict.fromkeys(
        [*HCPCS, *(f"{letter}{n:04}" for letter in "AB" for n in range(200)), *(f"Q{n:04}" for n in range(5000))]
    )
    rows = [f"{code},00,9,I,O1A,1,N,,,,,,,,0,,2010-01-01,,2010-01-01" for code in codes]
    (folder / "hcpcs_lvl2.csv").write_text("\n".join([heads, *rows]) + "\n")
    titles = [f"{code},{kind},Made-up {code}" for code in codes for kind in ("Long", "Short")]
    text = "\n".join(["hcpcs_code,hcpcs_desc_type,hcpcs_description", *titles]) + "\n"
    (folder / "two_descriptions.csv").write_text(text)
    install_from("hcpcs", folder, effective=date(2026, 4, 1), home=home)


STATUSES = ("N", "S", "T", "Q1", "Q4", "J1", "B", "C", "E1", "M", "Y", "P", "Q2", "K", "H")
"""Status indicators of the made-up codes C1000, C1001 …"""
OUTPATIENT = {
    "99284": "J2",
    "36430": "S",
    "G0378": "N",
    "G0379": "J2",
    "G0390": "S",
    "33208": "J1",
    "P9016": "R",
    "C1785": "N",
}
"""Status indicators that codes of these edits have."""


def _write_opps(drop: Path, home: Path) -> None:
    heads = "HCPCS Code,Short Descriptor,CI,SI,APC,Relative Weight,Payment Rate,National Unadjusted Copayment,"
    heads += "Minimum Unadjusted Copayment"
    rows = [f"C{1000 + n},,,{status},,,,," for n, status in enumerate(STATUSES)]
    rows += [f"{code},,,{status},,,,," for code, status in OUTPATIENT.items()]
    rows += [f"Y{n:04},,,A,,,,," for n in range(10_000)]
    path = drop / "2026_Addendum_B.csv"
    path.write_text("\n".join([heads, *rows]) + "\n")
    install_from("opps", path, home=home)

"""Coverage lists, provider taxonomy, places of service: what is installed from which file, what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nosology.codes.coverage_lists import CoverageList
from nosology.codes.describe_books import describe_in_books
from nosology.codes.gems import open_procedure_gems
from nosology.codes.install import install_from
from nosology.codes.sources.cms_mcd import detect_mcd, newest_change, parse_mcd, parse_ncd_list
from nosology.codes.sources.titled_lists import detect_titled_list, parse_titled_list, taxonomy_day
from nosology.codes.titled_list import open_titled_list
from nosology.errors import UnreadableInput, UsageError


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ('"article_id","article_version","icd10_code_id","icd10_covered_group"', "mcd-covered"),
        ("article_id,article_version,icd10_covered_group,paragraph", "mcd-covered-group"),
        ("article_id,article_version,article_type,contractor_id,contractor_version", "mcd-article-contractor"),
        ("contractor_id,contractor_version,contractor_bus_name,contractor_number", "mcd-contractor"),
        ("article_id,article_version,code_table_row,hcpc_code_id", "mcd-drugs"),
        ("NCD,CPT/HCPCS,ICD-10 code,Covered (Y/N),Effective date", "ncd-list"),
        ("HCPCS,MOD,DESCRIPTION", ""),
    ],
)
def test_tables_are_told_apart(head: str, kind: str) -> None:
    assert detect_mcd(head + "\r\nx") == kind


def test_what_is_missing_or_cut_short_is_said() -> None:
    with pytest.raises(UnreadableInput, match=r"article_x_hcpc_code\.csv"):
        parse_mcd({"mcd-article": [("article.csv", "article_id,title,status\n1,x,A")]})
    texts = {
        "mcd-article": "article_id,article_version,title,status,article_eff_date\n1,1,x,A,2020-01-01",
        "mcd-hcpcs": "article_id,article_version,hcpc_code_id,hcpc_code_group\n1,1,A0001,1",
        "mcd-covered": "article_id,article_version,icd10_code_id,icd10_covered_group\n1,1,I10,1",
        "mcd-article-contractor": "article_id,article_version,contractor_id,contractor_version\n1,1,1,1",
        "mcd-contractor": "contractor_id,contractor_version,contractor_number\n1,1,1112",
    }
    with pytest.raises(UnreadableInput, match="truncated"):
        parse_mcd({kind: [(kind, text)] for kind, text in texts.items()})
    with pytest.raises(UnreadableInput, match="heads"):
        parse_ncd_list([["a", "b"], ["1", "2"]], name="x.csv")
    assert newest_change("article_id,last_updated\n1,2026-03-02 10:00:00\n2,3/9/2025", name="x") == date(2026, 3, 2)


def test_what_a_list_covers() -> None:
    both = CoverageList("A1", "", frozenset({"I10"}), frozenset({"Z0000"}), frozenset())
    assert both.covers(["J02.9", "I10"]) == "I10"
    assert both.covers(["J02.9"]) == ""
    only_refused = CoverageList("A1", "", frozenset(), frozenset({"Z0000"}), frozenset())
    assert only_refused.covers(["J02.9"]) == "J029"
    assert only_refused.covers(["Z00.00"]) == ""


def test_titled_lists(tmp_path: Path) -> None:
    rows = [f"207Q{n:05}X,Group,Family Medicine,,text,,Doctor {n},Individual" for n in range(600)]
    heads = "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section"
    path = tmp_path / "nucc_taxonomy_251.csv"
    path.write_text("\n".join([heads, *rows]), encoding="utf-8")
    release = install_from("taxonomy", path, home=tmp_path)
    assert (release.effective_from, release.counts) == (date(2025, 10, 1), {"codes": 600})
    book = open_titled_list("taxonomy", home=tmp_path)
    assert "207q00007x" in book
    found = book.find("207Q00007X")
    assert found is not None
    assert (found.title, found.group, found.more) == ("Doctor 7", "Group", "Family Medicine")
    with pytest.raises(UnreadableInput, match="truncated"):
        parse_titled_list("nucc-taxonomy", f"{heads}\n{rows[0]}", name="x.csv")
    assert [taxonomy_day(name) for name in ("nucc_taxonomy_260.csv", "x.csv")] == [date(2026, 4, 1), None]


def test_what_is_at_hand(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "codesets" / "other"
    assert install_from("taxonomy", folder / "nucc_taxonomy_251.csv", home=tmp_path).counts == {"codes": 883}
    with pytest.raises(UsageError, match="--effective"):
        install_from("place-of-service", folder / "pos_codes.csv.gz", home=tmp_path)
    install_from("place-of-service", folder / "pos_codes.csv.gz", effective=date(2024, 1, 1), home=tmp_path)
    places = open_titled_list("place-of-service", home=tmp_path)
    office = places.find("11")
    assert office is not None
    assert (office.title, office.group) == ("Office", "Non-Facility")
    assert "28" not in places  # unassigned
    assert detect_titled_list("pos_code,pos_type,pos_name") == "pos-list"


def test_mappings_of_procedures(tmp_path: Path) -> None:
    """The layout of CMS: four digits, two blanks, seven characters, flags; and the reverse."""
    drop = tmp_path / "drop"
    drop.mkdir()
    filler = [f"{n:04}" for n in range(5000, 10_000)]
    forth = ["4701  0DTJ4ZZ 10000", "0066  NoPCS   11000", *(f"{code}  0DTJ0ZZ 10000" for code in filler)]
    back = ["0DTJ4ZZ 4701  10000", *(f"0DT{n:04} 4709  10000" for n in range(5000)), *["0DTJ0ZZ 4709  10000"] * 20_000]
    (drop / "gem_pcsi9.txt").write_text("\n".join(back))
    with pytest.raises(UnreadableInput, match="both directions"):
        install_from("gems-pcs", drop, home=tmp_path)
    (drop / "gem_i9pcs.txt").write_text("\n".join(forth))
    install_from("gems-pcs", drop, home=tmp_path)
    gems = open_procedure_gems(home=tmp_path)
    assert [(each.source, each.target, each.approximate) for each in gems.to_pcs("47.01")] == [
        ("47.01", "0DTJ4ZZ", True)
    ]
    assert [each.target for each in gems.to_icd9("0dtj4zz")] == ["47.01"]
    assert [each.target for each in gems.to_pcs("0066")] == [""]
    assert gems.to_icd9("nothing") == ()
    found = describe_in_books("47.01", on=date(2026, 5, 4), system="icd9-procedures", home=tmp_path)
    assert found is not None
    assert [each["code"] for each in found["maps"]["icd10pcs"]] == ["0DTJ4ZZ"]

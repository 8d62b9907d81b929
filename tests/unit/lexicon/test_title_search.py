"""Search over lists of titles: words, prefixes, typos, other names, and its speed on the real code sets."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nosology.codes.install import install_from
from nosology.errors import ReleaseNotFound, UsageError
from nosology.lexicon.book_search import search_titles
from nosology.lexicon.title_search import TitleSearcher

TITLES = [
    ("A1", "Injection, examplinum sodium, per 250 mg", ""),
    ("A2", "Injection, examplinum sodium and helperol, 1 mg", ""),
    ("A3", "Wheeled cart, folding, adult", ""),
    ("A4", "Cart, standard", "trolley"),
    ("A5", "Dressing, foam, sterile, 1,000 units each", ""),
]


@pytest.fixture(scope="module")
def searcher() -> TitleSearcher:
    return TitleSearcher(TITLES, {"exemplin": "examplinum sodium", "push along": "wheeled cart"})


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("examplinum", "A1"),
        ("sodium examplinum injection", "A1"),
        ("exampl", "A1"),
        ("exampinum", "A1"),
        ("Exemplin", "A1"),
        ("helperol", "A2"),
        ("cart", "A4"),
        ("carts folding", "A3"),
        ("trolley", "A4"),
        ("push along", "A3"),
        ("examplinum 250mg", "A1"),
        ("foam 1000 units", "A5"),
        ("a3", "A3"),
        ("examplinum purple", "A1"),
    ],
)
def test_finds(searcher: TitleSearcher, query: str, first: str) -> None:
    assert searcher.search(query)[0].code == first


def test_scores_are_ordered_and_bounded(searcher: TitleSearcher) -> None:
    scores = [hit.score for hit in searcher.search("injection examplinum", limit=5)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len(searcher.search("cart", limit=1)) == 1
    assert searcher.search("qqqqzzz") == []


def test_refusals(searcher: TitleSearcher, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="empty"):
        searcher.search("  ")
    with pytest.raises(UsageError, match="1 or more"):
        searcher.search("cart", limit=0)
    with pytest.raises(UsageError, match="cannot be searched"):
        search_titles("cart", system="ccsr", home=tmp_path)
    with pytest.raises(ReleaseNotFound, match="codesets install hcpcs"):
        search_titles("cart", system="hcpcs", home=tmp_path)


@pytest.fixture(scope="module")
def hcpcs_home(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hcpcs")
    install_from("hcpcs", shared_data / "codesets" / "hcpcs", home=folder)
    return folder


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Rocephin", "J0696"),
        ("cefriaxone injektion", "J0696"),
        ("depo medrol", "J1010"),
        ("cpap", "E0601"),
        ("portable oxygen concentrator", "E1392"),
        ("infusion saline 1000 cc", "J7030"),
        ("custom fabricated knee orthosis", "L1834"),
        ("toradol", "J1885"),
        ("right side", "RT"),
        ("trastuzmab", "J9355"),
        ("keytruda", "J9271"),
        ("vitamin b12", "J3420"),
        ("botox", "J0585"),
        ("iron sucrose", "J1756"),
        ("rollator", "E0143"),
    ],
)
def test_hcpcs(hcpcs_home: Path, query: str, first: str) -> None:
    assert first in [hit.code for hit in search_titles(query, system="hcpcs", home=hcpcs_home)[:3]]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("laparoscopic cholecystectomy", "0FT44ZZ"),
        ("resection sigmoid colon percutaneous endoscopic", "0DTN4ZZ"),
        ("sigmod colon resecton", "0DTN0ZZ"),
        ("drainage right pleural cavity percutaneous", "0W993ZZ"),
        ("replacement right knee joint synthetic substitute cemented open", "0SRC0J9"),
    ],
)
def test_pcs(home: Path, query: str, first: str) -> None:
    assert search_titles(query, system="icd10pcs", home=home)[0].code == first


def test_icd9(home: Path) -> None:
    assert search_titles("unqualified appendicitis", system="icd9", home=home)[0].code == "541"


def test_a_query_takes_less_than_20_ms(home: Path, hcpcs_home: Path) -> None:
    queries = [
        "injection", "wheelchair folding", "drug not otherwise classified injection",
        "bypass coronary artery three arteries", "percutaneous endoscopic approach",
        "replacement knee joint synthetic substitute cemented open", "pnumothorax dranage",
    ]  # fmt: skip
    for system, folder in (("hcpcs", hcpcs_home), ("icd10pcs", home)):
        search_titles("first", system=system, home=folder)
        spent = []
        for query in queries:
            start = time.process_time()
            search_titles(query, system=system, home=folder)
            spent.append(time.process_time() - start)
        assert sorted(spent)[len(spent) // 2] < 0.02

"""How fast and how apt code search is against a plain BM25 (SQLite FTS5) over the same titles and inclusion terms.

    python bench/search.py [--terms FILE]

One run, one core, processor time. The queries are made here from the code set itself, the same in every run: plain
titles, words in another order, one letter left out, unfinished last words. Prints queries a second, the ratio to BM25,
the slowest query, and how often each side finds the category first. ``--terms FILE`` (CSV with term, code) adds the
share of terms found at rank 1, by category at rank 1, and among the first ten.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from nosology.codes.icd10cm import Icd10cm, open_icd10cm
from nosology.pipeline import search

Find = Callable[[str], Sequence[str]]
KINDS = ("plain", "shuffled", "misspelt", "unfinished")
_WORD = re.compile(r"\w+")


def build_bm25(icd: Icd10cm) -> Find:
    """Return a search by BM25 over titles and inclusion terms, any word of the query matching."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table terms using fts5(text, code unindexed, tokenize = 'porter')")
    listed = [code for code in icd.codes() if icd.kind(code) not in ("chapter", "block", "extended")]
    rows = [(icd.title(code), code) for code in listed]
    rows += [(text, code) for code, text in icd.notes_of_kind("inclusion_terms")]
    base.executemany("insert into terms values (?, ?)", rows)

    def find(query: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(query))
        if not words:
            return []
        sql = "select code from terms where terms match ? order by rank limit 10"
        return [code for (code,) in base.execute(sql, (words,))]

    return find


def make_queries(icd: Icd10cm, count: int) -> dict[str, list[tuple[str, str]]]:
    """Return ``count`` queries of each kind with the code that they are made from."""
    chance = random.Random(20260504)
    codes = [c for c in icd.codes() if icd.kind(c) == "category" and 2 <= len(icd.title(c).split()) <= 6]
    made: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    for code in chance.sample(codes, count):
        words = icd.title(code).replace(",", "").split()
        made["plain"].append((" ".join(words), code))
        made["shuffled"].append((" ".join(chance.sample(words, len(words))), code))
        longest = max(range(len(words)), key=lambda i: len(words[i]))
        at = chance.randrange(1, len(words[longest]) - 1)
        slip = words[longest][:at] + words[longest][at + 1 :]
        made["misspelt"].append((" ".join([*words[:longest], slip, *words[longest + 1 :]]), code))
        made["unfinished"].append((" ".join([*words[:-1], words[-1][: max(3, len(words[-1]) - 3)]]), code))
    return made


def measure(find: Find, queries: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """Return queries a second, the slowest query in milliseconds, and the share whose category comes first."""
    slowest = found = 0.0
    started = time.process_time()
    for query, code in queries:
        begun = time.process_time()
        codes = find(query)
        slowest = max(slowest, time.process_time() - begun)
        found += bool(codes) and codes[0][:3] == code[:3]
    return len(queries) / (time.process_time() - started), slowest * 1000, found / len(queries)


def measure_terms(find: Find, path: Path) -> str:
    """Return how many of the terms in ``path`` are found: code at rank 1, category at rank 1, code in the first ten."""
    with path.open(encoding="utf-8") as file:
        rows = [(row["term"], row["code"]) for row in csv.DictReader(file)]
    exact = category = ten = 0
    for term, code in rows:
        codes = find(term)
        exact += list(codes[:1]) == [code]
        category += bool(codes) and codes[0][:3] == code[:3]
        ten += code in codes
    return f"rank 1 {exact / len(rows):.3f}, category {category / len(rows):.3f}, first ten {ten / len(rows):.3f}"


def main() -> None:
    """Measure both sides and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terms", type=Path, help="CSV with the columns term and code")
    parser.add_argument("--count", type=int, default=300, help="queries of each kind")
    options = parser.parse_args()
    icd = open_icd10cm()
    bm25 = build_bm25(icd)
    started = time.process_time()
    search("diabetes")
    print(f"loaded and built in {time.process_time() - started:.2f} s of processor time")

    def ours(query: str) -> list[str]:
        return [hit.code for hit in search(query)]

    for query in ("hypertension", "hypertenson", "chronic kidny disease stage 3"):  # what is made on first use
        ours(query)
    print(f"{'queries':12}{'ours/s':>10}{'BM25/s':>10}{'ratio':>8}{'slowest ms':>12}{'first: ours':>13}{'BM25':>8}")
    for kind, queries in make_queries(icd, options.count).items():
        rate, slowest, found = measure(ours, queries)
        rival, _slowest, rival_found = measure(bm25, queries)
        ratio = rate / rival
        print(f"{kind:12}{rate:10.0f}{rival:10.0f}{ratio:8.2f}{slowest:12.1f}{found:13.3f}{rival_found:8.3f}")
    if options.terms:
        print("terms, ours:", measure_terms(ours, options.terms))
        print("terms, BM25:", measure_terms(bm25, options.terms))


if __name__ == "__main__":
    main()

"""How fast code search is in every code set, and how apt against a plain BM25 (SQLite FTS5) over ICD-10-CM.

    python bench/search.py [--terms FILE] [--only SET] [--fast]

One run, one core, processor time. The queries are made here from each code set itself, the same in every run: plain
titles, words in another order, one letter left out, unfinished last words. First every code set that is installed, with
made-up CPT and NDC of real size: median, 95th percentile and slowest query after one for warming up; every query is
asked once, so that nothing of it is remembered. Then ICD-10-CM against BM25: queries a second, the ratio, and how often
each side finds the category first (``--fast``: without). ``--terms FILE`` (CSV with term, code) adds their times and
the share of terms found at rank 1, by category at rank 1, and among the first ten.
"""

from __future__ import annotations

import argparse
import csv
import gc
import random
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from made_up_books import install_made_up

from nosology.codes.icd10cm import Icd10cm, open_icd10cm
from nosology.errors import ReleaseNotFound
from nosology.lexicon.book_search import TITLE_SYSTEMS
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


def vary(titles: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Return queries of each kind with the code that they are made from."""
    chance = random.Random(20260504)
    made: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    for code, title in titles:
        words = title.replace(",", "").split()
        made["plain"].append((" ".join(words), code))
        made["shuffled"].append((" ".join(chance.sample(words, len(words))), code))
        longest = max(range(len(words)), key=lambda i: len(words[i]))
        at = chance.randrange(1, max(2, len(words[longest]) - 1))
        slip = words[longest][:at] + words[longest][at + 1 :]
        made["misspelt"].append((" ".join([*words[:longest], slip, *words[longest + 1 :]]), code))
        made["unfinished"].append((" ".join([*words[:-1], words[-1][: max(3, len(words[-1]) - 3)]]), code))
    return made


def make_queries(icd: Icd10cm, count: int) -> dict[str, list[tuple[str, str]]]:
    """Return ``count`` queries of each kind, made from categories of ICD-10-CM."""
    codes = [c for c in icd.codes() if icd.kind(c) == "category" and 2 <= len(icd.title(c).split()) <= 6]
    chosen = random.Random(20260504).sample(codes, count)
    return vary((code, icd.title(code)) for code in chosen)


def sample_titles(system: str, count: int, home: Path) -> list[tuple[str, str]]:
    """Return ``count`` codes of a code set with the first words of their titles, as somebody might type them."""
    _release, titles, _names = TITLE_SYSTEMS[system](None, home, None)
    rows = [(code, title) for code, title, _more in titles() if len(title.split()) > 1]
    chosen = random.Random(20260504).sample(rows, min(count, len(rows)))
    return [(code, " ".join(title.split()[: 3 + place % 5])) for place, (code, title) in enumerate(chosen)]


def time_queries(find: Find, queries: Sequence[str]) -> str:
    """Return the median, the 95th percentile and the slowest time of the queries, in ms of processor time."""
    find("warm up")
    gc.collect()
    times = []
    for query in queries:
        begun = time.process_time()
        find(query)
        times.append((time.process_time() - begun) * 1000)
    ordered = sorted(times)
    slowest = queries[times.index(ordered[-1])]
    middle, late = ordered[len(ordered) // 2], ordered[int(0.95 * len(ordered))]
    return f"{len(queries):8}{middle:10.2f}{late:10.2f}{ordered[-1]:10.2f}  {slowest[:48]}"


def time_sets(count: int, only: str) -> None:
    """Print the times of every code set that is at hand, and of made-up CPT and NDC."""
    print(
        f"{'code set':18}{'queries':>8}{'median':>10}{'p95':>10}{'slowest':>10}  ms of processor time; the slowest one"
    )
    with tempfile.TemporaryDirectory(prefix="nosology-bench-") as folder:
        home = install_made_up(Path(folder))
        icd = open_icd10cm(home=home)
        for system in ("icd10cm", *TITLE_SYSTEMS):
            if only not in ("", system):
                continue
            try:
                made = make_queries(icd, count) if system == "icd10cm" else vary(sample_titles(system, count, home))
            except ReleaseNotFound:
                print(f"{system:18}not installed")
                continue
            search("warm up", system=system, home=home)
            search("warm up again", system=system, home=home)

            def find(query: str, system: str = system) -> list[str]:
                return [hit.code for hit in search(query, system=system, home=home)]

            print(f"{system:18}{time_queries(find, [query for asked in made.values() for query, _code in asked])}")


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
    parser.add_argument("--only", default="", help="the times of this code set alone")
    parser.add_argument("--fast", action="store_true", help="without BM25")
    parser.add_argument("--count", type=int, default=300, help="queries of each kind")
    options = parser.parse_args()
    time_sets(options.count, options.only)
    if options.only:
        return
    icd = open_icd10cm()
    bm25 = build_bm25(icd) if not options.fast else None
    started = time.process_time()
    search("diabetes")
    print(f"loaded and built in {time.process_time() - started:.2f} s of processor time")

    def ours(query: str) -> list[str]:
        return [hit.code for hit in search(query)]

    for query in ("hypertension", "hypertenson", "chronic kidny disease stage 3"):  # what is made on first use
        ours(query)
    if bm25 is not None:
        print(f"{'queries':12}{'ours/s':>10}{'BM25/s':>10}{'ratio':>8}{'slowest ms':>12}{'first: ours':>13}{'BM25':>8}")
        for kind, queries in make_queries(icd, options.count).items():
            rate, slowest, found = measure(ours, queries)
            rival, _slowest, rival_found = measure(bm25, queries)
            ratio = rate / rival
            print(f"{kind:12}{rate:10.0f}{rival:10.0f}{ratio:8.2f}{slowest:12.1f}{found:13.3f}{rival_found:8.3f}")
    if options.terms:
        with options.terms.open(encoding="utf-8") as file:
            print(f"{'terms':18}{time_queries(ours, [row['term'] for row in csv.DictReader(file)])}")
        print("terms, ours:", measure_terms(ours, options.terms))
        if bm25 is not None:
            print("terms, BM25:", measure_terms(bm25, options.terms))


if __name__ == "__main__":
    main()

"""``python bench/web.py``: the time that the server takes for its pages, with 10,000 encounters and 50-page documents.

On the embedded database and, where it is installed, on PostgreSQL. Each page is asked for many times, of different
charts, through everything that a request passes but the wire. Shown are the median and the 95th percentile by the
clock, the same by the processor (what remains of them on a busy machine), and the number of queries, there and in an
organisation of 300 encounters. Ends with 1 where a page is slower than it may be (charts 300 ms, worklists 500 ms, at
the 95th percentile by the clock) or where a number of queries grows with the rows.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]

CHART, LIST = 0.300, 0.500  # seconds at the 95th percentile
COPIES = 60


def main() -> int:
    """Measure on both databases; each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encounters", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=60)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        return measure(given.encounters, given.turns)
    from postgres import binaries, postgres

    words = [sys.executable, __file__, "--here", "--encounters", str(given.encounters), "--turns", str(given.turns)]
    print(f"embedded (SQLite), {given.encounters} encounters", flush=True)
    codes = [subprocess.run(words, env=os.environ | {"NOSOLOGY_DATABASE": ""}, check=False).returncode]
    if binaries() is None:
        print("PostgreSQL: skipped, it is not installed here")
    else:
        print(f"PostgreSQL, {given.encounters} encounters", flush=True)
        with postgres(durable=True) as address:
            env = os.environ | {"NOSOLOGY_DATABASE": address}
            codes.append(subprocess.run(words, env=env, check=False).returncode)
    return max(codes)


def measure(count: int, turns: int) -> int:
    """Fill the database at hand, ask for every page, print the table."""
    import server_bench

    with tempfile.TemporaryDirectory(prefix="nosology-bench-") as folder:
        server_bench.prepare_home(Path(folder))
        from django.db import connection, reset_queries

        import server_world
        from nosology.web.ops.warm import warm_up

        warm_up()
        began = time.perf_counter()
        small = server_world.make_organisation("Small Hospital", sample=True)
        large = server_world.make_organisation("Large Hospital", sample=True)
        worlds: dict[str, tuple[Any, list[Any]]] = {}
        for organisation, rows, copies in ((small, 300, 6), (large, count, COPIES)):
            people = [server_world.make_person(organisation, "coder") for _ in range(12)]
            boss = server_world.make_person(organisation, "manager", "coder")
            like = server_bench.long_chart(organisation)
            charts = server_bench.fill(organisation, [boss, *people], rows, like=like, copies=copies)
            worlds[organisation.name] = (server_world.signed_in(boss, organisation), charts)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        print(f"  filled in {time.perf_counter() - began:.0f} s")
        bad = []
        print(f"  {'':<20}   by the clock (may be)   by the processor   queries (of 300)")
        for name, limit, asks in pages():
            connection.force_debug_cursor = True
            queries = {}
            for world in (small.name, large.name):
                client, charts = worlds[world]
                ask = asks(client, charts)
                for _ in range(3):
                    reset_queries()
                    answer = next(ask)
                    queries[world] = len(connection.queries)
                assert answer.status_code == 200, (name, answer.status_code, answer.content[:300])
            connection.force_debug_cursor = False
            times, work = [], []
            for _ in range(turns):
                start, busy = time.perf_counter(), time.process_time()
                answer = next(ask)
                times.append(time.perf_counter() - start)
                work.append(time.process_time() - busy)
                assert answer.status_code == 200, (name, answer.status_code)
            middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            busy, busiest = statistics.median(work), statistics.quantiles(work, n=20)[-1]
            grown = queries[large.name] > queries[small.name] + 1  # one more where there is a next page
            bad += [name] if high > limit or grown else []
            print(
                f"  {name:<20} {middle * 1000:>5.0f} {high * 1000:>5.0f} ms ({limit * 1000:.0f})"
                f"    {busy * 1000:>5.0f} {busiest * 1000:>5.0f} ms   {queries[large.name]:>4} ({queries[small.name]})"
                f"{' <-' if high > limit or grown else ''}",
                flush=True,
            )
        connection.close()
    return 1 if bad else 0


Ask = Callable[[Any, list[Any]], Iterator[Any]]


def pages() -> list[tuple[str, float, Ask]]:
    """Every page with what it may take."""
    lists = {
        "worklist": "/worklist?list=team",
        "worklist, mine": "/worklist?list=mine",
        "worklist, filtered": "/worklist?list=team&setting=inpatient&payer=Medicaid&priority=1",
        "worklist, by value": "/worklist?list=unassigned&sort=value&descending=1",
        "worklist, final": "/worklist?list=final",
        "worklist counts": "/worklist/counts",
        "intake": "/intake",
    }
    found = [(name, LIST, _list(address)) for name, address in lists.items()]
    found += [
        ("chart", CHART, _chart("")),
        ("chart, document", CHART, _document),
        ("chart, panel", CHART, _chart("/panel")),
        ("chart, code", CHART, _chart("/codes/{key}")),
        ("chart, search", CHART, _chart("/search?q=acute+kidney+fail")),
        ("chart, decision", CHART, _decide),
    ]
    return found


def _list(address: str) -> Ask:
    def ask(client: Any, charts: list[Any]) -> Iterator[Any]:
        while True:
            yield client.get(address)

    return ask


def _chart(rest: str) -> Ask:
    def ask(client: Any, charts: list[Any]) -> Iterator[Any]:
        for chart in cycle(charts):
            key = chart.worksheet.codes[1]["key"] if "{key}" in rest else ""
            yield client.get(f"/charts/{chart.pk}{rest.format(key=key)}")

    return ask


def _document(client: Any, charts: list[Any]) -> Iterator[Any]:
    for chart in cycle(charts):
        first = chart.documents.order_by("position").values_list("pk", flat=True)[0]
        yield client.get(f"/charts/{chart.pk}/documents/{first}")


def _decide(client: Any, charts: list[Any]) -> Iterator[Any]:
    from nosology.store.models import Worksheet

    for turn, chart in enumerate(cycle(charts)):
        sheet = Worksheet.everywhere.get(encounter=chart)
        key = sheet.codes[turn // len(charts) % len(sheet.codes)]["key"]
        yield client.post(
            f"/charts/{chart.pk}/decide",
            {"verb": "accept", "key": key, "version": sheet.version},
            headers={"HX-Request": "true"},
        )


if __name__ == "__main__":
    sys.exit(main())

"""``python bench/coders.py``: thirty coders at work at once on PostgreSQL, while the server is killed at random points.

``nosology serve`` runs as in earnest (PostgreSQL with fsync, several processes). Every coder claims charts, opens them,
decides on each code and finishes them, over HTTP, with a second or some between two steps; what gets no answer is sent
again with the same key, as the page does. All of the server's processes are killed (SIGKILL) every so often and started
again. In the end every decision that was acknowledged must be in the books exactly once, every chart that was finished
must be final, and the audit chain must be whole. Ends with 1 where one of that fails, or where an answer was an error.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests")]


@dataclass
class Tally:
    """What the coders saw."""

    decisions: dict[str, str] = field(default_factory=dict)  # request key → encounter: acknowledged
    finished: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    again: int = 0


class Coder(threading.Thread):
    """One coder with a session, at work until ``stop``."""

    def __init__(self, number: int, port: int, session: str, stop: threading.Event, pause: float) -> None:
        super().__init__(name=f"coder-{number}", daemon=True)
        self.random = random.Random(number)
        self.port, self.stop, self.pause = port, stop, pause
        self.token = secrets.token_hex(16)
        self.cookie = f"sessionid={session}; csrftoken={self.token}"
        self.line: http.client.HTTPConnection | None = None
        self.tally = Tally()

    def run(self) -> None:
        """Chart after chart."""
        try:
            while not self.stop.is_set():
                self.work()
        except Exception as error:
            self.tally.errors.append(f"{type(error).__name__}: {error}"[:200])

    def work(self) -> None:
        """One chart: claimed, opened, decided, finished."""
        status, headers, body = self.ask("POST", "/worklist/claim-next", {})
        where = headers.get("HX-Redirect") or headers.get("Location") or ""
        chart = re.search(r"/charts/([0-9a-f-]{36})", where + body)
        if chart is None:
            self.tally.errors.append(f"claim: {status} without a chart")
            self.stop.wait(1)
            return
        name = chart.group(1)
        status, _, page = self.ask("GET", f"/charts/{name}")
        if status != 200:
            return
        version = self.version(page)
        keys = list(dict.fromkeys(re.findall(r'data-key="([^"]+)"', page)))
        for position, key in enumerate(keys):
            if self.stop.is_set():
                return
            self.wait()
            rejects = position > 0 and self.random.random() < 0.2
            form = {"verb": "reject" if rejects else "accept", "key": key}
            if rejects:
                form["why"] = "not supported"
            version = self.post(f"/charts/{name}/decide", form, version, name)
        self.wait()
        before = len(self.tally.errors)
        self.post(f"/charts/{name}/finalize", {"why": "looked at; accepted as it stands"}, version, name)
        if len(self.tally.errors) == before:
            self.tally.finished.add(name)

    def post(self, address: str, form: dict[str, str], version: int, chart: str) -> int:
        """A decision with its key; the version that stands afterwards."""
        key = secrets.token_hex(12)
        status, _, body = self.ask("POST", address, form | {"version": str(version), "request": key})
        if status == 200:
            self.tally.decisions[key] = chart
            return self.version(body) or version
        said = " ".join(re.sub(r"<[^>]+>", " ", body[:4000]).split())[:150]
        self.tally.errors.append(f"{address.rsplit('/', 1)[1]}: {status} {said}")
        return version

    def ask(self, method: str, address: str, form: dict[str, str] | None = None) -> tuple[int, dict[str, str], str]:
        """One request, sent again for a minute where nobody answers."""
        body = urlencode(form) if form is not None else None
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.token, "HX-Request": "true"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if method == "GET":
            del headers["HX-Request"]
        deadline = time.monotonic() + 90
        while True:
            began = time.perf_counter()
            try:
                if self.line is None:
                    self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.line.request(method, address, body, headers)
                answer = self.line.getresponse()
                text = answer.read().decode("utf-8", "replace")
                if answer.status >= 500:
                    self.tally.errors.append(f"{method} {address.rsplit('/', 1)[-1]}: {answer.status}")
                self.tally.times.append(time.perf_counter() - began)
                return answer.status, dict(answer.headers), text
            except (OSError, http.client.HTTPException) as error:
                if self.line is not None:
                    self.line.close()
                self.line = None
                self.tally.again += 1
                if time.monotonic() > deadline:
                    raise TimeoutError(f"no answer for 90 s ({type(error).__name__})") from None
                time.sleep(0.5)

    def version(self, page: str) -> int:
        """The version that a page or panel names."""
        found = re.search(r'data-version="(\d+)"|name="version" value="(\d+)"', page)
        return int(found.group(1) or found.group(2)) if found else 0

    def wait(self) -> None:
        """As long as a person looks."""
        self.stop.wait(self.random.uniform(0.5, 1.5) * self.pause)


class Server:
    """``nosology serve`` that can be killed and started again on the same port."""

    def __init__(self, home: Path, workers: int) -> None:
        self.home, self.workers, self.port = home, workers, 0
        self.process: subprocess.Popen[str] | None = None
        self.kills = 0

    def start(self) -> None:
        """Start, and wait until it answers."""
        words = [sys.executable, "-m", "nosology", "serve", "--no-sample", "--port", str(self.port)]
        log = (self.home / "serve.log").open("a", encoding="utf-8")
        self.process = subprocess.Popen([*words, "--workers", str(self.workers)], stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        for line in self.process.stderr:
            log.write(line)
            if line.startswith("open "):
                self.port = urlsplit(line.split()[1]).port or 0
            if line.startswith("stop "):
                break
        threading.Thread(target=lambda: [log.write(line) for line in self.process.stderr], daemon=True).start()
        for _ in range(400):
            try:
                line_ = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                line_.request("GET", "/ready")
                if line_.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("the server does not start")

    def kill(self) -> None:
        """SIGKILL to everything that belongs to it."""
        assert self.process is not None
        for pid in (*_family(self.process.pid), self.process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()
        self.kills += 1

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=60)


def _family(pid: int) -> list[int]:
    """The descendants of a process (Linux)."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *_family(child)]
    return found


def main() -> int:
    """Bench and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coders", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two steps of a coder, on average")
    parser.add_argument("--workers", type=int, default=0)
    given = parser.parse_args()
    from postgres import binaries, postgres

    if binaries() is None:
        print("skipped: PostgreSQL is not installed here")
        return 0
    with postgres(durable=True, connections=200) as address, tempfile.TemporaryDirectory(prefix="nosology-") as folder:
        os.environ["NOSOLOGY_DATABASE"] = address
        return bench(given, Path(folder))


def bench(given: argparse.Namespace, home: Path) -> int:
    """Fill, let them work, compare."""
    import server_bench

    server_bench.prepare_home(home)
    from django.conf import settings
    from django.db import connection

    import server_world

    house = server_world.make_organisation("Bench Hospital", sample=True)
    people = [server_world.make_person(house, "coder") for _ in range(given.coders)]
    count = int(given.coders * (4 + given.seconds / max(given.pause, 0.2) / 4))
    server_bench.fill(house, people, count, free=True)
    sessions = [server_world.signed_in(each, house).cookies[settings.SESSION_COOKIE_NAME].value for each in people]
    connection.close()
    server = Server(home, given.workers)
    server.start()
    print(f"{given.coders} coders for {given.seconds:.0f} s, {count} charts, {given.kills} kills", flush=True)
    stop = threading.Event()
    coders = [Coder(number, server.port, session, stop, given.pause) for number, session in enumerate(sessions)]
    for coder in coders:
        coder.start()
    luck, began = random.Random(7), time.monotonic()
    moments = sorted(luck.uniform(0.1, 0.9) * given.seconds for _ in range(given.kills))
    for moment in moments:
        time.sleep(max(0.0, began + moment - time.monotonic()))
        server.kill()
        server.start()
    time.sleep(max(0.0, began + given.seconds - time.monotonic()))
    stop.set()
    for coder in coders:
        coder.join(timeout=120)
    code = server.stop()
    return judge([coder.tally for coder in coders], server, code)


def judge(tallies: list[Tally], server: Server, code: int) -> int:
    """Compare what was acknowledged with what is in the books."""
    from nosology.actions.audit_proof import prove_audit_log
    from nosology.store.models import Decision, Encounter

    told = {key: chart for each in tallies for key, chart in each.decisions.items()}
    finished = {chart for each in tallies for chart in each.finished}
    errors = [error for each in tallies for error in each.errors]
    times = sorted(each for tally in tallies for each in tally.times)
    rows = Decision.everywhere.exclude(request="").values_list("request", "encounter_id")
    kept = {request: str(chart) for request, chart in rows}
    lost = [key for key, chart in told.items() if kept.get(key) != chart]
    twice = len(rows) - len(kept)
    open_still = finished - {
        str(each) for each in Encounter.everywhere.filter(state="final").values_list("pk", flat=True)
    }
    proof = prove_audit_log()
    print(f"  requests answered     {len(times)}, median {statistics.median(times) * 1000:.0f} ms, "
          f"95th percentile {times[int(len(times) * 0.95)] * 1000:.0f} ms")  # fmt: skip
    print(f"  sent again            {sum(each.again for each in tallies)} times, around {server.kills} kills")
    print(f"  decisions             {len(told)} acknowledged, {len(lost)} lost, {twice} written twice")
    print(f"  charts finished       {len(finished)}, of which {len(open_still)} are not final")
    print(f"  audit chain           {proof.events} events, {len(proof.wrong)} wrong")
    print(f"  errors                {len(errors)}")
    for error in sorted(set(errors))[:8]:
        print(f"    {errors.count(error)} x {error}")
    print(f"  graceful stop         exit code {code}")
    return 1 if lost or twice or open_still or proof.wrong or errors or code or not told else 0


if __name__ == "__main__":
    sys.exit(main())

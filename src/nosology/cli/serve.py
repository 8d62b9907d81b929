"""``nosology serve``: the workbench in the browser, on an embedded database or on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from nosology.cli.progress import draw_progress
from nosology.errors import NotPermitted, UsageError

__all__ = ["serve", "start_django"]

_LOCAL = ("127.0.0.1", "localhost", "::1")


def serve(
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=0, help="Processes for pages. Default: one per core, 2 to 8.")] = 0,
    no_sample: Annotated[bool, typer.Option("--no-sample", help="No sample hospital and clinic.")] = False,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="No background work here; another process does it.")
    ] = False,
    no_web: Annotated[bool, typer.Option("--no-web", help="Background work alone, no pages.")] = False,
) -> None:
    """Open the workbench: tables brought up to date, code books read, pages served, charts coded in the background.

    Without NOSOLOGY_DATABASE everything lies in the data folder (NOSOLOGY_HOME). Ctrl-C or SIGTERM stops it when what
    is being done is done.
    Exit codes: 0 stopped; 1 a part does not start; 2 usage; 10 damaged keys; 12 not permitted.
    """
    if no_worker and no_web:
        raise UsageError("--no-worker and --no-web together leave nothing to do")
    if host not in _LOCAL and os.environ.get("NOSOLOGY_SECURE") != "1":
        raise UsageError(
            f"--host {host} is open to the network: put TLS in front and set NOSOLOGY_SECURE=1 (docs/server.md)"
        )
    if not no_web:
        port = _free(host, port)
    home = start_django()

    from nosology.web.ops.processes import keep_running

    _say(f"data folder    {home}")
    _prepare_database()
    _prepare_books()
    if not no_sample and not no_web:
        _prepare_sample()
    names = _worker_names(1)
    programs = [] if no_web else [_pages(host, port, workers or _processes(), home)]
    programs += [] if no_worker else [_background(name) for name in names]
    if not no_web:
        _tell_address(host, port)
    _say("stop           with Ctrl-C")
    _give_back(() if no_worker else names)
    anchored: dict[str, int] = {}
    _anchor(anchored)
    code = keep_running(programs, say=_say, every=partial(_each_minute, anchored))
    _anchor(anchored)
    _say("stopped")
    raise typer.Exit(code)


def start_django() -> Path:
    """Let Django begin with the server's settings; the data folder.

    Raises:
        UsageError: the database is at no address that we know, or does not answer.
    """
    from nosology.codes.home import data_home

    home = data_home()
    home.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nosology.web.settings")
    import django

    django.setup()
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError:
        at = connection.settings_dict
        where = f"{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}" if at.get("HOST") else at["NAME"]
        raise NotPermitted(f"the database {where} does not answer, or does not let us in") from None
    return home


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _free(host: str, port: int) -> int:
    """The port if it can be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = (error.strerror or "refused").lower()
            raise NotPermitted(f"{host}:{port}: {why}; choose another with --port") from None
        return int(probe.getsockname()[1])


def _prepare_database() -> None:
    """Bring the tables up to date, one server at a time."""
    from django.core.management import call_command
    from django.db import connection
    from filelock import FileLock

    from nosology.codes.home import data_home
    from nosology.web.ops.checks import waiting_migrations

    kind = "embedded (SQLite)" if connection.vendor == "sqlite" else "PostgreSQL"
    with FileLock(str(data_home() / "migrate.lock")):
        waiting = waiting_migrations()
        if waiting:
            call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    _say(f"database       {kind}, {f'{waiting} migrations applied' if waiting else 'up to date'}")


def _prepare_books() -> None:
    """Compile what the code books need, which takes half a minute the first time."""
    import time

    from nosology.pipeline import load_coder

    began = time.monotonic()
    told = False

    def tell(done: int, total: int, what: str) -> None:
        nonlocal told
        if not told:
            told = True
            _say("code books     compiled for the first time, about half a minute …")
        draw(done, total, what)

    with draw_progress() as draw:
        coder = load_coder(None, progress=tell)
    seconds = f" ({time.monotonic() - began:.0f} s)" if told else ""
    _say(f"code books     {coder.icd.release.name}{seconds}")


def _prepare_sample() -> None:
    """The sample hospital and clinic, where there is no organisation yet."""
    from django.db import connection
    from django.utils import timezone

    from nosology.actions.sample import make_samples
    from nosology.cli.demo import examples_folder
    from nosology.store.models import Organisation

    if Organisation.objects.exists():
        return
    with draw_progress() as draw:
        made = make_samples(examples_folder() / "sample", now=timezone.now(), progress=draw)
    connection.close()
    for name, count in made.items():
        _say(f"sample         {name}: {count} charts, coded in the background")


def _processes() -> int:
    """Processes for pages: one per core, two at least, eight at most."""
    return max(2, min(8, os.cpu_count() or 2))


def _pages(host: str, port: int, workers: int, home: Path) -> Any:
    from nosology.web.ops.processes import Program

    counts = home / "run" / f"metrics-{port}"
    shutil.rmtree(counts, ignore_errors=True)
    counts.mkdir(parents=True)
    shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    words = [sys.executable, "-m", "gunicorn", "-c", "python:nosology.web.ops.gunicorn_settings"]
    words += ["--bind", shown, "--workers", str(workers)]
    return Program("the page server", words, {"PROMETHEUS_MULTIPROC_DIR": str(counts)})


def _worker_names(count: int) -> tuple[str, ...]:
    """Names of the background processes of this machine, the same at every start."""
    return tuple(f"{socket.gethostname()[:50]}-{number}" for number in range(1, count + 1))


def _background(name: str) -> Any:
    from nosology.web.ops.processes import Program

    words = [sys.executable, "-m", "django", "db_worker", "--queue-name", "*", "--worker-id", name]
    return Program("the background worker", [*words, "--interval", "0.5", "--no-startup-delay", "-v", "0"])


def _give_back(dead: tuple[str, ...] = ()) -> None:
    """Tasks that a dead process left behind go back into the queue."""
    from django.db import DatabaseError, connection
    from django.utils import timezone

    from nosology.actions.coding_queue import resume_runs
    from nosology.web.ops.statistics import refresh_statistics
    from nosology.web.ops.tasks import give_back_abandoned

    try:
        refresh_statistics(now=timezone.now())
        count = give_back_abandoned(now=timezone.now(), workers=dead) + resume_runs(now=timezone.now())
    except DatabaseError:
        _say("the database does not answer; background work waits for it")
        return
    finally:
        connection.close()
    if count:
        _say(f"background     {count} abandoned task{'s' if count > 1 else ''} begun anew")


def _each_minute(anchored: dict[str, int]) -> None:
    _give_back()
    _anchor(anchored)


def _anchor(anchored: dict[str, int]) -> None:
    """The audit log is anchored outside the database as far as it is."""
    from django.db import DatabaseError, connection
    from django.utils import timezone

    from nosology.actions.anchors import anchor_moved

    try:
        anchor_moved(anchored, now=timezone.now())
    except DatabaseError:
        _say("the database does not answer; the audit log is anchored when it does")
    finally:
        connection.close()


def _tell_address(host: str, port: int) -> None:
    from django.db import connection

    from nosology.web.ops.welcome import first_steps

    base = os.environ.get("NOSOLOGY_URL", "").rstrip("/")
    if not base:
        base = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    _say(f"open           {base}/")
    path = first_steps()
    if path:
        _say("administrator  none yet: open this link within a day, it works once")
        _say(f"               {base}{path}")
    connection.close()

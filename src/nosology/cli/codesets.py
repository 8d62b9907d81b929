"""``nosology codesets``: which releases are at hand, installing, comparing and verifying them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nosology.cli.crosswalk import crosswalk
from nosology.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    from nosology.codes.diff import CodeChange, ReleaseDiff
    from nosology.codes.release import ReleaseEntry

__all__ = ["ListFormat", "app", "codesets_app", "diff", "install", "list_all", "verify"]

codesets_app = typer.Typer(no_args_is_help=True, help="List, install and compare releases of the code sets.")
codesets_app.command("crosswalk")(crosswalk)
app = codesets_app

_LARGEST_DOWNLOAD = 500_000_000


class ListFormat(StrEnum):
    """How the result is written."""

    TABLE = "table"
    JSON = "json"


_Format = Annotated[ListFormat, typer.Option("--format", help="Table, or JSON for machines.")]


@codesets_app.command("list")
def list_all(
    system: Annotated[str | None, typer.Argument(help="Only this code set.")] = None, form: _Format = ListFormat.TABLE
) -> None:
    """Show every release at hand, and what is not installed."""
    from nosology.codes.release import SYSTEMS, list_releases

    entries = list_releases(system)
    missing = [] if system else [name for name in SYSTEMS if name not in {entry.system for entry in entries}]
    if form is ListFormat.JSON:
        rows = [{**_entry_to_dict(entry)} for entry in entries]
        typer.echo(json.dumps({"releases": rows, "not_installed": missing}, indent=1))
        return
    from rich.table import Table
    from rich.text import Text

    from nosology.cli.render_table import open_console

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("code set", "in force", "holds", "state", "from"):
        table.add_column(name, overflow="fold")
    for entry in entries:
        state = {"ready": "green", "damaged": "bold red"}.get(entry.state, "dim")
        table.add_row(
            Text(entry.system, "cyan"),
            _span(entry),
            _counts(entry),
            Text(entry.state, state),
            Text(entry.source, "dim"),
        )
    for name in missing:
        table.add_row(Text(name, "cyan"), "", "", Text("not installed", "yellow"), Text(SYSTEMS[name], "dim"))
    console = open_console()
    console.print(table)
    if missing:
        console.print(Text("install: nosology codesets install NAME --from FILE|DIR|URL", "dim"))


def _entry_to_dict(entry: ReleaseEntry) -> dict[str, Any]:
    return {
        "system": entry.system,
        "release": entry.name,
        "effective_from": entry.effective_from.isoformat(),
        "effective_to": entry.effective_to.isoformat() if entry.effective_to else None,
        "state": entry.state,
        "origin": entry.origin,
        "source": entry.source,
        "sha256": entry.sha256 or None,
        "counts": entry.counts,
        "path": str(entry.path) if entry.path else None,
    }


def _span(entry: ReleaseEntry) -> str:
    return f"{entry.effective_from} – {entry.effective_to or ''}".rstrip()


def _counts(entry: ReleaseEntry) -> str:
    for key, word in (
        ("billable", "billable codes"),
        ("entries", "entries"),
        ("to_icd9", "mappings"),
        ("codes", "codes"),
    ):
        if key in entry.counts:
            return f"{entry.counts[key]:,} {word}"
    return ""


@codesets_app.command("install")
def install(
    name: Annotated[str, typer.Argument(help="The code set, such as icd10cm or icd10cm-index.")],
    source: Annotated[
        str,
        typer.Option("--from", metavar="FILE|DIR|URL", help="What the publisher ships. Default: its public address."),
    ] = "",
    effective: Annotated[
        str, typer.Option(metavar="DATE", help="First day in force, where the file does not say it.")
    ] = "",
) -> None:
    """Install a release from the files as published: zip, xml, txt, csv or xlsx. All or nothing."""
    from nosology.cli.progress import draw_progress
    from nosology.codes.install import SYSTEM_KINDS, install_from
    from nosology.codes.publishers import PUBLISHER_PAGES, PUBLISHER_URLS

    if name not in SYSTEM_KINDS:
        raise UsageError(f"unknown code set {name!r}: choose one of {', '.join(sorted(SYSTEM_KINDS))}")
    day = _parse_day(effective, "--effective") if effective else None
    if not source and name not in PUBLISHER_URLS:
        page = PUBLISHER_PAGES.get(name)
        why = f"its files are on {page}" if page else "its files come with a licence"
        raise UsageError(f"{name} has no single public address: {why}; name them with --from FILE|DIR")
    with draw_progress() as progress, _local(source or PUBLISHER_URLS[name], name, progress) as path:
        release = install_from(name, path, effective=day, progress=progress)
    end = f" to {release.effective_to}" if release.effective_to else ""
    counts = ", ".join(f"{count:,} {key.replace('_', ' ')}" for key, count in release.counts.items())
    typer.echo(f"{name}: in force {release.effective_from}{end}; {counts}")


@contextmanager
def _local(source: str, name: str, progress: Any) -> Iterator[Path]:
    """The file or folder itself, or a download of it that is gone afterwards."""
    if "://" not in source:
        path = Path(source).expanduser()
        if not path.exists():
            raise UnreadableInput(f"{source}: no such file or folder")
        yield path
        return
    if not source.lower().startswith(("https://", "http://")):
        raise UsageError(f"{source}: only http and https addresses, files and folders")
    with tempfile.TemporaryDirectory(prefix="nosology-") as folder:
        target = Path(folder) / (source.rsplit("/", 1)[-1].split("?")[0] or "download")
        _download(source, target, name, progress)
        yield target


def _download(url: str, target: Path, name: str, progress: Any) -> None:
    import http.client
    import urllib.error
    import urllib.request

    from nosology.codes.publishers import PUBLISHER_PAGES

    page = PUBLISHER_PAGES.get(name, "from its publisher")
    hint = f"download it by hand ({page}), then: nosology codesets install {name} --from FILE"
    try:
        with urllib.request.urlopen(url, timeout=30) as answer, target.open("wb") as out:
            total = int(answer.headers.get("Content-Length") or 0)
            done = 0
            while block := answer.read(1 << 18):
                done += len(block)
                if done > _LARGEST_DOWNLOAD:
                    raise UnreadableInput(f"{url}: larger than {_LARGEST_DOWNLOAD} bytes; refused")
                out.write(block)
                progress(done, total, "downloading")
        if total and done != total:
            raise UnreadableInput(f"{url}: ended after {done} of {total} bytes; try again, or {hint}")
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise UnreadableInput(f"cannot fetch {url} ({' '.join(str(reason).split())}); {hint}") from error


def _parse_day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{option} {text}: not a date; write it as 2026-10-01") from None


@codesets_app.command("diff")
def diff(
    old: Annotated[str, typer.Argument(help="The earlier release, by its first day, such as 2026-04-01.")],
    new: Annotated[str, typer.Argument(help="The later release, such as 2026-10-01.")],
    system: Annotated[str, typer.Option(help="icd10cm, icd10pcs, hcpcs, cpt, ndc or pfs.")] = "icd10cm",
    form: _Format = ListFormat.TABLE,
) -> None:
    """Show the codes that were added, deleted or revised between two releases; of the fee schedule, changed values."""
    from nosology.cli.progress import draw_progress
    from nosology.codes.diff import diff_releases

    with draw_progress() as progress:
        changes = diff_releases(old, new, system=system, progress=progress)
    if form is ListFormat.JSON:
        typer.echo(json.dumps(_diff_to_dict(changes), indent=1, ensure_ascii=False))
        return
    from rich.table import Table
    from rich.text import Text

    from nosology.cli.render_table import open_console

    console = open_console()
    console.print(
        Text(f"{system} {old} → {new}: ", "bold")
        + Text(f"{len(changes.added)} added, {len(changes.deleted)} deleted, {len(changes.revised)} revised")
    )
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for word, style, rows in (
        ("added", "green", changes.added),
        ("deleted", "red", changes.deleted),
        ("revised", "yellow", changes.revised),
    ):
        for row in rows:
            title = Text(row.title) + Text(f"\nwas: {row.before}", "dim") if row.before else Text(row.title)
            table.add_row(Text(word, style), Text(row.code, "cyan"), title)
    console.print(table)


def _diff_to_dict(changes: ReleaseDiff) -> dict[str, Any]:
    def rows(each: tuple[CodeChange, ...]) -> list[dict[str, str]]:
        return [
            {"code": row.code, "title": row.title, **({"before": row.before} if row.before else {})} for row in each
        ]

    return {
        "system": changes.system,
        "old": changes.old,
        "new": changes.new,
        "added": rows(changes.added),
        "deleted": rows(changes.deleted),
        "revised": rows(changes.revised),
    }


@codesets_app.command("verify")
def verify() -> None:
    """Check every release file byte for byte against what was written; exit code 10 if one is damaged."""
    from nosology.codes.release import verify_releases
    from nosology.errors import DamagedRelease

    damaged = []
    for file, good in verify_releases():
        typer.echo(f"{'good   ' if good else 'DAMAGED'} {file.system} {file.name}  {file.path}")
        if not good:
            damaged.append(f"{file.system} {file.name}")
    if damaged:
        raise DamagedRelease(
            f"damaged: {', '.join(damaged)}; what comes out of the box is rebuilt on next use, the rest: "
            "nosology codesets install NAME --from FILE"
        )

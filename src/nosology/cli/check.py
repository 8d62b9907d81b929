"""``nosology check``: encounters or claims in, findings out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nosology.errors import NosologyError, UnreadableInput, UsageError

if TYPE_CHECKING:
    from nosology.edits.site import Site
    from nosology.model.claim import Claim
    from nosology.model.encounter import Encounter
    from nosology.model.finding import Finding

__all__ = ["CheckFormat", "check", "read_objects_of"]

_STYLES = {"error": "bold red", "warning": "yellow", "information": "dim"}


class CheckFormat(StrEnum):
    """How the findings are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…", help="Encounters or claims: one JSON object, an array, or one a line; - stdin."
        ),
    ],
    on: Annotated[
        str, typer.Option(metavar="DATE", help="Date of service. Default: discharge or last service of each encounter.")
    ] = "",
    site: Annotated[
        list[Path] | None, typer.Option(metavar="FILE|DIR", help="Rules and severities of the site; may be repeated.")
    ] = None,
    payer: Annotated[str, typer.Option(help="Payer, where the encounter names none.")] = "",
    only: Annotated[
        list[str] | None, typer.Option("--rule", metavar="ID", help="Only this rule; may be repeated.")
    ] = None,
    profile: Annotated[
        bool, typer.Option("--profile", help="Also look over all encounters together: levels, 59, impossible days.")
    ] = False,
    form: Annotated[
        CheckFormat | None, typer.Option("--format", help="Default: a table on a terminal, else jsonl.")
    ] = None,
) -> None:
    """Check encounters against every edit in force, claims against the scrub: what is wrong, where, how to mend it.

    Exit codes: 0 no error (or every error accepted), 1 an error, 2 usage, 10 an encounter is unreadable.
    """
    from dataclasses import replace

    from nosology.edits.check import is_clean
    from nosology.edits.desk import Books
    from nosology.edits.site import read_site, site_of_home
    from nosology.model.encounter import Encounter
    from nosology.pipeline import check_encounter
    from nosology.rules.loader import find_rule

    day = _parse_day(on) if on else None
    for name in only or ():
        if find_rule(name) is None and not site:
            raise UsageError(f"--rule {name[:40]}: there is no such rule; docs/edits.md lists them")
    chosen = read_site(site) if site else site_of_home()
    shape = form or (CheckFormat.TABLE if sys.stdout.isatty() else CheckFormat.JSONL)
    books = Books()
    codes: set[int] = set()
    kept: list[Encounter] = []
    with ExitStack() as stack:
        writer = _Writer(shape)
        stack.callback(writer.close)
        for name, number, found in _read(files):
            if isinstance(found, NosologyError):
                print(f"nosology: {name} encounter {number}: {found}", file=sys.stderr)
                codes.add(UnreadableInput.exit_code)
                continue
            if not isinstance(found, Encounter):
                served, findings = _check_claim(found, day, chosen, only or ())
                if not is_clean(findings):
                    codes.add(1)
                writer.write(found.id or Path(name).stem, served, findings)
                continue
            encounter = replace(found, payer=payer) if payer and not found.payer else found
            served = day or _day_of(encounter)
            if profile:
                kept.append(encounter)
            findings = check_encounter(encounter, on=served, books=books, site=chosen, only=only or ())
            if not is_clean(findings):
                codes.add(1)
            writer.write(found.id or f"{Path(name).stem}", served, findings)
        if profile:
            from nosology.edits.profile import profile_encounters

            last = day or max(map(_day_of, kept), default=date.today())
            writer.write("profile", last, profile_encounters(kept, on=last))
    if codes:
        raise typer.Exit(10 if 10 in codes else 1)


def _check_claim(
    claim: Claim, day: date | None, site: Site, only: list[str] | tuple[()]
) -> tuple[date, tuple[Finding, ...]]:
    """The day of service of a claim, and what the scrub and, if that passes, its guide find in it."""
    from nosology.edits.check import is_clean
    from nosology.edits.claim_check import check_claim, date_of_claim
    from nosology.x12.claim_837_judge import judge_claims

    served = day or date_of_claim(claim) or date.today()
    found = check_claim(claim, on=served, site=site, only=only)
    if is_clean(found) and not only:
        found += judge_claims([claim], on=served)
    return served, found


def _parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--on {text}: not a date; write it as 2026-05-04") from None


def _day_of(encounter: Encounter) -> date:
    """The date of service: discharge, or the last dated line; today where the encounter has no date."""
    days = [line.date for line in encounter.lines if line.date is not None]
    return encounter.discharged or max(days, default=None) or encounter.admitted or date.today()


def _read(names: list[str]) -> Iterator[tuple[str, int, Encounter | Claim | NosologyError]]:
    """Each encounter or claim of the files with its number, or what is wrong with it."""
    from nosology.model.claim_json import is_claim, read_claim
    from nosology.model.encounter_json import read_encounter

    for name in names:
        number = 0
        for number, data in enumerate(read_objects_of(name), start=1):
            try:
                if isinstance(data, NosologyError):
                    yield name, number, data
                else:
                    yield name, number, read_claim(data) if is_claim(data) else read_encounter(data)
            except NosologyError as error:
                yield name, number, error
        if not number:
            raise UnreadableInput(f"{name}: holds no encounter; write a JSON object")


def read_objects_of(name: str) -> Iterator[Any]:
    """Each JSON value of a file: one object over many lines, an array, or one object a line."""
    from nosology.cli.group import read_objects

    if name != "-" and name.endswith(".json"):
        try:
            data = json.loads(Path(name).read_text("utf-8-sig"))
        except (ValueError, RecursionError):
            raise UnreadableInput(f"{name}: not JSON in UTF-8") from None
        yield from data if isinstance(data, list) else [data]
        return
    for _number, data in read_objects(name):
        yield data


class _Writer:
    """Writes the findings of each encounter as they come (jsonl), as one array (json), or as tables."""

    def __init__(self, shape: CheckFormat) -> None:
        self._shape = shape
        self._count = 0

    def write(self, name: str, on: date, findings: tuple[Finding, ...]) -> None:
        self._count += 1
        if self._shape is CheckFormat.TABLE:
            _draw(name, on, findings)
            return
        from nosology.edits.check import is_clean
        from nosology.model.encounter_json import finding_to_json

        found = {
            "id": name,
            "on": on.isoformat(),
            "clean": is_clean(findings),
            "findings": [finding_to_json(each) for each in findings],
        }
        text = json.dumps(found, ensure_ascii=False)
        before = "" if self._shape is CheckFormat.JSONL else "[" if self._count == 1 else ",\n "
        print(before + text, end="\n" if self._shape is CheckFormat.JSONL else "")

    def close(self) -> None:
        if self._shape is CheckFormat.JSON:
            print("]" if self._count else "[]")


def _draw(name: str, on: date, findings: tuple[Finding, ...]) -> None:
    from rich.table import Table
    from rich.text import Text

    from nosology.cli.render_table import open_console

    console = open_console()
    counts = {kind: sum(each.severity == kind and each.override is None for each in findings) for kind in _STYLES}
    said = ", ".join(
        f"{count} {kind}{'s' if count != 1 and kind != 'information' else ''}"
        for kind, count in counts.items()
        if count
    )
    console.print(Text.assemble((f"\n{name}", "bold"), f"  {on}  ", (said or "clean", "bold" if said else "green")))
    if not findings:
        return
    table = Table(box=None, header_style="bold", pad_edge=True)
    for heading in ("severity", "where", "finding", "what to do", "by"):
        table.add_column(heading, overflow="fold")
    for each in findings:
        what = Text(each.message)
        if each.override is not None:
            what.append(f"\naccepted by {each.override.by} on {each.override.on}: {each.override.why}", "green")
        table.add_row(
            Text(each.severity.value, "dim" if each.override else _STYLES[each.severity.value]),
            Text(each.where),
            what,
            Text(each.fix, "dim"),
            Text(f"{each.rule}: {each.citation}", "dim"),
        )
    console.print(table)

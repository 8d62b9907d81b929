"""``nosology x12``: X12 files read, validated and answered."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from nosology.errors import NosologyError, NotPermitted, UsageError
from nosology.x12.values import show_money

if TYPE_CHECKING:
    from nosology.model.edi import EdiFinding
    from nosology.x12.envelope import Transaction

__all__ = ["ReadFormat", "ValidateFormat", "ack", "read", "validate", "x12_app"]

x12_app = typer.Typer(help="Read, validate and answer X12 files.", add_completion=False, no_args_is_help=True)

_MONEY = {
    "accepted_charges", "allowed", "amount", "charge", "group_amount", "noncovered", "paid", "patient_responsibility",
    "purchase", "rejected_charges", "rental", "savings", "spend_down", "spend_down_billed",
}  # fmt: skip
_STYLES = {"error": "bold red", "warning": "yellow", "information": "dim"}
_File = Annotated[str, typer.Argument(metavar="FILE", help="An X12 file; - reads standard input.")]


class ReadFormat(StrEnum):
    """How the contents are written."""

    TABLE = "table"
    JSONL = "jsonl"
    SEGMENTS = "segments"


class ValidateFormat(StrEnum):
    """How the findings are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


@x12_app.command()
def read(
    file: _File,
    form: Annotated[
        ReadFormat | None, typer.Option("--format", help="Default: a table of the loops on a terminal, else jsonl.")
    ] = None,
) -> None:
    """Show what a file holds: its claims, remittances and answers as JSON, or its loops and segments.

    Exit codes: 0 read, 1 the envelope has an error, 2 usage, 10 no X12.
    """
    from nosology.model.finding import Severity
    from nosology.x12.envelope import read_transactions

    shape = form or (ReadFormat.TABLE if sys.stdout.isatty() else ReadFormat.JSONL)
    found: list[EdiFinding] = []
    for transaction in read_transactions(_source(file), name=_name(file), lazy=True, report=found.append):
        if shape is ReadFormat.TABLE:
            _draw_transaction(transaction)
        elif shape is ReadFormat.SEGMENTS:
            _print_segments(transaction)
        else:
            _print_objects(transaction)
            found.extend(each for each in transaction.findings if each.snip > 1)  # those of its envelope are there
    for finding in found:
        place = f"{finding.position}: " if str(finding.position) else ""
        print(f"nosology: {_name(file)}: {place}{finding.message}", file=sys.stderr)
    if any(finding.severity is Severity.ERROR for finding in found):
        raise typer.Exit(1)


@x12_app.command()
def validate(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="X12 files; - reads standard input.")],
    snip: Annotated[int, typer.Option(min=1, max=7, help="The highest WEDI SNIP level to look at.")] = 7,
    on: Annotated[str, typer.Option(metavar="DATE", help="Day by which codes are judged. Default: today.")] = "",
    companion: Annotated[
        str, typer.Option(metavar="FILE", help="Rules of payers' companion guides (YAML), for level 7.")
    ] = "",
    form: Annotated[
        ValidateFormat | None, typer.Option("--format", help="Default: a table on a terminal, else jsonl.")
    ] = None,
) -> None:
    """Validate files: syntax, guide, balance, situations, codes; each finding at its segment and element.

    Exit codes: 0 no error, 1 an error, 2 usage, 10 a file is no X12.
    """
    shape = form or (ValidateFormat.TABLE if sys.stdout.isatty() else ValidateFormat.JSONL)
    day = _parse_day(on) if on else date.today()
    options = _companion(companion) if companion else None
    codes: set[int] = set()
    writer = _Writer(shape)
    for file in files:
        try:
            if _validate_one(file, snip, day, options, writer):
                codes.add(1)
        except NosologyError as error:
            if len(files) == 1:
                raise
            print(f"nosology: {error}", file=sys.stderr)
            codes.add(error.exit_code)
    writer.close()
    if codes:
        raise typer.Exit(max(codes))


@x12_app.command()
def ack(
    file: _File,
    out: Annotated[str, typer.Option(metavar="FILE", help="Where to write; default: standard output.")] = "",
    control: Annotated[
        int, typer.Option(min=0, max=999_999_999, help="Control number of the answer; default: from the clock.")
    ] = 0,
    ta1: Annotated[bool, typer.Option("--ta1", help="Write a TA1 even if none was asked for.")] = False,
    claims: Annotated[
        str, typer.Option("--claims", metavar="FILE", help="Write a 277CA into this file: each claim taken or not.")
    ] = "",
) -> None:
    """Answer a file: TA1 for each interchange that wants or needs one, a 999 for each group, a 277CA for claims.

    Exit codes: 0 all accepted, 1 a file, group, set or claim is rejected, 2 usage, 10 no X12, 12 cannot be written.
    """
    from nosology.x12.ack_999 import write_acknowledgements
    from nosology.x12.judge import Judge
    from nosology.x12.syntax import Delimiters
    from nosology.x12.text import read_chunks
    from nosology.x12.validate import Validation

    now = datetime.now(UTC)
    text = "".join(read_chunks(_source(file), name=_name(file), report=lambda *_: None)) if claims else None
    judge = Judge(Validation(text or _source(file), name=_name(file), snip=2))
    for _ in judge:
        pass
    number = control or int(now.timestamp()) % 999_999_999 + 1
    texts = []
    rejected = False
    for judged in judge.interchanges:
        rejected |= judged.answer.verdict == "R" or any(group.verdict in {"R", "P"} for group in judged.groups)
        created = f"{now:%Y%m%d%H%M}"
        texts.append(
            write_acknowledgements(
                judged, created=created, control=str(number), always_ta1=ta1, delimiters=Delimiters(line_end="\n")
            )
        )
        number = number % 999_999_999 + 1
    if not texts:
        raise UsageError(f"{_name(file)} has no interchange header; there is nobody to answer")
    if text is not None:
        from nosology.x12.claim_answers import answer_claims

        told, turned_back = answer_claims(
            text, on=now.date(), created=f"{now:%Y%m%d%H%M}", control=number, name=_name(file)
        )
        _write(claims, "".join(told))
        rejected |= turned_back > 0
    if out:
        _write(out, "".join(texts))
    else:
        sys.stdout.write("".join(texts))
    if rejected:
        raise typer.Exit(1)


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise NotPermitted(f"{path}: cannot be written: {why}") from error


# -- in


def _source(file: str) -> Path | IO[bytes]:
    """The file, or standard input."""
    return sys.stdin.buffer if file == "-" else Path(file)


def _name(file: str) -> str:
    return "standard input" if file == "-" else file


def _parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--on {text}: not a date; write it as 2026-05-04") from None


# -- findings


def _companion(file: str) -> dict[str, Any]:
    from nosology.x12.situations import read_companion

    try:
        text = Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{file} cannot be read as rules of companion guides") from None
    try:
        return {"companion": read_companion(text)}
    except UsageError as error:
        raise UsageError(f"{file}: {error}") from None


def _validate_one(file: str, snip: int, day: date, options: dict[str, Any] | None, writer: _Writer) -> bool:
    """Write the findings of a file; True if one of them is an error."""
    from nosology.model.finding import Severity
    from nosology.x12.validate import Validation

    validation = Validation(_source(file), name=_name(file), snip=snip, on=day, options=options)
    wrong = False
    writer.begin(_name(file))
    for finding in validation:
        wrong |= finding.severity is Severity.ERROR
        writer.write(finding)
    writer.end(validation.transactions)
    return wrong


class _Writer:
    """Writes findings as they come."""

    def __init__(self, shape: ValidateFormat) -> None:
        self._shape = shape
        self._file = ""
        self._count = 0
        self._rows: list[EdiFinding] = []

    def begin(self, file: str) -> None:
        self._file = file
        self._rows = []

    def write(self, finding: EdiFinding) -> None:
        if self._shape is ValidateFormat.TABLE:
            self._rows.append(finding)
            return
        text = json.dumps({"file": self._file, **_as_json(finding)}, ensure_ascii=False)
        before = "" if self._shape is ValidateFormat.JSONL else ",\n " if self._count else "["
        print(before + text, end="\n" if self._shape is ValidateFormat.JSONL else "")
        self._count += 1

    def end(self, transactions: int) -> None:
        if self._shape is ValidateFormat.TABLE:
            _draw_findings(self._file, transactions, self._rows)

    def close(self) -> None:
        if self._shape is ValidateFormat.JSON:
            print("]" if self._count else "[]")


def _as_json(finding: EdiFinding) -> dict[str, Any]:
    place = finding.position
    codes = {
        "TA105": finding.interchange_error,
        "AK905": finding.group_error,
        "IK502": finding.transaction_error,
        "IK304": finding.segment_error,
        "IK403": finding.element_error,
    }
    return {
        "rule": finding.rule,
        "snip": finding.snip,
        "severity": finding.severity.value,
        "message": finding.message,
        "position": {
            name: value
            for name in ("interchange", "group", "transaction", "segment", "segment_id", "loop", "element", "component")
            if (value := getattr(place, name))
        },
        "codes": {name: code for name, code in codes.items() if code},
        "status": list(finding.status) if finding.status else None,
        "claim": finding.claim,
        "citation": finding.citation,
        "fix": finding.fix,
    }


def _draw_findings(file: str, transactions: int, findings: list[EdiFinding]) -> None:
    from rich.table import Table
    from rich.text import Text

    from nosology.cli.render_table import open_console

    console = open_console()
    counts = {kind: sum(each.severity == kind for each in findings) for kind in _STYLES}
    said = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    sets = f"{transactions} transaction set{'s' if transactions != 1 else ''}"
    console.print(Text.assemble((file, "bold"), f"  {sets}  ", (said or "clean", "bold" if said else "green")))
    if not findings:
        return
    table = Table(box=None, header_style="bold", pad_edge=True)
    for heading in ("severity", "SNIP", "where", "claim", "finding", "codes"):
        table.add_column(heading, overflow="fold")
    for each in findings:
        codes = " ".join(f"{name} {code}" for name, code in _as_json(each)["codes"].items())
        message = each.message + (f"\n→ {each.fix}" if each.fix else "")
        table.add_row(
            Text(each.severity.value, _STYLES[each.severity.value]),
            str(each.snip),
            str(each.position),
            Text(each.claim),
            Text(message),
            codes,
        )
    console.print(table)


# -- contents


def _print_objects(transaction: Transaction) -> None:
    from nosology.x12.contents import parse_transaction

    objects = parse_transaction(transaction)
    if objects is None:
        _print_segments(transaction)
        return
    for found in objects:
        line = {"transaction": transaction.id, "control": transaction.control, "version": transaction.version}
        print(json.dumps({**line, type(found).__name__.lower(): _plain(found)}, ensure_ascii=False))


def _plain(value: Any) -> Any:
    """An object of the model as JSON: what is empty is left out, amounts (of two decimals) and dates are texts."""
    names = getattr(value, "__dataclass_fields__", None)
    if names is not None:
        money = _MONEY - {"amount"} if "poa" in names else _MONEY  # a value code may count days
        return dict(_filled((name, _plain_field(getattr(value, name), name in money)) for name in names))
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return dict(_filled((str(key), _plain(each)) for key, each in value.items()))
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _plain_field(value: Any, money: bool) -> Any:
    return show_money(value) if money and isinstance(value, Decimal) else _plain(value)


def _filled(pairs: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in pairs if value is not None and value != "" and value != [] and value != {})


def _print_segments(transaction: Transaction) -> None:
    from nosology.x12.contents import walk_transaction

    for count, (placed, elements) in enumerate(walk_transaction(transaction), 1):
        line = {
            "interchange": transaction.interchange.ordinal,
            "group": transaction.group.ordinal,
            "transaction": transaction.ordinal,
            "segment": count,
            "loop": placed.use.loop.id if placed else None,
            "name": placed.use.name if placed else None,
            "elements": elements,
        }
        print(json.dumps(line, ensure_ascii=False))


def _draw_transaction(transaction: Transaction) -> None:
    from rich.table import Table
    from rich.text import Text

    from nosology.cli.render_table import open_console
    from nosology.x12.contents import count_loops

    console = open_console()
    ends = f"{transaction.interchange.sender[1]} → {transaction.interchange.receiver[1]}"
    title = f"{transaction.id} {transaction.control}  {transaction.version}"
    console.print(Text.assemble((title, "bold"), f"  {ends}"))
    table = Table(box=None, header_style="bold", pad_edge=True)
    for heading in ("loop", "what", "times", "segments"):
        table.add_column(heading, justify="right" if heading in {"times", "segments"} else "left")
    for found in count_loops(transaction):
        name = "  " * found.depth + (found.spec.id or transaction.id)
        table.add_row(name, found.spec.name, str(found.count), str(found.segments))
    console.print(table)

"""``nosology group``: encounters in, MS-DRG and HCC results out, in the same order."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from nosology.errors import NosologyError, UnreadableInput, UsageError

if TYPE_CHECKING:
    from nosology.model.encounter import Encounter
    from nosology.model.grouping import DrgAlternative, DrgResult, HccResult

__all__ = ["GroupFormat", "HccModel", "Wanted", "group", "read_objects"]

_CHUNK = 32  # encounters that a process takes at a time: the last ones must end at about the same time
_MANY = 200  # encounters from which on it is worth to start more processes
_encode = json.JSONEncoder(ensure_ascii=False).encode
_MAX_LINE = 8_000_000  # characters; an encounter with a thousand lines has some 200,000


class GroupFormat(StrEnum):
    """How the results are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


class HccModel(StrEnum):
    """The risk adjustment models at hand."""

    V24 = "V24"
    V28 = "V28"
    RX_V08 = "RX_V08"
    ESRD_V24 = "ESRD_V24"


def group(
    file: Annotated[
        str, typer.Argument(metavar="FILE.jsonl", help="Encounters, one JSON object a line (or .gz); - for stdin.")
    ],
    drg: Annotated[bool, typer.Option("--drg", help="MS-DRG and Medicare Code Editor. The default.")] = False,
    hcc: Annotated[bool, typer.Option("--hcc", help="CMS-HCC risk score.")] = False,
    model: Annotated[HccModel, typer.Option(help="Model of the risk score.")] = HccModel.V28,
    explain: Annotated[bool, typer.Option("--explain", help="Show every step below its encounter.")] = False,
    payment: Annotated[
        bool,
        typer.Option("--payment", help="With --hcc: the score for payment, normalized, reduced and blended. As JSON."),
    ] = False,
    prior: Annotated[
        str,
        typer.Option(
            metavar="FILE", help="With --hcc: encounters of the year before, by id; what has no evidence now. As JSON."
        ),
    ] = "",
    elixhauser: Annotated[
        bool, typer.Option("--elixhauser", help="Elixhauser comorbidities and indices, for research.")
    ] = False,
    charlson: Annotated[
        bool, typer.Option("--charlson", help="Charlson comorbidities and scores (1987, 2011), for research.")
    ] = False,
    ccsr: Annotated[
        bool, typer.Option("--ccsr", help="CCSR categories of each diagnosis, and the default ones, for research.")
    ] = False,
    what_if: Annotated[
        bool, typer.Option("--what-if", help="The MS-DRG with each other principal diagnosis, without each secondary.")
    ] = False,
    columns: Annotated[
        bool,
        typer.Option("--columns", help="With --hcc: a population column by column, JSON lines or Parquet; no steps."),
    ] = False,
    to: Annotated[str, typer.Option(metavar="FILE.parquet", help="With --columns: write the scores here.")] = "",
    form: Annotated[
        GroupFormat | None, typer.Option("--format", help="Default: a table on a terminal, else jsonl.")
    ] = None,
    on: Annotated[
        str, typer.Option(metavar="DATE", help="Use the MS-DRG version of this day. Default: each day of discharge.")
    ] = "",
    jobs: Annotated[
        int, typer.Option(metavar="N", help="Processes for many encounters. Default: one for each core.")
    ] = 0,
) -> None:
    """Group encounters into MS-DRG and HCC, and say why.

    Codes are taken as a claim writes them, without a point. A line that cannot be read is named on stderr; the others
    are grouped. Exit codes: 0 all grouped; 1 an edit stops a claim, or a claim is ungroupable (DRG 998, 999); 2
    usage; 10 a line is unreadable; 11 no version for a day of discharge.
    """
    from nosology.cli.group_research import check_research
    from nosology.cli.jobs import count_jobs, map_in_order

    if columns or to:
        alone = not (drg or explain or payment or prior or elixhauser or charlson or ccsr or what_if)
        _group_columns(file, model.value, to, alone=hcc and columns and alone)
        return
    asked = {"elixhauser": elixhauser, "charlson": charlson, "ccsr": ccsr}
    research = tuple(kind for kind, wished in asked.items() if wished)
    if (payment or prior) and not hcc:
        raise UsageError("--payment and --prior go with --hcc")
    if payment and model not in (HccModel.V24, HccModel.V28):
        raise UsageError(f"--payment goes with V24 and V28: no factors of payment are at hand for {model.value}")
    day = _parse_day(on) if on else None
    wanted = Wanted(
        drg or what_if or not (hcc or research),
        hcc,
        model.value,
        day,
        what_if,
        research,
        payment,
        _read_prior(prior) if prior else {},
    )
    shape = form or (GroupFormat.TABLE if sys.stdout.isatty() else GroupFormat.JSONL)
    if payment or prior:
        shape = GroupFormat.JSONL if shape is GroupFormat.TABLE else shape
    check_research(research)
    processes = 1 if shape is GroupFormat.TABLE else count_jobs(jobs)
    between = {GroupFormat.JSONL: "\n", GroupFormat.JSON: ",\n ", GroupFormat.TABLE: None}[shape]
    work = partial(_group_chunk, wanted=wanted, between=between)
    codes: set[int] = set()
    with ExitStack() as stack:
        writer = _Writer(shape, explain)
        stack.callback(writer.close)
        lines = _read_lines(file)
        first = list(islice(lines, _MANY))
        if len(first) < _MANY:
            processes = 1
        chunks = map_in_order(work, _cut(chain(first, lines)), jobs=processes)
        stack.callback(chunks.close)  # type: ignore[attr-defined]
        for done in chunks:
            for number, message in done.errors:
                print(f"nosology: {file} line {number}: {message}", file=sys.stderr)
            codes |= done.codes
            writer.write(done)
    if codes:
        raise typer.Exit(next((code for code in (10, 11, 2) if code in codes), min(codes)))


def _group_columns(file: str, model: str, to: str, *, alone: bool) -> None:
    from nosology.cli.group_population import score_file

    if not alone:
        raise UsageError("--columns goes with --hcc, --model and --to alone, and --to with --columns")
    count, codes = score_file(file, read_objects(file), model=model, to=to)
    if to:
        print(f"{count:,} beneficiaries scored: {to}", file=sys.stderr)
    if codes:
        raise typer.Exit(next((code for code in (10, 11, 2) if code in codes), min(codes)))


_Row = tuple[str, "DrgResult | None", "HccResult | None", "tuple[DrgAlternative, ...]", dict[str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What each encounter is grouped into."""

    drg: bool
    hcc: bool
    model: str
    day: date | None
    what_if: bool = False
    research: tuple[str, ...] = ()
    payment: bool = False
    prior: dict[str, Encounter] = field(default_factory=dict)


@dataclass(slots=True)
class _Done:
    """A chunk after grouping: the results in order, as JSON in UTF-8 or as they are; lines that were not; exit codes.

    The process that grouped also writes the JSON, so that nothing is left to do for the one that gathers.
    """

    count: int = 0
    text: bytes = b""
    rows: list[_Row] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    codes: set[int] = field(default_factory=set)


def _group_chunk(lines: list[tuple[int, str]], *, wanted: Wanted, between: str | None) -> _Done:
    """Read and group some lines; what is wrong with one is told and stops no other.

    ``between`` stands between two results as JSON; with None they stay what they are.
    """
    from nosology.cli.group_research import find_research, show_research
    from nosology.grouping.hcc import score_hcc
    from nosology.grouping.msdrg import assign_drg
    from nosology.grouping.what_if import find_alternatives
    from nosology.model.encounter_json import alternative_to_json, read_encounter

    done = _Done()
    texts: list[str] = []
    for number, text in lines:
        read = False
        try:
            found = read_encounter(_parse(text))
            read = True
            result = assign_drg(found, on=wanted.day) if wanted.drg else None
            score = score_hcc(found, model=wanted.model) if wanted.hcc else None
            others = find_alternatives(found, result, on=wanted.day) if wanted.what_if and result else ()
            research = find_research(found, wanted.research)
        except NosologyError as error:
            done.errors.append((number, str(error)))
            done.codes.add(error.exit_code if read else UnreadableInput.exit_code)
            continue
        if result is not None and (result.edit_type != "NONE" or result.drg in ("998", "999")):
            done.codes.add(1)
        done.count += 1
        if between is not None:
            shown = _to_object(found.id, result, score)
            if score is not None:
                shown |= _hcc_extras(found, score, wanted)
            shown |= research
            if wanted.what_if:
                shown["what_if"] = [alternative_to_json(each) for each in others]
            texts.append(_encode(shown))
        else:
            done.rows.append((found.id, result, score, others, show_research(research)))
    done.text = (between or "").join(texts).encode("utf-8", "replace")
    return done


def _read_prior(name: str) -> dict[str, Encounter]:
    """The encounters of the year before by id; diagnoses of several of one id are put together."""
    from nosology.model.encounter_json import read_encounter

    found: dict[str, Encounter] = {}
    for _number, text in _read_lines(name):
        each = read_encounter(_parse(text))
        before = found.get(each.id)
        found[each.id] = each if before is None else replace(before, diagnoses=before.diagnoses + each.diagnoses)
    return found


def _hcc_extras(encounter: Encounter, score: HccResult, wanted: Wanted) -> dict[str, Any]:
    """The score for payment, and the categories of the year before without evidence now."""
    before = wanted.prior.get(encounter.id)
    if not wanted.payment and before is None:
        return {}
    from nosology.grouping.hcc import score_hcc
    from nosology.grouping.hcc_payment import PARTS, find_suspects, score_for_payment
    from nosology.model.encounter import HccProfile

    extras: dict[str, Any] = {}
    if wanted.payment:
        year = (encounter.hcc or HccProfile()).payment_year
        raw = {model: score_hcc(encounter, model=model).score for model, _share, _factor in PARTS.get(year, ())}
        paid = score_for_payment(raw, payment_year=year)
        steps = [{"name": each.name, "result": each.result, "source": each.source} for each in paid.steps]
        extras["payment"] = {"payment_year": year, "score": str(paid.score), "steps": steps}
    if before is not None:
        # both years under the model and the tables of the payment year: a category lost is a diagnosis lost
        earlier = score_hcc(replace(before, hcc=encounter.hcc), model=score.model)
        year = (encounter.hcc or HccProfile()).payment_year
        suspects = find_suspects(earlier, score, payment_year=year)
        extras["suspects"] = [asdict(each) for each in suspects]
    return extras


def _to_object(name: str, drg: DrgResult | None, hcc: HccResult | None) -> dict[str, Any]:
    from nosology.model.encounter_json import drg_to_json, hcc_to_json

    if drg is not None and hcc is not None:
        return {"id": name, "drg": drg_to_json(drg), "hcc": hcc_to_json(hcc)}
    return drg_to_json(drg) if drg is not None else hcc_to_json(hcc) if hcc is not None else {"id": name}


def _cut(lines: Iterator[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    while chunk := list(islice(lines, _CHUNK)):
        yield chunk


def _parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--on {text}: not a date; write it as 2026-05-04") from None


def _read_lines(name: str) -> Iterator[tuple[int, str]]:
    """Each line that is not blank, with its number; of one array, its members."""
    empty = True
    try:
        with ExitStack() as stack:
            file = _open(name, stack)
            number = 0
            while line := file.readline(_MAX_LINE):
                number += 1
                text = line.strip().removeprefix("\ufeff")
                if not text:
                    continue
                if number == 1 and text.startswith("["):
                    for place, each in enumerate(_read_array(name, text + file.read()), start=1):
                        empty = False
                        yield place, json.dumps(each)
                    break
                empty = False
                yield number, text
    except (UnicodeDecodeError, EOFError, gzip.BadGzipFile, zlib.error):
        raise UnreadableInput(f"{name}: not UTF-8 text, or cut short; write one JSON object on each line") from None
    if empty:
        raise UnreadableInput(f"{name}: holds no encounter; write one JSON object on each line")


def read_objects(name: str) -> Iterator[tuple[int, Any]]:
    """Each JSON value of a file with its place: one a line, or the members of an array; or what is wrong with it."""
    for number, text in _read_lines(name):
        try:
            yield number, _parse(text)
        except NosologyError as error:
            yield number, error


def _open(name: str, stack: ExitStack) -> TextIO:
    if name == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")  # type: ignore[union-attr]
        return sys.stdin
    path = Path(name)
    if path.suffix == ".gz":
        return stack.enter_context(gzip.open(path, "rt", encoding="utf-8"))
    return stack.enter_context(path.open(encoding="utf-8"))


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableInput("not a JSON object") from None


def _read_array(name: str, text: str) -> list[Any]:
    try:
        found = _parse(text)
    except UnreadableInput:
        found = None
    if not isinstance(found, list):
        raise UnreadableInput(f"{name}: not a JSON array; write one JSON object on each line")
    return found


class _Writer:
    """Writes results as they come (jsonl), as one array (json), or as a table at the end."""

    def __init__(self, shape: GroupFormat, explain: bool) -> None:
        self._shape = shape
        self._explain = explain
        self._count = 0
        self._rows: list[_Row] = []

    def write(self, done: _Done) -> None:
        if done.text:
            before = b"" if self._shape is GroupFormat.JSONL else b",\n " if self._count else b"["
            sys.stdout.buffer.write(before + done.text + (b"\n" if self._shape is GroupFormat.JSONL else b""))
        self._count += done.count
        self._rows += done.rows
        if self._count >= 100 and sys.stderr.isatty():
            print(f"\r{self._count} encounters", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self._count >= 100 and sys.stderr.isatty():
            print("\r" + " " * 30 + "\r", end="", file=sys.stderr, flush=True)
        if self._shape is GroupFormat.JSON:
            print("]" if self._count else "[]")
        elif self._shape is GroupFormat.TABLE and self._rows:
            _draw(self._rows, self._explain)


def _draw(rows: list[_Row], explain: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    with_drg, with_hcc = rows[0][1] is not None, rows[0][2] is not None
    table = Table(box=None, padding=(0, 1), header_style="bold")
    names = ["id"]
    if with_drg:
        names += ["DRG", "title", "MDC", "return code", "CC / MCC", "edits"]
    if with_hcc:
        names += ["model", "segment", "HCCs", "score"]
    names += rows[0][4]
    for heading in names:
        table.add_column(heading, no_wrap=heading in ("id", "DRG", "MDC", "score"), overflow="fold")
    for name, drg, hcc, _others, research in rows:
        cells = [name]
        if drg is not None:
            counted = [f"{each.code} {each.severity}" for each in drg.diagnoses if each.severity in ("CC", "MCC")]
            edits = [f"{each.edit} {each.code}".strip() for each in drg.edits]
            cells += [drg.drg, drg.title, drg.mdc, drg.return_code, ", ".join(counted), ", ".join(edits)]
        if hcc is not None:
            cells += [hcc.model, hcc.segment, ", ".join(hcc.hccs), f"{hcc.score:.3f}"]
        cells += research.values()
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    for name, drg, hcc, _others, _research in rows if explain else ():
        headed = ((f"DRG {drg.drg}", drg.steps) if drg else None, (f"{hcc.model}", hcc.steps) if hcc else None)
        for heading, steps in (each for each in headed if each is not None):
            console.print(Text(f"\n{name}  {heading}", style="bold"))
            for step in steps:
                console.print(Text(f"  {step.name}: {step.result} ").append(f"({step.source})", style="dim"))
    for name, _drg, _hcc, others, _research in rows:
        if others:
            console.print(Text(f"\n{name}  what if", style="bold"))
        for each in others:
            weight = "" if each.difference is None else f", weight {each.weight} ({each.difference:+.4f})"
            same = "" if each.differs else " (the same)"
            refused = f"; the editor refuses it: {', '.join(each.edits)}" if each.edits else ""
            console.print(Text(f"  {each.change} {each.code}: DRG {each.drg} {each.title}{weight}{same}{refused}"))

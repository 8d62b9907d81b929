"""``nosology payer``: a payer in a box answers a file of claims or questions with the files that a payer sends back."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nosology.errors import NotPermitted, UnreadableInput, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from nosology.payer.decision import Decision
    from nosology.payer.respond import Response

__all__ = ["PayerFormat", "payer"]

_ANSWERED = ("837", "270", "276")
_STYLES = {"paid": "green", "denied": "bold red", "pended": "yellow", "rejected": "bold red", "voided": "dim"}


class PayerFormat(StrEnum):
    """How the decisions are shown."""

    TABLE = "table"
    JSON = "json"


def payer(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An 837, 270 or 276; - for stdin.")],
    policy: Annotated[Path, typer.Option(metavar="FILE", help="The payer's policy, YAML or JSON.")],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the answers go; without it nothing is written.")
    ] = None,
    on: Annotated[str, typer.Option(metavar="DATE", help="The payer's day. Default: that of the file (ISA09).")] = "",
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What the payer remembers. Default: state.json in --out.")
    ] = None,
    snip: Annotated[int, typer.Option(min=1, max=7, help="How deep incoming files are validated.")] = 7,
    steps: Annotated[bool, typer.Option("--steps", help="Also show every step of each decision.")] = False,
    form: Annotated[
        PayerFormat | None, typer.Option("--format", help="Default: a table on a terminal, else json.")
    ] = None,
) -> None:
    """Answer as an insurer: 999, 277CA and 835 for claims, 271 for a 270, 277 for a 276, and why.

    Exit codes: 0 answered; 1 the file or a claim was rejected; 2 usage; 10 unreadable input; 12 not permitted.
    """
    from nosology.payer.policy_file import read_policy_file
    from nosology.payer.respond import respond
    from nosology.payer.state import State, read_state

    text = _load(file)
    chosen = read_policy_file(policy)
    memory = state or (out / "state.json" if out is not None else None)
    try:
        known = read_state(memory.read_text("utf-8")) if memory is not None and memory.is_file() else State()
    except (UnreadableInput, UnicodeDecodeError) as error:
        why = error if isinstance(error, UnreadableInput) else "the state of the payer is not JSON"
        raise UnreadableInput(f"{memory}: {why}") from None
    day = _day(on, text, file)
    made = respond(text, chosen, known, on=day, name=file, snip=snip)
    names = _write(made, file, out, memory) if out is not None and memory is not None else {}
    if form is PayerFormat.JSON or (form is None and not sys.stdout.isatty()):
        print(json.dumps(_to_json(made, names), ensure_ascii=False, indent=1))
    else:
        _draw(made, names, steps=steps)
    rejected = any(each.outcome == "rejected" for each in made.decisions)
    answered = bool(made.decisions or made.eligibility or made.statuses)
    turned_back = any(each.severity == "error" for each in made.findings)
    if rejected or turned_back or not answered:
        raise typer.Exit(1)


def _load(name: str) -> str:
    """The text of a file that can be answered."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{name}: {(error.strerror or 'cannot be read').lower()}") from error

    from nosology.x12.syntax import read_transactions
    from nosology.x12.text import read_chunks

    odd: list[str] = []
    text = "".join(read_chunks(data, name=name, report=lambda _rule, message, _offset: odd.append(message)))
    if not any(each.id in _ANSWERED for each in read_transactions(text, name=name, lazy=True)):
        raise UnreadableInput(f"{name} holds no claims (837) and no questions (270, 276)")
    for message in odd:
        print(f"nosology: {name}: {message}", file=sys.stderr)
    return text


def _day(on: str, text: str, name: str) -> date:
    """The day that was named, else the date of the first interchange (ISA09)."""
    if on:
        try:
            return date.fromisoformat(on.strip())
        except ValueError:
            raise UsageError(f"--on {on}: not a date; write it as 2026-05-04") from None
    from nosology.payer.respond import day_of

    if (found := day_of(text, name=name)) is not None:
        return found
    raise UsageError(f"{name}: its interchange has no date; give the day with --on")


def _write(made: Response, file: str, out: Path, memory: Path) -> dict[str, str]:
    """Write the answers and, last, what the payer remembers, each as a whole; the names by kind."""
    stem = "stdin" if file == "-" else Path(file).stem
    try:
        out.mkdir(parents=True, exist_ok=True)
        names = {}
        for kind, text in made.files.items():
            path = out / f"{stem}.{kind}"
            number = 1
            while path.exists() and path.read_text("utf-8") != text:
                number += 1
                path = out / f"{stem}-{number}.{kind}"
            _replace(path, text)
            names[kind] = path.name
        _replace(memory, made.state.to_json())
    except OSError as error:
        raise NotPermitted(f"{out}: {(error.strerror or 'cannot be written').lower()}") from error
    return names


def _replace(path: Path, text: str) -> None:
    """Write a file as a whole: another reader sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _to_json(made: Response, names: dict[str, str]) -> dict[str, Any]:
    def steps(found: Any) -> list[dict[str, str]]:
        return [{"name": each.name, "result": each.result, "source": each.source} for each in found]

    return {
        "files": names,
        "claims": [
            {
                "claim": each.claim.id,
                "control_number": each.control,
                "decision": each.outcome.value,
                "charge": f"{each.claim.charge:.2f}",
                "paid": f"{each.paid:.2f}",
                "patient": f"{each.patient:.2f}",
                "status": ":".join(part for part in each.status if part),
                "why": each.why,
                "lines": [
                    {
                        "line": line.number,
                        "charge": f"{line.charge:.2f}",
                        "allowed": None if line.allowed is None else f"{line.allowed:.2f}",
                        "paid": f"{line.paid:.2f}",
                        "adjustments": [f"{one.group}-{one.reason} {one.amount:.2f}" for one in line.adjustments],
                        "remarks": list(line.remarks),
                        "steps": steps(line.steps),
                    }
                    for line in each.lines
                ],
                "steps": steps(each.steps),
            }
            for each in made.decisions
        ],
        "payments": [
            {"trace": each.trace, "amount": f"{each.amount:.2f}", "claims": len(each.claims)}
            for each in made.remittances
        ],
        "eligibility": [
            {
                "active": any(one.information in "12345" for one in each.benefits),
                "rejections": [one.reason for one in each.rejections],
                "benefits": len(each.benefits),
            }
            for each in made.eligibility
        ],
        "statuses": [
            {"trace": claim.trace, "status": [str(code) for one in claim.statuses for code in one.codes]}
            for each in made.statuses
            for claim in each.claims
        ],
        "findings": [
            {"rule": each.rule, "severity": each.severity.value, "message": each.message, "where": str(each.position)}
            for each in made.findings
        ],
    }


def _draw(made: Response, names: dict[str, str], *, steps: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    from nosology.cli.render_table import open_console

    console = open_console()
    if made.decisions:
        table = Table(box=None, header_style="bold", pad_edge=False)
        for heading in ("claim", "decision", "charge", "paid", "patient", "why"):
            right = heading in ("charge", "paid", "patient")
            table.add_column(heading, justify="right" if right else "left", overflow="fold")
        for each in made.decisions:
            table.add_row(
                Text(each.claim.id), Text(each.outcome.value, _STYLES[each.outcome.value]), f"{each.claim.charge:,.2f}",
                f"{each.paid:,.2f}", f"{each.patient:,.2f}", Text(each.why),
            )  # fmt: skip
        console.print(table)
    for decision in made.decisions if steps else ():
        _draw_steps(console, decision)
    for payment in made.remittances:
        count = f"{len(payment.claims)} claim{'s' if len(payment.claims) != 1 else ''}"
        console.print(
            Text(
                f"payment {payment.trace}: {payment.amount:,.2f} USD, {count}",
                "bold",
            )
        )
    for answer in made.eligibility:
        told = "active" if any(one.information in "12345" for one in answer.benefits) else "not active"
        refused = ", ".join(one.reason for one in answer.rejections)
        console.print(f"eligibility: {f'refused ({refused})' if refused else told}")
    for response in made.statuses:
        for claim in response.claims:
            console.print(f"status: {', '.join(str(code) for one in claim.statuses for code in one.codes)}")
    for finding in made.findings:
        if finding.severity == "information":
            continue
        console.print(Text(f"{finding.severity.value}: {finding.position}: {finding.message}", "yellow"))
    if names:
        console.print(Text(f"written: {', '.join(names.values())}", "dim"))


def _draw_steps(console: Console, decision: Decision) -> None:
    from rich.text import Text

    console.print(Text(f"\n{decision.claim.id}", "bold"))
    for line in decision.lines:
        told = ", ".join(f"{one.group}-{one.reason} {one.amount:.2f}" for one in line.adjustments)
        console.print(Text(f"  line {line.number}: {line.charge:,.2f}; {told}; paid {line.paid:,.2f}"))
        for step in line.steps:
            console.print(Text(f"    {step.name}: {step.result} ").append(f"({step.source})", "dim"))
    for step in decision.steps:
        console.print(Text(f"  {step.name}: {step.result} ").append(f"({step.source})" if step.source else "", "dim"))

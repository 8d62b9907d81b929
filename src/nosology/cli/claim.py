"""``nosology claim``: an encounter as a claim on the wire or on paper, or what it is expected to be paid."""

from __future__ import annotations

import json
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nosology.cli.claim_form import ClaimOrder, OutputForm, make_claims
from nosology.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    from nosology.model.encounter import Encounter
    from nosology.model.price import PricedClaim

__all__ = ["ClaimFormat", "claim"]


class ClaimFormat(StrEnum):
    """How the result is written."""

    TABLE = "table"
    JSON = "json"


def claim(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An encounter as JSON (several for --form); - stdin.")],
    output: Annotated[
        OutputForm | None, typer.Option("--form", help="Make the claim: X12 text, or a paper form as PDF.")
    ] = None,
    practice: Annotated[str, typer.Option(metavar="FILE", help="Who bills, as JSON; else as the encounter says.")] = "",
    coverage: Annotated[str, typer.Option(metavar="FILE", help="Who pays, as JSON; else as the encounter says.")] = "",
    payer: Annotated[int, typer.Option(min=1, max=11, help="Which payer in order: 1 the primary, 2 the next …")] = 1,
    prior: Annotated[
        list[str] | None, typer.Option(metavar="FILE.835", help="What earlier payers decided; may be repeated.")
    ] = None,
    control: Annotated[int, typer.Option(min=1, max=999_999_999, help="Control number of the interchange.")] = 1,
    production: Annotated[bool, typer.Option("--production", help="Mark the interchange as no test.")] = False,
    combine: Annotated[
        bool,
        typer.Option("--combine", help="One claim for encounters of one day, where the payer takes them together."),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="An edit whose table is not installed stops the claim.")
    ] = False,
    overlay: Annotated[bool, typer.Option("--overlay", help="Print the data alone, for pre-printed stock.")] = False,
    shift: Annotated[str, typer.Option(metavar="RIGHT,UP", help="Move what is printed, in points.")] = "",
    out: Annotated[str, typer.Option(metavar="FILE", help="Write the claim into this file.")] = "",
    price: Annotated[bool, typer.Option("--price", help="What it is expected to be paid.")] = False,
    terms: Annotated[
        str, typer.Option(metavar="FILE", help="How the provider is paid, as JSON: area, hospital, contract, benefits.")
    ] = "",
    estimate: Annotated[bool, typer.Option("--estimate", help="A good-faith estimate instead, as JSON.")] = False,
    on: Annotated[str, typer.Option(metavar="DATE", help="Date of service. Default: that of the encounter.")] = "",
    form: Annotated[
        ClaimFormat | None, typer.Option("--format", help="Default: a table on a terminal, else json.")
    ] = None,
) -> None:
    """Make the claim of an encounter (--form), or price it (--price, --estimate), each amount with its steps.

    With --form the claim is edited and scrubbed first; what keeps it here is told on stderr, with where to mend it.
    Exit codes: 0 made or priced; 1 a claim stays here, or a line has no price; 2 usage; 10 unreadable input.
    """
    if output is not None:
        order = ClaimOrder(
            form=output,
            practice=practice,
            coverage=coverage,
            payer=payer,
            prior=tuple(prior or ()),
            control=control,
            usage="P" if production else "T",
            on=_parse_day(on) if on else None,
            combine=combine,
            strict=strict,
            overlay=overlay,
            shift=shift,
            out=out,
            as_json=form is ClaimFormat.JSON,
        )
        raise typer.Exit(make_claims(file, order))
    from nosology.claims.good_faith import estimate_in_good_faith
    from nosology.claims.price import Terms, expect_payment, read_terms
    from nosology.model.encounter import Setting
    from nosology.model.encounter_json import read_encounter

    if not (price or estimate):
        raise UsageError("say what is wanted: --form, --price or --estimate")
    encounter = read_encounter(_load(file))
    day = _day_of(encounter, on, file)
    drg = ""
    if encounter.setting is Setting.INPATIENT:
        from nosology.grouping.msdrg import assign_drg

        drg = assign_drg(encounter, on=day).drg
    priced = expect_payment(encounter, read_terms(_load(terms)) if terms else Terms(), on=day, drg=drg)
    if estimate:
        patient = priced.patient_pays if terms and priced.complete else None
        told = estimate_in_good_faith(encounter, on=day, given_on=date.today(), patient=patient)
        print(json.dumps(told, ensure_ascii=False, indent=1))
        if told["missing"]:
            print(f"nosology: {file}: the estimate lacks {'; '.join(told['missing'])}", file=sys.stderr)
            raise typer.Exit(1)
        return
    if form is ClaimFormat.JSON or (form is None and not sys.stdout.isatty()):
        print(json.dumps(_to_json(priced), ensure_ascii=False, indent=1))
    else:
        _draw(priced)
    if not priced.complete or any(each.severity == "error" for each in priced.findings):
        raise typer.Exit(1)


def _load(name: str) -> Any:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableInput(f"{name}: not UTF-8 text") from None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableInput(f"{name}: not a JSON object") from None


def _parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--on {text}: not a date; write it as 2026-05-04") from None


def _day_of(encounter: Encounter, on: str, name: str) -> date:
    if on:
        return _parse_day(on)
    days = [line.date for line in encounter.lines if line.date is not None]
    day = encounter.discharged or (max(days) if days else None)
    if day is None:
        raise UsageError(f"{name}: no date of service; give one with --on")
    return day


def _to_json(priced: PricedClaim) -> dict[str, Any]:
    def steps(found: Any) -> list[dict[str, str]]:
        return [{"name": each.name, "result": each.result, "source": each.source} for each in found]

    return {
        "id": priced.id,
        "lines": [
            {
                "line": each.number,
                "code": each.code,
                "method": each.method,
                "charge": f"{each.charge:.2f}",
                "allowed": None if each.allowed is None else f"{each.allowed:.2f}",
                "steps": steps(each.steps),
            }
            for each in priced.lines
        ],
        "allowed": f"{priced.allowed:.2f}",
        "patient_pays": f"{priced.patient_pays:.2f}",
        "payer_pays": f"{priced.payer_pays:.2f}",
        "sequestration": f"{priced.sequestration:.2f}",
        "complete": priced.complete,
        "steps": steps(priced.steps),
        "findings": [
            {
                "rule": each.rule,
                "severity": each.severity.value,
                "message": each.message,
                "where": each.where,
                "fix": each.fix,
            }
            for each in priced.findings
        ],
    }


def _draw(priced: PricedClaim) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for heading in ("line", "code", "priced by", "charge", "allowed"):
        table.add_column(heading, justify="right" if heading in ("charge", "allowed") else "left")
    for each in priced.lines:
        allowed = "no price" if each.allowed is None else f"{each.allowed:,.2f}"
        table.add_row(str(each.number or "stay"), each.code, Text(each.method), f"{each.charge:,.2f}", allowed)
    console.print(table)
    for each in priced.lines:
        for step in each.steps:
            console.print(
                Text(f"  {each.number or 'stay'} {step.name}: {step.result} ").append(f"({step.source})", "dim")
            )
    for step in priced.steps:
        console.print(Text(f"  {step.name}: {step.result} ").append(f"({step.source})", "dim"))
    told = "" if priced.complete else "  (not complete: a line has no price)"
    console.print(
        Text(
            f"allowed {priced.allowed:,.2f}, payer {priced.payer_pays:,.2f}, patient {priced.patient_pays:,.2f}{told}",
            "bold",
        )
    )
    for finding in priced.findings:
        console.print(Text(f"{finding.severity.value}: {finding.where}: {finding.message}", "yellow"))

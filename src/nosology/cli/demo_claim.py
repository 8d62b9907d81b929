"""The second half of the demo: from the codes of a chart to a paid claim and the patient's balance, every step real."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nosology.model.coding import CodedNote
from nosology.model.encounter import Setting

if TYPE_CHECKING:
    from rich.console import Console

    from nosology.model.billing import Bill
    from nosology.model.claim import Claim
    from nosology.model.encounter import Encounter
    from nosology.payer.respond import Response

__all__ = ["walk_claim"]

_Announce = Callable[[str, str], None]


def walk_claim(coded: CodedNote, chart: str, folder: Path, console: Console, announce: _Announce) -> bool:
    """Show the way of the money of a coded chart; True if the books balance and every step was accepted.

    ``folder`` is that of the examples; ``announce`` begins a step with its title and explanation. Nothing is written.
    """
    from nosology.pipeline import bill_encounter

    known = json.loads((folder / "payer" / "demo.json").read_text("utf-8"))
    announce("The encounter", "Codes become services with charges; registration knows patient, coverage and practice.")
    encounter = _encounter(coded, chart, known)
    _draw_services(encounter, console)

    announce("The claim", "Edited, grouped, built and scrubbed: nothing incomplete leaves.")
    bill = bill_encounter(encounter, on=coded.on, claim_id=f"DEMO-{chart.upper()}"[:20], strict=False)
    _draw_bill(bill, console)
    if not bill.may_leave:
        return False
    claim = bill.claims[0]

    announce(
        "On the wire", "The claim as X12, validated as a receiver would: syntax, guide, balance, situations, codes."
    )
    text = _write(claim, coded.on)
    if not _draw_wire(text, claim, coded.on, console):
        return False

    announce("The payer", "A payer in a box acknowledges the file, decides the claim and sends the remittance.")
    answer = _ask_payer(text, folder, coded.on + timedelta(days=4))
    if not _draw_answer(answer, console):
        return False

    announce("The books", "The remittance is read back and posted: double entry, every cent explained.")
    return _settle(claim, answer, coded.on, console)


def _encounter(coded: CodedNote, chart: str, known: dict[str, Any]) -> Encounter:
    """The encounter of a coder who accepted every code, with what registration and charge entry know."""
    from nosology.model.encounter_json import read_encounter

    who = known["patients"][chart]
    stay = coded.setting is Setting.INPATIENT
    diagnoses = [each for each in coded.suggestions if each.system == "icd10cm"]
    services = [each for each in coded.suggestions if each.system in ("cpt", "hcpcs")]
    codes = [each.code for each in diagnoses]
    data: dict[str, Any] = {
        "id": f"demo-{chart}",
        "setting": "inpatient" if stay else coded.setting.value,
        "age": _age(who["birth_date"], coded.on),
        "sex": who["sex"],
        "birth_date": who["birth_date"],
        "diagnoses": [{"code": each.code, "poa": each.poa or ""} for each in diagnoses],
        "patient_details": {each: who[each] for each in ("last", "first", "birth_date", "sex")}
        | {"address": known["address"]},
        "coverages": [
            {
                "payer": known["payer"], "member_id": who["member_id"], "relationship": "18", "responsibility": "P",
                "filing_indicator": "CI", "benefits_assigned": "Y", "release": "Y",
            }
        ],
        "practice": known["hospital" if stay else "practice"],
    }  # fmt: skip
    if stay:
        procedures = [each for each in coded.suggestions if each.system == "icd10pcs"]
        data |= {
            "admitted": str(coded.on - timedelta(days=who["days"])),
            "discharged": str(coded.on),
            "discharge_status": "01",
            "type_of_bill": "0111",
            "admitting_diagnosis": codes[0],
            "procedures": [{"code": each.code, "date": str(coded.on)} for each in procedures],
            "lines": [{"code": ""} | each for each in known["stay_lines"]],
            "providers": {"attending": known["attending"]} | ({"operating": known["operating"]} if procedures else {}),
            "stay": {"admission_type": "1", "admission_source": "1", "admission_hour": "14", "discharge_hour": "11"},
        }
        return read_encounter(data)
    place = "23" if coded.setting is Setting.EMERGENCY else "11"
    data["lines"] = [
        {
            "code": each.code,
            "modifiers": list(each.modifiers),
            "units": each.units or 1,
            "charge": known["charges"][each.code],
            "date": str(coded.on),
            "place_of_service": place,
            "diagnosis_pointers": _pointers(each.code, codes),
        }
        for each in services
        if each.code in known["charges"]
    ]
    data["providers"] = {"rendering": known["rendering"]}
    return read_encounter(data)


def _age(birth_date: str, on: date) -> int:
    born = date.fromisoformat(birth_date)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _pointers(code: str, diagnoses: list[str]) -> list[int]:
    """A vaccination points to the need for it, everything else to the first diagnoses."""
    if "90460" <= code <= "90474" and "Z23" in diagnoses:
        return [diagnoses.index("Z23") + 1]
    return list(range(1, min(len(diagnoses), 4) + 1))


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _table(*headings: str, right: tuple[str, ...] = ()) -> Any:
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right else "left", overflow="fold")
    return table


def _draw_services(encounter: Encounter, console: Console) -> None:
    table = _table("service", "units", "charge", "diagnoses", right=("units", "charge"))
    for line in encounter.lines:
        codes = ", ".join(encounter.diagnoses[n - 1].code for n in line.diagnosis_pointers)
        name = "-".join((line.code or f"revenue {line.revenue_code}", *line.modifiers))
        table.add_row(name, f"{line.units.normalize():f}", _money(line.charge), codes)
    console.print(table)


def _draw_bill(bill: Bill, console: Console) -> None:
    for claim in bill.claims:
        group = f", MS-DRG {bill.drg.drg}" if bill.drg is not None else ""
        told = (
            f"[bold]{claim.id}[/bold]: {claim.form.value}, {len(claim.diagnoses)} diagnoses, {len(claim.lines)} lines"
        )
        console.print(f"{told}{group}, {_money(claim.charge)} USD")
    for finding in bill.blocking:
        console.print(
            f"[bold red]stops the claim:[/bold red] {finding.message} [dim]({finding.rule}; {finding.fix})[/dim]"
        )
    others = [each for each in bill.findings if each not in bill.blocking]
    unchecked = [each for each in others if each.rule == "edit.not-run"]
    for finding in unchecked:
        console.print(f"[dim]{finding.message}; {finding.fix.partition(';')[0]}[/dim]")
    if not bill.blocking:
        count = len(others) - len(unchecked)
        console.print(f"[green]Scrubbed: it may leave[/green] [dim]({count} remark{'s' * (count != 1)})[/dim]")


def _write(claim: Claim, on: date) -> str:
    from nosology.x12.claim_837 import write_837

    assert claim.envelope is not None
    sent = on + timedelta(days=1)
    envelope = replace(
        claim.envelope, created=f"{sent:%Y%m%d}0900", interchange_control="000000001", group_control="1",
        transaction_control="0001",
    )  # fmt: skip
    return write_837([claim], envelope=envelope)


def _draw_wire(text: str, claim: Claim, on: date, console: Console) -> bool:
    from rich.text import Text

    from nosology.model.finding import Severity
    from nosology.x12.claim_837 import read_837
    from nosology.x12.validate import validate

    segments = text.replace("\n", "").split("~")
    shown = [each for each in segments if each.startswith(("CLM*", "HI*", "SV1*", "SV2*"))]
    for each in shown[:6]:
        console.print(Text(f"  {each}~"[: console.width], "cyan"))
    errors = [each for each in validate(text, on=on) if each.severity is Severity.ERROR]
    for error in errors:
        console.print(f"[bold red]{error.position}: {error.message}[/bold red]")
    back = [found for found, _ in read_837(text)]
    same = back == [claim]
    console.print(
        f"{len(segments) - 1} segments; {len(errors)} errors at SNIP 1 to 7; "
        f"read back {'[green]the same claim[/green]' if same else '[bold red]another claim[/bold red]'}"
    )
    return not errors and same


def _ask_payer(text: str, folder: Path, on: date) -> Response:
    from nosology.payer.policy_file import read_policy_file
    from nosology.payer.respond import respond
    from nosology.payer.state import State

    return respond(text, read_policy_file(folder / "payer" / "policy.yaml"), State(), on=on)


def _draw_answer(answer: Response, console: Console) -> bool:
    from rich.text import Text

    from nosology.x12.ack_999 import read_999
    from nosology.x12.status_277 import read_277ca

    taken = all(each.verdict in "AE" for each in read_999(answer.files["999"]))
    console.print(f"999    the file is {'[green]accepted[/green]' if taken else '[bold red]rejected[/bold red]'}")
    if "277ca" not in answer.files:
        return False
    for told in next(read_277ca(answer.files["277ca"])).claims:
        word = "[green]accepted[/green]" if told.accepted else "[bold red]rejected[/bold red]"
        console.print(f"277CA  claim {told.id} is {word}, the payer's number is {told.payer_control_number}")
    if "835" not in answer.files:
        return False
    for decision in answer.decisions:
        payment = decision.payment
        assert payment is not None
        if not payment.lines:  # a stay, told at claim level
            told_so = ", ".join(f"{one.group}-{one.reason} {_money(one.amount)}" for one in payment.adjustments)
            console.print(f"835    {_money(payment.charge)}: {told_so}; paid {_money(payment.paid)}")
            for step in decision.steps[-4:]:
                console.print(Text(f"       {step.name}: {step.result}", "dim"))
            continue
        table = _table(
            "835    service", "charge", "allowed", "paid", "adjustments", "why", right=("charge", "allowed", "paid")
        )
        for line, paid in zip(decision.lines, payment.lines, strict=False):
            why = next((step.result for step in reversed(line.steps)), "")
            told_so = ", ".join(f"{one.group}-{one.reason} {_money(one.amount)}" for one in line.adjustments)
            allowed = "" if line.allowed is None else _money(line.allowed)
            name = "-".join((paid.procedure.code, *paid.procedure.modifiers))
            table.add_row(f"       {name}", _money(line.charge), allowed, _money(line.paid), told_so, Text(why, "dim"))
        console.print(table)
    for remittance in answer.remittances:
        console.print(f"835    payment [bold]{remittance.trace}[/bold]: {_money(remittance.amount)} USD")
    return taken


def _settle(claim: Claim, answer: Response, on: date, console: Console) -> bool:
    """Post the remittance, show the accounts and the statement; True if everything adds up."""
    from nosology.ledger.balance import account_balances, charge_postings, claim_positions, patient_key, payer_key
    from nosology.ledger.statement import patient_statement
    from nosology.model.ledger import AccountKind, Entry, EntryKind
    from nosology.pipeline import settle_claim
    from nosology.x12.remittance_835 import read_835

    payer = payer_key(claim.subscriber.payer)
    entries = [Entry(f"charge/{claim.id}", on, EntryKind.CHARGE, charge_postings(claim, payer), payer=payer)]
    posted = on + timedelta(days=5)
    sound = True
    for remittance in read_835(answer.files["835"]).remittances:
        settled = settle_claim(claim, remittance, on=posted, entries=entries)
        sound = sound and not any(each.waits for each in settled.payments)
        entries += settled.entries
    table = _table("account", "debit", "credit", right=("debit", "credit"))
    balances = account_balances(entries)
    for account, amount in balances.items():
        if amount:
            table.add_row(str(account), _money(amount) if amount > 0 else "", _money(-amount) if amount < 0 else "")
    total = sum(balances.values(), Decimal(0))
    console.print(table)
    position = claim_positions(entries)[claim.id]
    explained = sound and not total and not position.difference and not position.insurance_due
    explained = explained and not any(
        amount
        for account, amount in balances.items()
        if account.kind in (AccountKind.REMITTANCE, AccountKind.UNAPPLIED)
    )
    promised = sum((each.patient for each in answer.decisions), Decimal(0))
    explained = explained and position.patient_due == promised
    word = "[green]The books balance[/green]" if explained else "[bold red]The books do not balance[/bold red]"
    console.print(f"{word}: {_money(position.charged)} charged, sum of all accounts {_money(total)}\n")
    statement = patient_statement(entries, patient_key(claim), on=posted, claims=[claim.id], days={claim.id: on})
    lines = _table("statement", "charged", "insurance paid", "not owed", "you owe",
                   right=("charged", "insurance paid", "not owed", "you owe"))  # fmt: skip
    for visit in statement.visits:
        lines.add_row(
            f"{visit.on}  {visit.claim}", _money(visit.charged), _money(visit.insurance_paid), _money(visit.not_owed),
            _money(visit.due),
        )  # fmt: skip
        for step in visit.steps:
            lines.add_row(f"  [dim]{step.result}[/dim]", "", "", "", "")
    console.print(lines)
    console.print(f"[bold]Patient's balance: {_money(statement.due)} USD[/bold]")
    return explained

"""``nosology ledger``: what stands in the books: balances, ageing, denials, statements, entries."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nosology.cli.ledger_tables import BooksFormat, decide_format, draw, parse_day

if TYPE_CHECKING:
    from nosology.store.books import Books

__all__ = ["aging", "balance", "denials", "entries", "ledger_app", "match_payment", "statement"]

ledger_app = typer.Typer(no_args_is_help=True, add_completion=False, help="What stands in the books, to the cent.")

_Books = Annotated[str, typer.Option("--books", metavar="DB", help="The books (an SQLite file).")]
_On = Annotated[str, typer.Option(metavar="DATE", help="As of this day. Default: today.")]
_Form = Annotated[BooksFormat | None, typer.Option("--format", help="Default: a table on a terminal, else json.")]


def _open(path: str) -> Books:
    from nosology.store.books import Books

    return Books(path)


def _put(form: BooksFormat | None, found: Any) -> bool:
    """Print as JSON if that is the format; True if it was."""
    if decide_format(form) is BooksFormat.JSON:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return True
    return False


def _flat(value: Any) -> str:
    return ", ".join(f"{name} {amount}" for name, amount in value.items()) if isinstance(value, dict) else str(value)


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


@ledger_app.command()
def balance(
    books: _Books,
    claim: Annotated[str, typer.Option(metavar="ID", help="One claim instead of the accounts.")] = "",
    form: _Form = None,
) -> None:
    """The balance of every account, what waits to be matched, what is held; or where one claim stands."""
    from nosology.errors import UsageError
    from nosology.store.payments import held_remittances, waiting_payments

    with _open(books) as kept:
        if claim:
            row = kept.claim(claim)
            if row is None:
                raise UsageError(f"claim {claim} is not in the books")
            position = kept.position(claim)
            told = {
                "claim": claim,
                "state": str(row.state),
                "charged": str(position.charged),
                "paid_by_insurance": str(position.paid_by_insurance),
                "paid_by_patient": str(position.paid_by_patient),
                "contractual": str(position.contractual),
                "written_off": str(position.written_off),
                "insurance_due": {owner: f"{due:.2f}" for owner, due in position.insurance.items() if due},
                "patient_due": str(position.patient_due),
            }
            if not _put(form, told):
                draw(("claim", claim), [(name, _flat(value)) for name, value in told.items() if name != "claim"])
            return
        accounts = kept.balances()
        waiting, held = waiting_payments(kept), held_remittances(kept)
    found = {
        "accounts": [{"account": str(each), "balance": str(amount)} for each, amount in sorted(accounts.items())],
        "total": str(sum(accounts.values(), Decimal("0.00"))),
        "waiting": [
            {
                "remittance": each.remittance,
                "ordinal": each.ordinal,
                "payer": each.payer,
                "claim": each.claim,
                "paid": f"{each.paid:.2f}",
                "why": each.why,
            }
            for each in waiting
        ],
        "held": [
            {"payer": each.payer, "trace": each.trace, "amount": f"{each.amount:.2f}", "why": each.why} for each in held
        ],
    }
    if _put(form, found):
        return
    rows = [(str(each), _money(amount)) for each, amount in sorted(accounts.items()) if amount]
    draw(("account", "balance"), [*rows, ("all accounts", found["total"])], right=(1,))  # type: ignore[list-item]
    if waiting:
        draw(
            ("waiting for a match", "payer", "paid", "why"),
            [(each.claim, each.payer, _money(each.paid), each.why) for each in waiting],
            right=(2,),
        )
    for one in held:
        print(f"held: {one.payer}, trace {one.trace}, {_money(one.amount)}: {one.why}")


@ledger_app.command()
def aging(books: _Books, on: _On = "", form: _Form = None) -> None:
    """What payers and patients owe, by how long they have owed it."""
    from nosology.ledger.aging import BUCKETS, age_balances

    day = parse_day(on) if on else date.today()
    with _open(books) as kept:
        found = age_balances((entry for entry in kept.entries() if entry.on <= day), day)
    told = [
        {
            "account": str(each.account),
            "buckets": dict(zip(BUCKETS, map(str, each.buckets), strict=True)),
            "credit": str(each.credit),
            "total": str(each.total),
        }
        for each in found
    ]
    if not _put(form, {"on": day.isoformat(), "accounts": told}):
        rows = [(str(e.account), *map(_money, e.buckets), _money(e.credit), _money(e.total)) for e in found]
        draw(("account", *BUCKETS, "credit", "total"), rows, right=range(1, 8))


@ledger_app.command()
def denials(books: _Books, form: _Form = None) -> None:
    """The worklist of denials: what was refused, of what kind, until when something can be done, and what."""
    from nosology.ledger.denials import denial_worklist
    from nosology.store.payments import denial_sources

    with _open(books) as kept:
        found = denial_worklist(denial_sources(kept), kept.positions())
    told = [
        {
            "claim": each.claim,
            "line": each.line,
            "payer": each.payer,
            "reason": f"{each.group}-{each.reason}".strip("-"),
            "remarks": list(each.remarks),
            "amount": f"{each.amount:.2f}",
            "kind": each.kind,
            "title": each.title,
            "next_step": each.next_step,
            "appeal": each.appeal,
            "decided": each.decided.isoformat(),
            "deadline": each.deadline.isoformat(),
        }
        for each in found
    ]
    if not _put(form, {"denials": told}):
        rows = [
            (
                str(each.deadline),
                each.claim,
                str(each.line or ""),
                f"{each.group}-{each.reason}".strip("-"),
                _money(each.amount),
                each.title,
                each.next_step,
            )
            for each in found
        ]
        draw(("deadline", "claim", "line", "reason", "amount", "what", "next step"), rows, right=(4,))


@ledger_app.command()
def statement(
    books: _Books,
    patient: Annotated[str, typer.Option(metavar="ACCOUNT", help="The account of the patient (member number).")],
    on: _On = "",
    form: _Form = None,
) -> None:
    """A patient's statement: per visit who paid what, what waits for insurance, what is due. None for 0.00."""
    from nosology.errors import UsageError
    from nosology.ledger.statement import patient_statement
    from nosology.model.ledger import Account, AccountKind

    day = parse_day(on) if on else date.today()
    with _open(books) as kept:
        rows = kept.claims_of(patient)
        written = list(kept.entries(account=Account(AccountKind.PATIENT, patient)))
        if not rows and not written:
            raise UsageError("no such patient account in these books")
        seen = {entry.id for entry in written}
        written += [entry for row in rows for entry in kept.entries(claim=row.claim.id) if entry.id not in seen]
    unique = {entry.id: entry for entry in written}
    found = patient_statement(
        unique.values(),
        patient,
        on=day,
        claims=[row.claim.id for row in rows],
        days={row.claim.id: row.service_day for row in rows},
    )
    told = {
        "patient": patient,
        "on": day.isoformat(),
        "to_send": found.to_send,
        "due": str(found.due),
        "credit": str(found.credit),
        "insurance_pending": str(found.insurance_pending),
        "visits": [
            {
                "claim": each.claim,
                "on": each.on.isoformat() if each.on else None,
                "charged": str(each.charged),
                "insurance_paid": str(each.insurance_paid),
                "not_owed": str(each.not_owed),
                "patient_paid": str(each.patient_paid),
                "insurance_pending": str(each.insurance_pending),
                "due": str(each.due),
                "steps": [step.result for step in each.steps],
            }
            for each in found.visits
        ],
    }
    if _put(form, told):
        return
    if not found.to_send:
        print(f"nothing is due from this patient on {day}: no statement is sent")
    columns = ("visit", "charged", "insurance\npaid", "not\nowed", "you\npaid", "waits for\ninsurance", "due")
    table = [
        (
            f"{each.on or ''} {each.claim}".strip(),
            *map(
                _money,
                (
                    each.charged,
                    each.insurance_paid,
                    each.not_owed,
                    each.patient_paid,
                    each.insurance_pending,
                    each.due,
                ),
            ),
        )
        for each in found.visits
    ]
    draw(columns, table, right=range(1, 7))
    print(f"credit {_money(max(found.credit, -found.due))}; due now {_money(max(found.due, Decimal(0)))}")


@ledger_app.command()
def entries(
    books: _Books,
    claim: Annotated[str, typer.Option(metavar="ID", help="Only those of this claim.")] = "",
    form: _Form = None,
) -> None:
    """The entries in the order in which they were written, every posting with its reason."""
    from nosology.errors import UsageError

    with _open(books) as kept:
        found = list(kept.entries(claim=claim))
        if claim and not found and kept.claim(claim) is None:
            raise UsageError(f"claim {claim} is not in the books")
    told = [
        {
            "id": each.id,
            "on": each.on.isoformat(),
            "kind": str(each.kind),
            "memo": each.memo,
            "source": each.source,
            "by": each.by,
            "reverses": each.reverses or None,
            "postings": [
                {
                    "account": str(one.account),
                    "amount": f"{one.amount:.2f}",
                    "claim": one.claim,
                    "line": one.line,
                    "reason": one.reason,
                }
                for one in each.postings
            ],
            "steps": [f"{step.name}: {step.result}" for step in each.steps],
        }
        for each in found
    ]
    if not _put(form, {"entries": told}):
        rows = [
            (
                str(e.on) if not at else "",
                str(e.kind) if not at else "",
                str(one.account),
                _money(one.amount),
                one.claim,
                one.reason,
            )
            for e in found
            for at, one in enumerate(e.postings)
        ]
        draw(("day", "entry", "account", "amount", "claim", "reason"), rows, right=(3,))


@ledger_app.command("match")
def match_payment(
    books: _Books,
    remittance: Annotated[str, typer.Option(metavar="DIGEST", help="The remittance, as balance names it.")],
    ordinal: Annotated[int, typer.Option(metavar="N", help="The place of the payment in it, from 0.")],
    claim: Annotated[str, typer.Option(metavar="ID", help="The claim that it means.")],
    who: Annotated[str, typer.Option(metavar="NAME", help="Who says so.")],
    on: _On = "",
) -> None:
    """Post a payment that waits to the claim that you name: the money leaves the unapplied account."""
    from nosology.actions.billing import match_waiting_payment

    day = parse_day(on) if on else date.today()
    with _open(books) as kept:
        findings = match_waiting_payment(kept, remittance, ordinal, claim, on=day, who=who)
        row = kept.claim(claim)
    for finding in findings:
        print(f"{finding.severity.value}: {finding.message} [{finding.rule}]")
    print(f"posted to claim {claim}, which is now {row.state if row else 'unknown'}")

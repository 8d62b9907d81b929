"""``nosology remit``: a remittance read, balanced and matched; with ``--post`` into the books, once."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nosology.cli.ledger_tables import BooksFormat, decide_format, draw, parse_day
from nosology.x12.values import show_money

if TYPE_CHECKING:
    from nosology.actions.billing import PostedRemittance
    from nosology.ledger.settle import SettledPayment
    from nosology.model.claim import Claim
    from nosology.model.edi import EdiFinding
    from nosology.x12.remittance_835 import RemittanceFile

__all__ = ["remit"]


def remit(
    file: Annotated[str, typer.Argument(metavar="FILE.835", help="A remittance advice (835); - for stdin.")],
    books: Annotated[
        str, typer.Option("--books", metavar="DB", help="The books in which the claims stand (an SQLite file).")
    ] = "",
    post: Annotated[bool, typer.Option("--post", help="Write it into the books; once is enough.")] = False,
    claims: Annotated[
        str, typer.Option(metavar="FILE.837", help="Claims that were sent by other means: charged first, once.")
    ] = "",
    on: Annotated[str, typer.Option(metavar="DATE", help="Day of posting. Default: today.")] = "",
    who: Annotated[str, typer.Option(metavar="NAME", help="Who posts it.")] = "",
    form: Annotated[
        BooksFormat | None, typer.Option("--format", help="Default: a table on a terminal, else json.")
    ] = None,
) -> None:
    """Read a remittance, balance it, match its claims, and show every amount with its reason; --post writes it.

    Without --books it is matched against --claims alone, and nothing is kept. Exit codes: 0 read, and posted where
    asked; 1 a finding of severity error (it does not add up, breaks off, another payment has its trace number); 2
    usage; 10 no remittance, or no books.
    """
    from nosology.actions.billing import post_remittance, record_sent_claims
    from nosology.errors import UsageError
    from nosology.store.books import Books
    from nosology.x12.remittance_835 import read_835

    if post and not books:
        raise UsageError("--post needs --books, the file in which the books are kept")
    day = parse_day(on) if on else date.today()
    name = "standard input" if file == "-" else file
    source = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    read = read_835(source, name=name)
    sent, refused = _read_claims(claims) if claims else ([], [])
    for why in refused:
        print(f"nosology: {claims}: {why}", file=sys.stderr)
    with ExitStack() as stack:
        if books and (post or not claims or Path(books).exists()):
            kept = stack.enter_context(Books(books, create=post))
        else:
            kept = stack.enter_context(Books(":memory:", create=True))
        if not post:
            kept = stack.enter_context(kept.rehearse())
        if claims:
            record_sent_claims(kept, sent, on=day, source=Path(claims).name)
        done = post_remittance(kept, read, on=day, source=Path(name).name, who=who)
    if decide_format(form) is BooksFormat.JSON:
        print(json.dumps(_to_json(read, done, post), ensure_ascii=False, indent=1))
    else:
        _draw(read, done, post)
    errors = [each for each in read.all_findings if each.severity == "error"]
    if errors or refused or any(each.outcome == "held" for each in done):
        raise typer.Exit(1)


def _read_claims(name: str) -> tuple[list[Claim], list[str]]:
    """The claims of a file that are whole, and why others are not taken: the books keep a charge as it is told first.

    Raises:
        UnreadableInput: the file holds no X12, or no claim.
    """
    from nosology.errors import UnreadableInput
    from nosology.x12.claim_837 import read_837

    whole: list[Claim] = []
    envelope: list[EdiFinding] = []
    refused = []
    for claim, findings in read_837(Path(name).read_bytes(), name=name, report=envelope.append):
        charges = [line.charge for line in claim.lines]
        if any(each.rule == "x12.837.unreadable_value" for each in findings):
            refused.append(f"claim {claim.id} is not taken: a value in it cannot be read")
        elif min(claim.charge, *charges, Decimal(0)) < 0:
            refused.append(f"claim {claim.id} is not taken: its charge is negative")
        elif sum(charges, Decimal(0)) != claim.charge:
            refused.append(f"claim {claim.id} is not taken: its services do not add up to its charge")
        else:
            whole.append(claim)
    if not whole and not refused:
        raise UnreadableInput(f"{name} holds no claims (837)")
    return whole, refused + [each.message for each in envelope if each.severity == "error"]


def _explain(each: SettledPayment) -> list[str]:
    if each.waits:
        return [f"waits: {each.waits}"]
    steps = each.posted.steps if each.posted else ()
    return [f"{step.name}: {step.result}" for step in steps]


def _allowed(each: SettledPayment) -> Decimal:
    """What the payer allows: paid and the patient's share (CLP04 and CLP05, or the CAS PR)."""
    payment = each.payment
    told = [*payment.adjustments, *(one for line in payment.lines for one in line.adjustments)]
    return payment.paid + sum((one.amount for one in told if one.group == "PR"), Decimal(0))


def _to_json(read: RemittanceFile, done: tuple[PostedRemittance, ...], post: bool) -> dict[str, Any]:
    return {
        "posted": post,
        "remittances": [
            {
                "payer": each.remittance.payer.id or each.remittance.payer.name,
                "trace": each.remittance.trace,
                "paid_on": each.remittance.paid_on.isoformat() if each.remittance.paid_on else None,
                "amount": show_money(each.remittance.amount),
                "outcome": each.outcome if post or each.outcome != "posted" else "would be posted",
                "why": each.why,
                "claims": [_payment_json(one) for one in (each.settlement.payments if each.settlement else ())],
                "provider_adjustments": [
                    {"reason": one.reason, "reference": one.reference, "amount": show_money(one.amount)}
                    for one in each.remittance.provider_adjustments
                ],
                "entries": [
                    {
                        "id": entry.id,
                        "kind": str(entry.kind),
                        "postings": [
                            {
                                "account": str(one.account),
                                "amount": show_money(one.amount),
                                "claim": one.claim,
                                "line": one.line,
                                "reason": one.reason,
                            }
                            for one in entry.postings
                        ],
                    }
                    for entry in (each.settlement.entries if each.settlement else ())
                ],
                "findings": [
                    {"rule": one.rule, "severity": one.severity.value, "message": one.message, "where": one.where}
                    for one in each.findings
                ],
            }
            for each in done
        ],
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "message": one.message,
                "where": str(one.position),
                "claim": one.claim,
            }
            for one in read.all_findings
        ],
    }


def _payment_json(each: SettledPayment) -> dict[str, Any]:
    return {
        "claim": each.payment.id,
        "matched": each.claim.id if each.claim else None,
        "status": each.payment.status,
        "charged": show_money(each.payment.charge),
        "allowed": show_money(_allowed(each)),
        "paid": show_money(each.payment.paid),
        "patient": show_money(_allowed(each) - each.payment.paid),
        "match": list(each.match.reasons),
        "waits": each.waits,
        "steps": _explain(each),
    }


def _draw(read: RemittanceFile, done: tuple[PostedRemittance, ...], post: bool) -> None:
    words = {"posted": "posted" if post else "not yet posted", "already": "already posted", "held": "held"}
    for each in done:
        paid_on = f" of {each.remittance.paid_on}" if each.remittance.paid_on else ""
        why = f": {each.why}" if each.why else ""
        payer = each.remittance.payer.name or each.remittance.payer.id
        trace = f"trace {each.remittance.trace}" if each.remittance.trace else "no trace number"
        print(f"{payer}, {trace}{paid_on}, {each.remittance.amount:,.2f} USD: {words[each.outcome]}{why}")
        rows = [
            (
                one.claim.id if one.claim else f"{one.payment.id} (unmatched)",
                f"{one.payment.charge:,.2f}",
                f"{_allowed(one):,.2f}",
                f"{one.payment.paid:,.2f}",
                f"{_allowed(one) - one.payment.paid:,.2f}",
                "\n".join(_explain(one)),
            )
            for one in (each.settlement.payments if each.settlement else ())
        ]
        if rows:
            draw(("claim", "charged", "allowed", "paid", "patient", "explained"), rows, right=(1, 2, 3, 4))
        for plb in each.remittance.provider_adjustments:
            way = "lowers" if plb.amount > 0 else "raises"
            print(f"  account adjustment {plb.reason} {plb.reference}: {abs(plb.amount):,.2f} {way} the payment")
        for finding in each.findings:
            print(f"  {finding.severity.value}: {finding.message} [{finding.rule}]")
    for found in read.all_findings:
        claim = f" (claim {found.claim})" if found.claim else ""
        place = f"{found.position}: " if str(found.position) else ""
        print(f"{found.severity.value}: {place}{found.message}{claim} [{found.rule}]")

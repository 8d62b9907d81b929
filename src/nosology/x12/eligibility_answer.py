"""What came of a question of eligibility, whatever came: an answer, a refusal, rubbish, nothing.

This never raises because of what a payer sent, and never says "not covered" because a call failed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from nosology.codes.eligibility import explain_follow_up, explain_rejection
from nosology.errors import NosologyError
from nosology.model.eligibility import CoverageState, EligibilityAnswer, EligibilityInquiry, EligibilityResponse
from nosology.model.finding import Finding, Severity
from nosology.x12.benefits import coverage_state
from nosology.x12.eligibility_271 import parse_271
from nosology.x12.syntax import read_transactions

__all__ = ["receive_answer"]

_RETRY = "Ask again later; until then go by the coverage on file, and do not bill the patient because of this."
_BEGIN, _END, _SPAN = ("346", "356", "348"), ("347", "357", "349"), ("291", "307")


@dataclass(slots=True)
class _Received:
    findings: list[Finding] = field(default_factory=list)

    def say(self, rule: str, message: str, *, fix: str = "", severity: Severity = Severity.WARNING) -> None:
        finding = Finding(f"eligibility.{rule}", severity, message, "eligibility", fix=fix)
        if finding not in self.findings:
            self.findings.append(finding)


def receive_answer(
    answer: str | bytes | None, inquiry: EligibilityInquiry | None = None, *, failure: str = ""
) -> EligibilityAnswer:
    """Return what an answer comes to.

    Args:
        answer: what the payer sent, None (or nothing) if the call failed.
        inquiry: the question; answers about somebody else are not used, and dates are compared with the day asked for.
        failure: in a word or two why the call failed, as "timeout".
    """
    received = _Received()
    if not answer or not answer.strip():
        why = f" ({failure})" if failure else ""
        received.say("no_answer", f"the payer did not answer{why}: coverage is unknown", fix=_RETRY)
        return EligibilityAnswer(CoverageState.UNKNOWN, (), tuple(received.findings))
    responses, others = _read(answer, received)
    if not responses:
        if others & {"999", "997", "TA1"}:
            fix = "See what the acknowledgement rejects, mend the question and ask again."
            received.say("refused", "the payer's system refused the question before reading it", fix=fix)
        else:
            received.say("garbled", "the answer holds no readable 271: coverage is unknown", fix=_RETRY)
        return EligibilityAnswer(CoverageState.UNKNOWN, (), tuple(received.findings))
    ours = [response for response in responses if inquiry is None or _answers(response, inquiry)]
    if not ours:
        received.say("mismatch", "the answer is about somebody else or another question; it is not used", fix=_RETRY)
        return EligibilityAnswer(CoverageState.UNKNOWN, tuple(responses), tuple(received.findings))
    for response in ours:
        _report_rejections(response, received)
    states = {coverage_state(response) for response in ours}
    order = (CoverageState.ACTIVE, CoverageState.INACTIVE, CoverageState.REJECTED, CoverageState.UNKNOWN)
    state = next(each for each in order if each in states)
    if state is CoverageState.ACTIVE and inquiry is not None and inquiry.date_of_service is not None:
        days = inquiry.date_of_service, inquiry.last_day or inquiry.date_of_service
        if not any(_includes(response, *days) for response in ours if coverage_state(response) is state):
            fix = "Ask for the date of service again, or call the payer."
            received.say("dates", "the coverage told does not include the date of service", fix=fix)
            state = CoverageState.UNKNOWN
    if state is CoverageState.INACTIVE:
        fix = "Look for other coverage before the service, and tell the patient."
        received.say("inactive", "the payer says that there is no active coverage", fix=fix)
    elif state is CoverageState.UNKNOWN and not received.findings:
        received.say("silent", "the answer does not say whether there is coverage", fix=_RETRY)
    return EligibilityAnswer(state, tuple(ours), tuple(received.findings))


def _read(answer: str | bytes, received: _Received) -> tuple[list[EligibilityResponse], set[str]]:
    responses: list[EligibilityResponse] = []
    others: set[str] = set()
    try:
        for transaction in read_transactions(answer):
            if transaction.id == "271":
                responses.extend(parse_271(transaction))
            else:
                others.add(transaction.id)
            if any(finding.severity is Severity.ERROR for finding in transaction.findings):
                received.say("damaged", "the envelope of the answer is damaged; it may be incomplete", fix=_RETRY)
    except (NosologyError, ValueError, ArithmeticError, LookupError):
        received.say("garbled", "the answer cannot be read to its end", fix=_RETRY)
    text = answer if isinstance(answer, str) else answer.decode("latin-1")
    if "TA1" in text[:400]:
        others.add("TA1")
    return responses, others


def _answers(response: EligibilityResponse, inquiry: EligibilityInquiry) -> bool:
    """Whether an answer belongs to the question: by a trace that it returns, else by reference and member number."""
    asked = {trace.number for trace in inquiry.traces}
    returned = {trace.number for trace in response.traces if trace.kind == "2"}
    if asked and returned:
        return bool(asked & returned)
    if response.subscriber is None:
        return not response.reference or response.reference == inquiry.reference
    known, wanted = response.subscriber.party.id, inquiry.subscriber.party.id
    return not (known and wanted) or known == wanted or response.reference == inquiry.reference


def _report_rejections(response: EligibilityResponse, received: _Received) -> None:
    refused = [*response.rejections, *(each for benefit in response.benefits for each in benefit.rejections)]
    for rejection in refused:
        words, follow_up = explain_rejection(rejection.reason), explain_follow_up(rejection.follow_up)
        message = f"the payer rejects the question ({rejection.level or 'level unknown'}): {rejection.reason} {words}"
        received.say("rejected", message.rstrip(), fix=follow_up)


def _includes(response: EligibilityResponse, first: date, last: date) -> bool:
    """False only if the dates of the coverage say that it began later or ended earlier."""
    for dated in response.dates:
        begin, end = dated.first, dated.last
        span = dated.qualifier in _SPAN and dated.form == "RD8"
        if (dated.qualifier in _BEGIN or span) and begin and begin > first:
            return False
        if (dated.qualifier in _END or span) and end and end < last:
            return False
    return True

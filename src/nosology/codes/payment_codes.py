"""One place that knows what somebody means by ``CO-45``, ``CARC 97``, ``N211`` or ``A7:33``, and says it in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nosology.codes.carc import appeal_outlook, find_adjustment_group, find_carc, find_provider_adjustment
from nosology.codes.claim_status import find_category, find_entity, find_status
from nosology.codes.eligibility import explain_benefit, explain_service_type
from nosology.codes.rarc import find_rarc
from nosology.codes.wording import CodeWords, code_classes, official_text, read_words

__all__ = ["PaymentCode", "explain_payment_code"]

_LISTS = {
    "carc": "claim adjustment reason code, X12 external code source 139",
    "rarc": "remittance advice remark code, X12 external code source 411",
    "group": "claim adjustment group, ASC X12N 005010X221A1",
    "plb": "provider adjustment, ASC X12N 005010X221A1",
    "status": "claim status category and status code, X12 external code sources 507 and 508",
    "eligibility": "eligibility code, ASC X12N 005010X279A1",
}
_NAMED = re.compile(r"(CARC|RARC|PLB|AAA|EB|STC|STATUS|CATEGORY|SERVICE TYPE)[\s:_-]+(\S+)", re.I)
_ADJUSTED = re.compile(r"(CO|PR|OA|PI|CR)[\s:_-]*([0-9]{1,3}|[ABPWY][0-9]{1,2})", re.I)
_STATUS = re.compile(r"([ADEFPR]\d{1,2}[FN]?|RQ)(?::(\d{1,3})(?::(\w{2,3}))?)?", re.I)
_REMARK = re.compile(r"(M|MA|N)\d{1,3}", re.I)


@dataclass(frozen=True, slots=True)
class PaymentCode:
    """A code of payment in words: ``facts`` are pairs of a heading and a text, ``source`` the list that decides."""

    code: str
    title: str
    facts: tuple[tuple[str, str], ...]
    source: str


def explain_payment_code(text: str, *, home: Path | None = None) -> PaymentCode | None:
    """Return what a code of payment, remark, status or eligibility says; None if the text names none that we know.

    ``CO-45`` and ``PR 1`` are a group with a reason, ``CARC 97`` a reason alone, ``N211`` and ``RARC MA130`` remarks,
    ``A7``, ``A7:33`` and ``A7:562:85`` claim status, ``PLB WO``, ``AAA 72``, ``EB C`` and ``service type 98`` the rest.
    """
    plain = " ".join(text.split())
    named = _NAMED.fullmatch(plain)
    if named:
        return _named(named[1].upper(), named[2].upper(), home)
    adjusted = _ADJUSTED.fullmatch(plain)
    if adjusted:
        return _adjustment(adjusted[1].upper(), adjusted[2].upper(), home)
    if _REMARK.fullmatch(plain):
        return _remark(plain.upper(), home)
    status = _STATUS.fullmatch(plain)
    if status:
        return _status(status[1].upper(), status[2] or "", (status[3] or "").upper(), home)
    group = find_adjustment_group(plain)
    return PaymentCode(group.code, group.words, (), _LISTS["group"]) if group else None


def _named(name: str, code: str, home: Path | None) -> PaymentCode | None:
    if name == "CARC":
        return _adjustment("", code, home)
    if name == "RARC":
        return _remark(code, home)
    if name in ("STC", "CATEGORY"):
        found = _STATUS.fullmatch(code)
        return _status(found[1], found[2] or "", found[3] or "", home) if found else None
    if name == "STATUS":
        words = find_status(code)
        return _plain(words, "claim_status", _LISTS["status"], home) if words else None
    if name == "PLB":
        words = find_provider_adjustment(code)
        facts = (("sign", "a positive amount lowers the payment, a negative one raises it"),)
        return PaymentCode(f"PLB {code}", words.words, facts, _LISTS["plb"]) if words else None
    if name == "AAA":
        words = read_words("reject_reason").get(code)
        return _plain(words, "reject_reason", _LISTS["eligibility"], home) if words else None
    said = explain_benefit(code) if name == "EB" else explain_service_type(code)
    return PaymentCode(f"{name.lower()} {code}", said, (), _LISTS["eligibility"]) if said else None


def _adjustment(group: str, reason: str, home: Path | None) -> PaymentCode | None:
    words = find_carc(reason)
    if words is None:
        return None
    facts = []
    whose = find_adjustment_group(group) if group else None
    if whose is not None:
        facts.append((f"group {group}", whose.words))
    facts += _common(words, "carc", home)
    outlook = appeal_outlook([(group, reason)])
    facts.append(("appeal in general", f"{outlook.answer}: {outlook.why}"))
    return PaymentCode(f"{group}-{reason}" if group else f"CARC {reason}", words.words, tuple(facts), _LISTS["carc"])


def _remark(code: str, home: Path | None) -> PaymentCode | None:
    words = find_rarc(code)
    if words is None:
        return None
    facts = _common(words, "rarc", home)
    kind = code_classes().get(words.kind)
    if kind is not None and words.kind in ("no appeal", "appeal rights"):
        facts.append(("appeal in general", kind.appeal))
    return PaymentCode(f"RARC {code}", words.words, tuple(facts), _LISTS["rarc"])


def _status(category: str, status: str, entity: str, home: Path | None) -> PaymentCode | None:
    words = find_category(category)
    found = find_status(status) if status else None
    if words is None or (status and found is None):
        return None
    facts = []
    if found is not None:
        facts.append((f"status {status}", found.words))
    if entity:
        about = find_entity(entity)
        facts.append((f"entity {entity}", about.words if about else "not in our table"))
    facts += _common(words, "claim_status_category", home)
    code = ":".join(part for part in (category, status, entity) if part)
    return PaymentCode(code, words.words, tuple(facts), _LISTS["status"])


def _plain(words: CodeWords, table: str, source: str, home: Path | None) -> PaymentCode:
    return PaymentCode(words.code, words.words, tuple(_common(words, table, home)), source)


def _common(words: CodeWords, table: str, home: Path | None) -> list[tuple[str, str]]:
    facts = []
    official = official_text(table, words.code, home=home)
    if official:
        facts.append(("official text", official))
    kind = code_classes().get(words.kind)
    if kind is not None:
        facts.append(("class", f"{kind.name}: {kind.meaning}"))
    step = words.next_step or (kind.next_step if kind else "")
    if step:
        facts.append(("what to do", step))
    if words.until is not None:
        facts.append(("ended", words.until.isoformat()))
    return facts

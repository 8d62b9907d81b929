"""Reads the policy of a payer from a YAML or JSON file; docs/payer.md lists its fields.

Every mistake is one line that names the field; nothing is guessed and no field is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from nosology.claims.price import Terms, read_terms
from nosology.codes.prepared import read_yaml
from nosology.edits.site import Site, SiteSeverity, read_site
from nosology.errors import UnreadableInput, UsageError
from nosology.model.claim_parts import Address, Contact, Party
from nosology.payer.policy import (
    COB_METHODS,
    FILING_INDICATORS,
    Authorization,
    Behaviour,
    Benefit,
    Codes,
    Member,
    Necessity,
    OtherCoverage,
    Plan,
    Policy,
    PromptPay,
    Provider,
)
from nosology.payer.reasons import REASONS
from nosology.rules.loader import Rule

__all__ = ["read_policy", "read_policy_file"]

_T = TypeVar("_T")


def read_policy_file(path: Path) -> Policy:
    """The policy in a file. Raises UnreadableInput or UsageError with one line that names the field."""
    try:
        raw = read_yaml(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UnreadableInput(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    except ValueError as error:
        raise UnreadableInput(f"{path}: neither YAML nor JSON in UTF-8") from error
    try:
        return read_policy(raw, folder=path.parent)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error
    except UnreadableInput as error:
        raise UnreadableInput(f"{path}: {error}") from error


class _Fields:
    """One object of the file: each field is taken once, by its kind; what is left over is an error."""

    def __init__(self, data: object, name: str) -> None:
        if not isinstance(data, Mapping):
            raise UnreadableInput(f"{name} must be an object with named fields")
        self.data = {str(key): value for key, value in data.items()}
        self.name = name
        self._taken: set[str] = set()

    def take(self, field: str) -> Any:
        self._taken.add(field)
        return self.data.get(field)

    def fail(self, field: str, wanted: str) -> UnreadableInput:
        return UnreadableInput(f"{self.name}: {field} must be {wanted}")

    def text(self, field: str, default: str | None = None) -> str:
        found = self.take(field)
        if found is None:
            if default is None:
                raise UnreadableInput(f"{self.name} needs {field}")
            return default
        if isinstance(found, bool | list | Mapping):
            raise self.fail(field, "a text")
        return str(found).strip()

    def texts(self, field: str) -> tuple[str, ...]:
        found = self.take(field)
        if found is None:
            return ()
        if not isinstance(found, list):
            raise self.fail(field, "a list")
        return tuple(str(each).strip() for each in found)

    def flag(self, field: str, default: bool) -> bool:
        found = self.take(field)
        if found is None:
            return default
        if not isinstance(found, bool):
            raise self.fail(field, "true or false")
        return found

    def amount(self, field: str, *, most: int | None = None) -> Decimal | None:
        found = self.take(field)
        if found is None:
            return None
        try:
            value = Decimal(str(found))
        except InvalidOperation:
            value = Decimal("NaN")
        if isinstance(found, bool) or not value.is_finite() or value < 0 or (most is not None and value > most):
            raise self.fail(field, "a number of zero or more" + (f", at most {most}" if most else ""))
        return value

    def number(self, field: str) -> int | None:
        found = self.take(field)
        if found is not None and (isinstance(found, bool) or not isinstance(found, int) or found < 0):
            raise self.fail(field, "a whole number of zero or more")
        return found

    def rate(self, field: str) -> float:
        value = self.amount(field, most=1)
        return float(value or 0)

    def day(self, field: str) -> date | None:
        found = self.take(field)
        try:
            return None if found is None else date.fromisoformat(str(found))
        except ValueError:
            raise self.fail(field, "a date YYYY-MM-DD") from None

    def codes(self, field: str) -> Codes:
        ranges = []
        for each in self.texts(field):
            first, dash, last = each.upper().partition("-")
            if not first or (dash and (len(first) != len(last) or last < first)):
                raise UnreadableInput(f"{self.name}: {field}: {each!r} is neither a code nor a range")
            ranges.append((first, last or first))
        return Codes(tuple(ranges))

    def objects(self, field: str) -> Iterator[_Fields]:
        found = self.take(field)
        if found is None:
            return
        if not isinstance(found, list):
            raise self.fail(field, "a list of objects")
        for number, each in enumerate(found, 1):
            yield _Fields(each, f"{field} {number}")

    def close(self) -> None:
        unknown = sorted(set(self.data) - self._taken)
        if unknown:
            raise UnreadableInput(f"{self.name}: unknown field {unknown[0]}")


def read_policy(data: object, *, folder: Path | None = None) -> Policy:
    """The policy that a parsed object describes; ``folder`` is where the files that it names lie.

    Raises:
        UnreadableInput: a field is missing, unknown or of the wrong kind.
        UsageError: names that lead nowhere (the plan of a member), two members or plans of one name.
    """
    top = _Fields(data, "policy")
    payer = _Fields(top.take("payer"), "payer")
    party, origin = _payer(payer), payer.text("origin", "")
    indicator, prefix = payer.text("filing_indicator", "12"), payer.text("trace_prefix", "CHK")
    known_as = payer.text("edits_as", party.name).lower()
    payer.close()
    plans = tuple(_each(top, "plans", _plan))
    members = tuple(_each(top, "members", _member))
    prompt = _Fields(top.take("prompt_pay") or {}, "prompt_pay")
    late = PromptPay(prompt.number("days") or 30, prompt.amount("rate", most=100) or Decimal(0))
    prompt.close()
    terms = top.take("default_terms")
    site, on = _edits(top.take("edits"), folder or Path())
    days, corrected = top.number("filing_days"), top.number("corrected_days")
    related = top.take("refuses_related") is not None
    if indicator not in FILING_INDICATORS:
        raise UsageError(f"payer: filing_indicator {indicator!r}: choose one of {', '.join(FILING_INDICATORS)}")
    policy = Policy(
        payer=party,
        origin=origin or f"1{party.reference('TJ') or '999999999'}",
        members=members,
        plans=plans,
        providers=tuple(_each(top, "providers", _provider)),
        default_terms=None if terms is None else _terms(terms, "default_terms"),
        filing_indicator=indicator,
        filing_days=365 if days is None else days,
        corrected_days=corrected,
        delay_reasons=top.texts("delay_reasons"),
        prompt_pay=late,
        cob=top.text("cob", "standard"),
        unknown_member=top.text("unknown_member", "deny"),
        needs_authorization=top.codes("needs_authorization"),
        authorizations=tuple(_each(top, "authorizations", _authorization)),
        needs_records=top.codes("needs_records"),
        not_covered=top.codes("not_covered"),
        experimental=top.codes("experimental"),
        necessity=tuple(_each(top, "necessity", _necessity)),
        most_units=tuple(_units(top.take("most_units"))),
        bundles=tuple(_each(top, "bundles", lambda each: (each.text("code"), each.codes("includes")))),
        known_modifiers=top.texts("known_modifiers"),
        refuses_related=top.texts("refuses_related") if related else ("EM", "AA", "OA"),
        edits=site,
        edits_on=on,
        behaviour=_behaviour(top.take("behaviour")),
        seed=top.text("seed", "0"),
        trace_prefix=prefix,
        edits_as=known_as,
    )
    top.close()
    _check(policy)
    return policy


def _each(fields_: _Fields, field: str, read: Callable[[_Fields], _T]) -> Iterator[_T]:
    for each in fields_.objects(field):
        made = read(each)
        each.close()
        yield made


def _payer(data: _Fields) -> Party:
    place = _Fields(data.take("address") or {}, "payer address")
    address = Address(
        line1=place.text("line1", ""), line2=place.text("line2", ""), city=place.text("city", ""),
        state=place.text("state", ""), zip=place.text("zip", ""),
    )  # fmt: skip
    place.close()
    contact, telephone = data.text("contact", ""), data.text("telephone", "")
    contacts = (Contact(contact, (("TE", telephone),) if telephone else (), "BL"),) if contact or telephone else ()
    return Party("PR", data.text("name"), id_qualifier="PI", id=data.text("id"), address=address, contacts=contacts)


def _plan(data: _Fields) -> Plan:
    name = data.text("id")
    data.name = f"plan {name}"
    return Plan(
        id=name,
        name=data.text("name", name),
        deductible=data.amount("deductible") or Decimal(0),
        family_deductible=data.amount("family_deductible"),
        coinsurance=data.amount("coinsurance", most=100) or Decimal(0),
        copay=data.amount("copay") or Decimal(0),
        out_of_pocket=data.amount("out_of_pocket"),
        family_out_of_pocket=data.amount("family_out_of_pocket"),
        benefits=tuple(_each(data, "benefits", _benefit)),
        excluded=data.codes("excluded"),
        dependents=data.flag("dependents", True),
        network_only=data.flag("network_only", False),
        needs_referral=data.codes("needs_referral"),
    )


def _benefit(data: _Fields) -> Benefit:
    return Benefit(
        id=data.text("id"),
        codes=data.codes("codes"),
        copay=data.amount("copay"),
        coinsurance=data.amount("coinsurance", most=100),
        deductible=data.flag("deductible", True),
        free=data.flag("free", False),
        most=data.number("most"),
        service_type=data.text("service_type", ""),
    )


def _member(data: _Fields) -> Member:
    name = data.text("id")
    data.name = f"member {name}"
    first = data.day("from")
    if first is None:
        raise UnreadableInput(f"{data.name} needs from")
    return Member(
        id=name,
        last=data.text("last"),
        given=data.text("first"),
        birth_date=data.day("birth_date"),
        plan=data.text("plan"),
        first=first,
        final=data.day("to") or date.max,
        sex=data.text("sex", "U"),
        family=data.text("family", ""),
        relationship=data.text("relationship", "18"),
        group_number=data.text("group_number", ""),
        died=data.day("died"),
        deductible_met=data.amount("deductible_met") or Decimal(0),
        out_of_pocket_met=data.amount("out_of_pocket_met") or Decimal(0),
        met_year=data.number("met_year") or first.year,
        other_coverage=tuple(_each(data, "other_coverage", _other)),
    )


def _other(data: _Fields) -> OtherCoverage:
    order = data.text("order")
    if order not in ("primary", "secondary"):
        raise data.fail("order", "primary or secondary")
    return OtherCoverage(
        Party("PR", data.text("payer"), id_qualifier="PI", id=data.text("id", "")),
        order, data.text("member_id", ""), data.day("from") or date.min, data.day("to") or date.max,
        data.flag("crossover", False),
    )  # fmt: skip


def _authorization(data: _Fields) -> Authorization:
    return Authorization(
        data.text("number"), data.text("member"), data.codes("codes"),
        data.day("from") or date.min, data.day("to") or date.max, data.amount("units"),
    )  # fmt: skip


def _necessity(data: _Fields) -> Necessity:
    diagnoses = tuple(each.replace(".", "").upper() for each in data.texts("diagnoses"))
    return Necessity(data.codes("codes"), diagnoses, data.text("source", ""))


def _provider(data: _Fields) -> Provider:
    npi = data.text("npi")
    data.name = f"provider {npi}"
    terms = data.take("terms")
    return Provider(
        npi, Terms() if terms is None else _terms(terms, data.name), data.text("name", ""),
        data.day("from") or date.min, data.day("to") or date.max, data.flag("excluded", False),
    )  # fmt: skip


def _terms(data: object, name: str) -> Terms:
    try:
        return read_terms(data)
    except UnreadableInput as error:
        raise UnreadableInput(f"{name}: {error}") from error


def _units(data: object) -> Iterator[tuple[str, Decimal]]:
    limits = _Fields(data or {}, "most_units")
    for code in limits.data:
        yield code.upper(), limits.amount(code) or Decimal(0)


def _edits(data: object, folder: Path) -> tuple[Site, bool]:
    """The severities and rules of the payer: false (no edits), a file, or a list of rows and files."""
    if data is False:
        return Site(), False
    rows = [] if data in (None, True) else data if isinstance(data, list) else [data]
    rules: list[Rule] = []
    severities: list[SiteSeverity] = []
    for each in rows:
        if isinstance(each, Mapping):
            row = _Fields(each, "edits")
            found = row.take("severity")
            severity = "off" if found is False else str(found)
            severities.append(SiteSeverity(row.text("rule"), row.text("payer", "*").lower(), severity))
            row.close()
            if severity not in ("error", "warning", "information", "off"):
                raise row.fail("severity", "error, warning, information or off")
        else:
            site = read_site([folder / str(each)])
            rules += site.rules
            severities += site.severities
    return Site(tuple(rules), tuple(severities)), True


def _behaviour(data: object) -> Behaviour:
    given = _Fields(data or {}, "behaviour")
    plain = Behaviour()
    values: dict[str, Any] = {}
    for each in fields(Behaviour):
        if each.name not in given.data:
            continue
        default = getattr(plain, each.name)
        if each.name == "deny_reasons":
            values[each.name] = given.texts(each.name)
        elif each.name == "recoup_percent":
            values[each.name] = given.amount(each.name, most=100)
        elif isinstance(default, int) and each.name.endswith(("_days", "_delay")):
            values[each.name] = given.number(each.name)
        else:
            values[each.name] = given.rate(each.name)
    given.close()
    for reason in values.get("deny_reasons", ()):
        if reason not in REASONS:
            raise UsageError(f"behaviour: there is no reason {reason!r}; docs/payer.md lists them")
    return Behaviour(**values)


def _check(policy: Policy) -> None:
    for kind, names in (
        ("plan", [each.id for each in policy.plans]),
        ("member", [each.id for each in policy.members]),
        ("authorisation", [each.number for each in policy.authorizations]),
    ):
        twice = sorted({each for each in names if names.count(each) > 1})
        if twice:
            raise UsageError(f"two {kind}s are named {twice[0]}")
    plans = {each.id for each in policy.plans}
    for member in policy.members:
        if member.plan not in plans:
            raise UsageError(f"member {member.id} has the plan {member.plan!r}, which is not in the policy")
        if member.final < member.first:
            raise UnreadableInput(f"member {member.id}: to lies before from")
    if policy.cob not in COB_METHODS:
        raise UsageError(f"cob {policy.cob!r}: choose one of {', '.join(COB_METHODS)}")
    if policy.unknown_member not in ("deny", "reject"):
        raise UsageError(f"unknown_member {policy.unknown_member!r}: choose deny or reject")

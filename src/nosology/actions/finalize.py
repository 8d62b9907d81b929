"""A chart is finished: validated outside the transaction, then written once; or opened again with a reason."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from nosology.actions.assessment import Assessment, Case, assess
from nosology.actions.audited import Audit, action
from nosology.actions.worksheets import Desk, find_encounter, person_id, refuse_if_held, take_up
from nosology.coding.worksheet import DIAGNOSES, Sheet, list_codes
from nosology.coding.worksheet_moves import Stamp, override_finding, undecided
from nosology.errors import NotReady, StaleVersion, UsageError
from nosology.model.access import Access, Permission
from nosology.store.models import Encounter, FinalCode, User, Worksheet

__all__ = ["case_of", "finalize", "record_final", "reopen", "reopen_desk"]

_State = Encounter.State


def case_of(access: Access, encounter: str) -> Case:
    """The case of an encounter as it stands (no worksheet: without codes). Raises NotFound."""
    row = find_encounter(access, encounter)
    sheet = Worksheet.objects.for_access(access).filter(encounter=row).first()
    return Case(
        encounter=str(row.pk),
        version=sheet.version if sheet else 0,
        setting=row.setting,
        on=row.service_date,
        codes=tuple(sheet.codes) if sheet else (),
        overrides=tuple(sheet.overrides) if sheet else (),
        admitted=row.admitted_at,
        discharged=row.discharged_at,
        age=row.age,
        sex=row.patient.sex,
        birth_date=row.patient.birth_date,
        payer=row.payer,
        registration=row.registration,
        settings=row.organisation.settings,
    )


def finalize(
    access: Access, *, encounter: str, version: int, now: datetime, why: str = "", request: str = ""
) -> Assessment:
    """Finish a chart: its codes become the final ones. The assessment with which it was finished.

    It must be decided throughout: no suggestion open, a diagnosis standing, no error that nobody has accepted, no
    query waiting. With ``why`` errors that may be accepted, and open queries, are accepted for that reason.

    Raises:
        NotReady: with every reason; nothing was written.
        StaleVersion: changed, locked or finalised by somebody else meanwhile. Else as ``review.decide``.
    """
    found: Assessment | None = None
    if access.may(Permission.CHART_FINALIZE):
        found = assess(case_of(access, encounter))
    return record_final(access, encounter=encounter, found=found, version=version, why=why, request=request, now=now)


@action("chart.finalize", needs=Permission.CHART_FINALIZE)
def record_final(
    access: Access,
    audit: Audit,
    *,
    encounter: str,
    found: Assessment | None,
    version: int,
    why: str,
    request: str,
    now: datetime,
) -> Assessment:
    """Write what :func:`finalize` has assessed: the one transaction."""
    row = find_encounter(access, encounter)
    if row.state in (_State.WAITING, _State.FAILED) and found is not None and not found.version:
        raise NotReady(["this chart is not coded yet"])
    desk = take_up(access, encounter, now=now, create=True)
    audit.about("encounter", desk.encounter.pk)
    done = desk.known(request)
    if done is not None and found is not None:
        return found
    if desk.encounter.state == _State.FINAL:
        who = desk.encounter.finalized_by or "somebody"
        raise StaleVersion(f"{who} has finalised this chart already; what stands is final")
    refuse_if_held(desk.encounter, access, now)
    if found is None or not version == desk.worksheet.version == found.version:
        raise StaleVersion("the codes changed since they were shown: look at them as they stand, then finalise")
    reason = why.strip()
    reasons = _reasons(desk, found, reason)
    if reasons:
        raise NotReady(reasons, settled_by_reason=not _reasons(desk, found, "a reason"))
    patches = desk.put(_accept_rest(desk.sheet, found, reason, access, now))
    codes = [each for each in list_codes(desk.sheet, desk.encounter.setting) if desk.sheet.stands(each["key"])]
    patches[1]["final"] = [each["code"] for each in codes]
    desk.record("finalize", patches, now=now, why=reason, request=request)
    FinalCode.everywhere.filter(encounter=desk.encounter).delete()
    FinalCode.everywhere.bulk_create(
        FinalCode(
            organisation_id=desk.encounter.organisation_id,
            encounter=desk.encounter,
            rank=rank,
            system=each["system"],
            code=each["code"],
            role=each["role"],
            poa=each.get("poa") or "",
            modifiers=list(each.get("modifiers") or ()),
            units=each.get("units"),
        )
        for rank, each in enumerate(codes, 1)
    )
    drg = found.drg or {}
    amount = found.payment.get("amount")
    severities = [each["severity"] for each in found.findings]
    facts = dict(desk.encounter.facts) | {
        "codes": len(codes),
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "hcc": len((found.hcc or {}).get("hccs", ())),
        "drg_title": drg.get("title", ""),
    }
    desk.close(
        state=_State.FINAL,
        finalized_at=now,
        finalized_by=person_id(access),
        started_at=desk.encounter.started_at or now,
        locked_by=None,
        locked_until=None,
        drg="" if drg.get("drg") in ("998", "999") else drg.get("drg", ""),
        expected_value=None if amount is None else Decimal(amount),
        facts=facts,
    )
    audit.detail |= {"codes": len(codes), "drg": drg.get("drg", ""), "with_reason": bool(reason)}
    return found


def _reasons(desk: Desk, found: Assessment, reason: str) -> list[str]:
    """Why the chart cannot be finished as it stands; a reason settles what may be accepted."""
    said = []
    left = undecided(desk.sheet)
    if left:
        codes = ", ".join(desk.sheet.items[key]["code"] for key in left[:5])
        said.append(f"{len(left)} suggested code{'s' if len(left) > 1 else ''} to decide: {codes}")
    if not desk.sheet.group(DIAGNOSES):
        said.append("no diagnosis stands")
    for each in found.stopping:
        if not each["overridable"]:
            said.append(f"{each['message']} (cannot be accepted: mend it)")
        elif not reason and each["unchecked"]:
            said.append(f"{each['message']} (acknowledge it with a reason)")
        elif not reason:
            said.append(f"{each['message']} (mend it, or finalise with a reason)")
    if desk.encounter.open_queries and not reason:
        many = desk.encounter.open_queries
        said.append(f"{many} {'queries wait' if many > 1 else 'query waits'} for an answer (or finalise with a reason)")
    return said


def _accept_rest(sheet: Sheet, found: Assessment, reason: str, access: Access, now: datetime) -> Sheet:
    """The sheet with the errors that still stop it accepted for the reason given."""
    if not reason or not found.stopping:
        return sheet
    name = str(User.objects.filter(pk=access.user).first() or "the system") if access.user else "the system"
    stamp = Stamp(access.user, now.isoformat())
    for each in found.stopping:
        sheet = override_finding(
            sheet, each["rule"], each["about"], reason, stamp, name=name, on=f"{now:%Y-%m-%d}"
        )  # fmt: skip
    return sheet


@action("chart.reopen", needs=Permission.CHART_REOPEN)
def reopen(access: Access, audit: Audit, *, encounter: str, why: str, now: datetime, request: str = "") -> int:
    """Open a final chart again, with a reason; the version that stands. What was final stands in the decision.

    Raises UsageError without a reason, or where the chart is not final; NotFound.
    """
    desk = take_up(access, encounter, now=now)
    audit.about("encounter", desk.encounter.pk)
    if desk.known(request) is not None:
        return int(desk.worksheet.version)
    if desk.encounter.state != _State.FINAL:
        raise UsageError("this chart is not final: it need not be reopened")
    reason = why.strip()
    if not 5 <= len(reason) <= 2000:
        raise UsageError("a final chart is reopened with a reason (5 to 2000 characters)")
    final = reopen_desk(desk, why=reason, now=now, request=request)
    audit.detail |= {"codes": final}
    return int(desk.worksheet.version)


def reopen_desk(desk: Desk, *, why: str, now: datetime, request: str = "") -> int:
    """Within an action: a final chart is a coder's again; how many codes were final."""
    rows = FinalCode.everywhere.filter(encounter=desk.encounter)
    final = list(rows.order_by("rank").values_list("code", flat=True))
    desk.record("reopen", ({"final": final}, None), now=now, why=why, request=request)
    rows.delete()
    desk.close(state=_State.CODING, finalized_at=None, finalized_by=None)
    return len(final)

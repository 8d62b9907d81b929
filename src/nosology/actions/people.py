"""People of an organisation: invited, given roles, shut out; links by which they choose a password themselves.

Nobody ever gets a password from somebody else: a link is signed, expires, and works once (it is sealed with the digest
of the password that it replaces).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from nosology.actions.audited import Audit, action, append_event
from nosology.errors import NotFound, NotPermitted, UsageError
from nosology.model.access import Access, Permission, Role
from nosology.store.models import AuditHead, Membership, Organisation, User

__all__ = [
    "LINK_HOURS",
    "PasswordLink",
    "change_person",
    "create_first_administrator",
    "create_organisation",
    "invite_person",
    "issue_password_link",
    "link_owner",
    "password_link",
    "remove_second_factors",
    "rescue_person",
    "set_organisation",
    "set_password_by_link",
]

LINK_HOURS = 72
_SALT = "nosology.password-link"


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """``path`` is to be opened on the server by ``user`` (id) before ``expires_at``; "" where none was needed."""

    user: str
    path: str
    expires_at: datetime


def _seal(user: Any) -> str:
    return salted_hmac(_SALT, f"{user.pk}:{user.password}", algorithm="sha256").hexdigest()[:32]


def password_link(user: Any, *, now: datetime, hours: int = LINK_HOURS) -> PasswordLink:
    """The link by which a person chooses a password; making it changes nothing."""
    until = now + timedelta(hours=hours)
    token = signing.dumps({"u": str(user.pk), "s": _seal(user), "x": int(until.timestamp())}, salt=_SALT)
    return PasswordLink(str(user.pk), f"/account/link/{token}/", until)


def link_owner(token: str, *, now: datetime) -> Any:
    """The person for whom a link is.

    Raises:
        NotFound: it is forged, too old, used, or of somebody who was shut out.
    """
    gone = "this link is not valid (any more): ask an administrator for a new one"
    try:
        held = signing.loads(token, salt=_SALT)
        user = User.objects.get(pk=held["u"], is_active=True)
        if now.timestamp() > held["x"] or not constant_time_compare(held["s"], _seal(user)):
            raise NotFound(gone)
    except (signing.BadSignature, User.DoesNotExist, KeyError, TypeError, ValueError, ValidationError):
        raise NotFound(gone) from None
    return user


def set_password_by_link(token: str, password: str, *, now: datetime) -> str:
    """Set the password of the link's owner and end their sessions; the id of the person.

    Raises:
        NotFound: the link is not valid.
        UsageError: the password is too short, common, or leaked.
    """
    from allauth.usersessions.models import UserSession

    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=link_owner(token, now=now).pk)
        link_owner(token, now=now)  # again, under the lock: a link works once
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise UsageError(" ".join(error.messages)) from None
        user.set_password(password)
        user.save(update_fields=["password"])
        for session in UserSession.objects.filter(user=user):
            session.end()
        audit = Audit()
        audit.about("user", user.pk)
        append_event(Access(str(user.pk), "", via="link"), "account.password", audit)
    return str(user.pk)


@action("people.first-administrator", needs=Permission.PEOPLE_MANAGE)
def create_first_administrator(
    access: Access, audit: Audit, *, email: str, now: datetime, name: str = "", organisation: str = "Our organisation"
) -> PasswordLink:
    """The first person of an installation: administers it and every organisation (made if there is none).

    Call it with ``Access.system("", via="command")``. In sample organisations the person may do everything.

    Raises:
        NotPermitted: an installation has its first administrator once.
        UsageError: the address is none.
    """
    AuditHead.objects.get_or_create(chain="system")
    AuditHead.objects.select_for_update().get(chain="system")  # of two at once, one is the first
    if User.objects.filter(is_staff=True).exists():
        raise NotPermitted("there is an administrator of this installation already: sign in, or ask for a link")
    user = User.objects.filter(email=_address(email)).first() or User.objects.create_user(_address(email), name=name)
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    places = list(Organisation.objects.all())
    if not places:
        places = [Organisation.objects.create(kind="hospital", name=organisation)]
    everything = [Role.ADMINISTRATOR, Role.MANAGER, Role.CODER, Role.COMPLIANCE, Role.BILLER, Role.PROVIDER]
    for place in places:
        roles = [str(each) for each in (everything if place.sample else everything[:1])]
        Membership.objects.update_or_create(user=user, organisation=place, defaults={"roles": roles, "active": True})
    audit.about("user", user.pk, organisations=len(places))
    return password_link(user, now=now)


@action("organisation.create", needs=Permission.ORGANISATION_MANAGE)
def create_organisation(access: Access, audit: Audit, *, name: str, kind: str) -> str:
    """A new organisation whose administrator is whoever makes it (an administrator of the installation); its id."""
    user = User.objects.filter(pk=access.user, is_staff=True, is_active=True).first()
    if user is None:
        raise NotPermitted("only an administrator of the whole installation makes organisations")
    name = _line(name, "the name", 120)
    if kind not in Organisation.Kind.values:
        raise UsageError(f"an organisation is one of {', '.join(Organisation.Kind.values)}")
    if Organisation.objects.filter(name=name).exists():
        raise UsageError("there is an organisation of that name already")
    made = Organisation.objects.create(name=name, kind=kind)
    Membership.objects.create(user=user, organisation=made, roles=[str(Role.ADMINISTRATOR)])
    audit.about("organisation", made.pk, kind=kind)
    return str(made.pk)


@action("organisation.settings", needs=Permission.ORGANISATION_MANAGE)
def set_organisation(access: Access, audit: Audit, *, idle_minutes: int, second_factor: bool, reach: str) -> None:
    """How long a session may be idle (1 to 60 minutes), whether a second factor is needed, and which charts coders
    reach: all of the "organisation", or those of their "team".
    """
    if not 1 <= idle_minutes <= 60:
        raise UsageError("a session may be idle for 1 to 60 minutes")
    if reach not in ("organisation", "team"):
        raise UsageError("coders reach the charts of the organisation or of their team")
    place = Organisation.objects.select_for_update().get(pk=access.organisation)
    changed = {"idle_minutes": idle_minutes, "second_factor": second_factor, "reach": reach}
    place.settings = place.settings | changed
    place.save(update_fields=["settings"])
    audit.about("organisation", place.pk, **changed)


@action("people.invite", needs=Permission.PEOPLE_MANAGE)
def invite_person(
    access: Access, audit: Audit, *, email: str, name: str, roles: Sequence[str], now: datetime, team: str = ""
) -> PasswordLink:
    """Somebody new in the organisation, with a link to choose a password.

    Whoever has a password already (of work for another organisation) gets no link: they sign in as ever.

    Raises:
        UsageError: no address, no or an unknown role, or the person is here already.
    """
    address, held = _address(email), _roles(roles)
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, name=_line(name, "the name", 120))
    place = Organisation.objects.get(pk=access.organisation)
    member, made = Membership.objects.get_or_create(
        user=user, organisation=place, defaults={"roles": held, "team": _line(team, "the team", 60, empty=True)}
    )
    if not made:
        raise UsageError("this person is in the organisation already: change the roles instead")
    audit.about("membership", member.pk, user=str(user.pk), roles=held)
    return PasswordLink(str(user.pk), "", now) if user.has_usable_password() else password_link(user, now=now)


@action("people.link", needs=Permission.PEOPLE_MANAGE)
def issue_password_link(access: Access, audit: Audit, *, user: str, now: datetime) -> PasswordLink:
    """A link for somebody of the organisation who forgot the password.

    Raises:
        NotFound: nobody of that id here.
        NotPermitted: the person also works elsewhere, or administers the installation.
    """
    person = _ours(access, user)
    audit.about("user", person.pk)
    return password_link(person, now=now)


@action("people.second-factor-remove", needs=Permission.PEOPLE_MANAGE)
def remove_second_factors(access: Access, audit: Audit, *, user: str) -> int:
    """For somebody who lost the telephone and the recovery codes: how many authenticators were removed.

    Raises:
        NotFound, NotPermitted: as for a link.
    """
    from allauth.mfa.models import Authenticator

    person = _ours(access, user)
    if str(person.pk) == access.user:
        raise NotPermitted("another administrator removes your second factors")
    count, _ = Authenticator.objects.filter(user=person).delete()
    audit.about("user", person.pk, removed=count)
    return int(count)


@action("people.rescue", needs=Permission.PEOPLE_MANAGE)
def rescue_person(access: Access, audit: Audit, *, email: str, now: datetime, remove: bool = False) -> PasswordLink:
    """A link for a day for anybody of the installation, from the machine itself; ``remove``: second factors too.

    Call it with ``Access.system("", via="command")``.

    Raises:
        NotPermitted: asked for by a person.
        NotFound: nobody signs in with that address.
    """
    from allauth.mfa.models import Authenticator

    if access.user:
        raise NotPermitted("this is done on the machine itself")
    person = User.objects.filter(email=_address(email), is_active=True).first()
    if person is None:
        raise NotFound("nobody signs in with that address")
    if remove:
        Authenticator.objects.filter(user=person).delete()
    audit.about("user", person.pk, second_factors_removed=remove)
    return password_link(person, now=now, hours=24)


@action("people.change", needs=Permission.PEOPLE_MANAGE)
def change_person(
    access: Access, audit: Audit, *, user: str, roles: Sequence[str], active: bool, team: str = ""
) -> None:
    """Other roles or another team for somebody, or shut out of this organisation (and signed off everywhere).

    Raises:
        NotFound: nobody of that id here.
        NotPermitted: nobody would be left to administer the organisation.
    """
    from allauth.usersessions.models import UserSession

    member = _membership(access, user, lock=True)
    held = _roles(roles)
    before = {"roles": list(member.roles), "active": member.active}
    member.roles, member.active, member.team = held, active, _line(team, "the team", 60, empty=True)
    member.save(update_fields=["roles", "active", "team"])
    left = Membership.objects.filter(organisation_id=access.organisation, active=True, user__is_active=True)
    if not any(Role.ADMINISTRATOR in each.role_set for each in left):
        raise NotPermitted("an organisation keeps at least one administrator")
    if not active:
        for session in UserSession.objects.filter(user_id=member.user_id):
            session.end()
    audit.about("membership", member.pk, user=str(member.user_id), before=before, roles=held, active=active)


def _membership(access: Access, user: str, *, lock: bool = False) -> Any:
    rows = Membership.objects.filter(organisation_id=access.organisation)
    if lock:
        rows = rows.select_for_update()
    try:
        return rows.get(user_id=user)
    except (Membership.DoesNotExist, ValidationError, ValueError):
        raise NotFound("there is no such person in this organisation") from None


def _ours(access: Access, user: str) -> Any:
    """A person whose account this organisation alone is responsible for."""
    person = _membership(access, user).user
    asks = User.objects.filter(pk=access.user, is_staff=True).exists()
    elsewhere = Membership.objects.filter(user=person, active=True).exclude(organisation_id=access.organisation)
    if not asks and (person.is_staff or elsewhere.exists()):
        raise NotPermitted("this person also works elsewhere: an administrator of the whole installation does this")
    return person


def _address(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        raise UsageError("that is no e-mail address") from None
    return str(User.objects.normalize_email(email)).lower()


def _roles(roles: Iterable[str]) -> list[str]:
    known = {str(each) for each in Role}
    held = sorted(set(roles))
    if not held or not set(held) <= known:
        raise UsageError(f"a person has at least one of the roles {', '.join(sorted(known))}")
    return held


def _line(text: str, what: str, longest: int, *, empty: bool = False) -> str:
    plain = " ".join(text.split())
    if len(plain) > longest or (not plain and not empty) or not plain.isprintable():
        raise UsageError(f"{what} is one line of {0 if empty else 1} to {longest} characters")
    return plain

"""Who may do what: roles, permissions, and the access with which a person or a program acts in one organisation.

The table ``GRANTS`` is the one place where roles get their permissions (minimum necessary, 45 CFR 164.502(b),
164.514(d)).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from nosology.errors import NotPermitted

__all__ = ["GRANTS", "Access", "Permission", "Role", "permissions_of"]


class Role(StrEnum):
    """What somebody is in an organisation; a person may have several roles, and others elsewhere."""

    CODER = "coder"
    CDI = "cdi"
    PROVIDER = "provider"
    AUDITOR = "auditor"
    BILLER = "biller"
    MANAGER = "manager"
    COMPLIANCE = "compliance"
    EDUCATOR = "educator"
    PATIENT = "patient"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """One thing that may be done. A page or an operation asks for exactly one."""

    WORKLIST_READ = "worklist.read"
    WORKLIST_ASSIGN = "worklist.assign"
    CHART_READ = "chart.read"
    CHART_CLAIM_PART = "chart.claim-part"
    CHART_CODE = "chart.code"
    CHART_FINALIZE = "chart.finalize"
    CHART_REOPEN = "chart.reopen"
    CHART_NOTE = "chart.note"
    INTAKE_WRITE = "intake.write"
    QUERY_READ = "query.read"
    QUERY_WRITE = "query.write"
    QUERY_ANSWER = "query.answer"
    REPORT_READ = "report.read"
    AUDIT_READ = "audit.read"
    PEOPLE_MANAGE = "people.manage"
    ORGANISATION_MANAGE = "organisation.manage"
    BREAK_GLASS = "break-glass.use"
    CODEBOOK_READ = "codebook.read"
    OWN_ACCOUNT = "account.own"


_EVERYBODY = frozenset({Permission.OWN_ACCOUNT, Permission.CODEBOOK_READ})
_CODING = frozenset(
    {
        Permission.WORKLIST_READ,
        Permission.CHART_READ,
        Permission.CHART_CODE,
        Permission.CHART_FINALIZE,
        Permission.CHART_NOTE,
        Permission.QUERY_READ,
        Permission.QUERY_WRITE,
        Permission.BREAK_GLASS,
    }
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.CODER: _EVERYBODY | _CODING,
    Role.CDI: _EVERYBODY | _CODING - {Permission.CHART_FINALIZE},
    Role.PROVIDER: _EVERYBODY | {Permission.QUERY_READ, Permission.QUERY_ANSWER, Permission.BREAK_GLASS},
    Role.AUDITOR: _EVERYBODY
    | {
        Permission.WORKLIST_READ,
        Permission.CHART_READ,
        Permission.CHART_NOTE,
        Permission.CHART_REOPEN,
        Permission.QUERY_READ,
        Permission.REPORT_READ,
    },
    Role.BILLER: _EVERYBODY | {Permission.WORKLIST_READ, Permission.CHART_CLAIM_PART, Permission.CHART_NOTE},
    Role.MANAGER: _EVERYBODY
    | _CODING
    | {
        Permission.WORKLIST_ASSIGN,
        Permission.CHART_REOPEN,
        Permission.INTAKE_WRITE,
        Permission.REPORT_READ,
    },
    Role.COMPLIANCE: _EVERYBODY
    | {
        Permission.WORKLIST_READ,
        Permission.CHART_READ,
        Permission.CHART_NOTE,
        Permission.QUERY_READ,
        Permission.REPORT_READ,
        Permission.AUDIT_READ,
    },
    Role.EDUCATOR: _EVERYBODY,
    Role.PATIENT: frozenset({Permission.OWN_ACCOUNT}),
    Role.ADMINISTRATOR: _EVERYBODY
    | {
        Permission.PEOPLE_MANAGE,
        Permission.ORGANISATION_MANAGE,
        Permission.INTAKE_WRITE,
        Permission.AUDIT_READ,
    },
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that the roles together permit."""
    return frozenset().union(*(GRANTS[role] for role in roles))


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody at work in one organisation: handed to every action and every query, and nothing is read without it.

    ``user`` and ``organisation`` are ids (UUIDs as texts); ``user`` is "" for the system itself (background work).
    ``via``
    says how: "session", "token", "task", "command".
    """

    user: str
    organisation: str
    roles: frozenset[Role] = frozenset()
    via: str = "session"
    allowed: frozenset[Permission] = field(default_factory=frozenset)

    @classmethod
    def of(cls, user: str, organisation: str, roles: frozenset[Role], *, via: str = "session") -> Access:
        """Access with what the roles permit."""
        return cls(user, organisation, roles, via, permissions_of(roles))

    @classmethod
    def system(cls, organisation: str, *, via: str = "task") -> Access:
        """The product's own work in an organisation: everything is permitted, and audited as the system's."""
        return cls("", organisation, frozenset(), via, frozenset(Permission))

    def may(self, permission: Permission) -> bool:
        """True if the permission is held."""
        return permission in self.allowed

    def require(self, permission: Permission) -> None:
        """Raise NotPermitted unless the permission is held."""
        if permission not in self.allowed:
            raise NotPermitted(
                f"this needs the permission {permission.value}: ask an administrator for a role that has it"
            )

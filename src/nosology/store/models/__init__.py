"""The tables of the server, one module per subject; every table of an organisation has its ``organisation``."""

from nosology.store.models.audit import AuditEvent, AuditHead
from nosology.store.models.charts import Document, Encounter, Patient
from nosology.store.models.coding import CodingRun, Decision, FinalCode, Worksheet
from nosology.store.models.organisations import Agreement, Membership, Organisation
from nosology.store.models.people import ApiToken, BreakGlass, IdempotencyKey, User
from nosology.store.models.queries import Comment, ProviderQuery
from nosology.store.models.worklists import FavouriteCode, SavedFilter

__all__ = [
    "Agreement",
    "ApiToken",
    "AuditEvent",
    "AuditHead",
    "BreakGlass",
    "CodingRun",
    "Comment",
    "Decision",
    "Document",
    "Encounter",
    "FavouriteCode",
    "FinalCode",
    "IdempotencyKey",
    "Membership",
    "Organisation",
    "Patient",
    "ProviderQuery",
    "SavedFilter",
    "User",
    "Worksheet",
]

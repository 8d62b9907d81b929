"""Reports that leave the product are noted: who took which table of which period."""

from __future__ import annotations

from nosology.actions.audited import Audit, action
from nosology.model.access import Access, Permission
from nosology.store.queries.metrics import Period

__all__ = ["record_export"]


@action("report.export", needs=Permission.REPORT_READ)
def record_export(access: Access, audit: Audit, *, table: str, period: Period) -> None:
    """Note that a table was downloaded."""
    audit.about("report", table, first=str(period.first), last=str(period.last), setting=period.setting)

"""Addresses of the worklists."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from nosology.web.workbench import worklist_moves, worklist_page

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist_page.home, name="home"),
    path("worklist", worklist_page.worklist, name="worklist"),
    path("worklist/counts", worklist_page.list_counts, name="worklist-counts"),
    path("worklist/rows", worklist_page.list_rows, name="worklist-rows"),
    path("worklist/find", worklist_page.find, name="worklist-find"),
    path("worklist/claim-next", worklist_moves.claim_next, name="worklist-claim-next"),
    path("worklist/claim", worklist_moves.claim, name="worklist-claim"),
    path("worklist/assign", worklist_moves.assign, name="worklist-assign"),
    path("worklist/release", worklist_moves.release, name="worklist-release"),
    path("worklist/priority", worklist_moves.priority, name="worklist-priority"),
    path("worklist/hand-over", worklist_moves.hand_over, name="worklist-hand-over"),
    path("worklist/filters", worklist_moves.save_filter, name="worklist-save-filter"),
    path("worklist/filters/<uuid:filter_id>/forget", worklist_moves.delete_filter, name="worklist-delete-filter"),
]

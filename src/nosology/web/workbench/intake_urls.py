"""Addresses of the intake."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from nosology.web.workbench import intake

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("intake", intake.intake_list, name="intake"),
    path("intake/new", intake.new_encounter, name="intake-new"),
    path("intake/<uuid:encounter>", intake.intake_page, name="intake-encounter"),
    path("intake/<uuid:encounter>/progress", intake.intake_progress, name="intake-progress"),
    path("intake/<uuid:encounter>/documents", intake.add_documents, name="intake-documents"),
    path("intake/<uuid:encounter>/charges", intake.set_charges, name="intake-charges"),
    path("intake/<uuid:encounter>/code", intake.code_again, name="intake-code"),
]

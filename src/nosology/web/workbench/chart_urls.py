"""Addresses of the chart screen and of the code book."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from nosology.web.workbench import chart_page, claim_page, codebook_page

__all__ = ["urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    path("charts/<uuid:encounter>", chart_page.chart, name="chart"),
    path("charts/<uuid:encounter>/documents/<uuid:document>", chart_page.document, name="chart-document"),
    path("charts/<uuid:encounter>/panel", chart_page.panel, name="chart-panel"),
    path("charts/<uuid:encounter>/codes/<str:key>", chart_page.code, name="chart-code"),
    path("charts/<uuid:encounter>/search", chart_page.search, name="chart-search"),
    path("claims/<uuid:encounter>", claim_page.claim_part, name="claim"),
    path("codebook/<slug:system>/<str:code>", codebook_page.codebook, name="codebook"),
    path("rules/<str:identifier>", codebook_page.rule, name="rule"),
]

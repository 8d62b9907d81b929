"""The head of a self-contained page: it loads nothing and runs nothing, as its Content-Security-Policy says."""

from __future__ import annotations

from html import escape
from importlib.resources import files

__all__ = ["page_head"]


def page_head(title: str, style: str) -> str:
    """The page up to ``</head>``, with ``style`` (a name in ``templates``, without suffix) written into it."""
    css = files("nosology.cli").joinpath(f"templates/{style}.css").read_text("utf-8")
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{escape(title)} · Nosology</title>
<style>
{css}</style>
</head>"""

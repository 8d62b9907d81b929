"""The JSON of ``nosology code``: the shape is in ``model.coded_json``, its schema in ``schema/code.schema.json``."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from nosology.model.coded_json import SYSTEM_NAMES, coded_to_dict

__all__ = ["SYSTEM_NAMES", "coded_to_dict", "read_schema"]


def read_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of :func:`coded_to_dict`."""
    import json

    schema: dict[str, Any] = json.loads(files("nosology.cli").joinpath("schema/code.schema.json").read_text("utf-8"))
    return schema

"""The API of version 1: the same actions and queries as the pages, for programs with a token (docs/api.md)."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI

from nosology.web.api import chart_operations, code_operations, intake_operations, query_operations
from nosology.web.api.answers import Problem
from nosology.web.api.authentication import TokenAuthentication
from nosology.web.api.failures import register_failures
from nosology.web.ops.problems import TITLES

__all__ = ["Interface", "api"]

_ANYWHERE = (400, 401, 403, 404, 409, 413, 422, 429)


class Interface(NinjaAPI):
    """The API; its description says of every operation by which errors it may be answered."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """The OpenAPI description."""
        told = super().get_openapi_schema(*args, **kwargs)
        known = told["components"]["schemas"]
        known["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in told["paths"].values():
            for operation in operations.values():
                for status in _ANYWHERE:
                    operation["responses"][status] = {"description": TITLES[status], "content": content}
        return told


api = Interface(
    title="Nosology",
    version="1",
    description="Encounters, documents, codes with evidence, decisions, queries to providers. Errors are RFC 9457.",
    auth=TokenAuthentication(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api-1",
)
register_failures(api)
for part in (intake_operations, chart_operations, query_operations, code_operations):
    api.add_router("", part.router)

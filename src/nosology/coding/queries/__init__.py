"""Queries to the provider: what the chart leaves unsaid, shows without a diagnosis, or says in two ways.

Source: AHIMA/ACDIS Guidelines for Achieving a Compliant Query Practice (2022): clinical indicators of this chart as
evidence, options that they support, always with "other" and "unable to determine", nothing that leads, nothing of
payment. Each kind of query is one function that registers under the name by which rule files pick it.
"""

from nosology.coding.queries import conflicts, drugs, indicators, reports, specificity, validation
from nosology.coding.queries.desk import ASKS, Asked, QueryDesk, asks
from nosology.coding.queries.gather import gather_queries

__all__ = [
    "ASKS",
    "Asked",
    "QueryDesk",
    "asks",
    "conflicts",
    "drugs",
    "gather_queries",
    "indicators",
    "reports",
    "specificity",
    "validation",
]

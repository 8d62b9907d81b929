"""The checks that rule files pick, by subject. Importing the package registers them all."""

from nosology.coding.checks import circulatory, combinations, conventions, endocrine, injuries, reporting, specific

__all__ = ["circulatory", "combinations", "conventions", "endocrine", "injuries", "reporting", "specific"]

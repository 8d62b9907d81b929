"""The checks that rule files pick, by subject. Importing the package registers them all."""

from nosology.coding.checks import combinations, conventions, injuries, reporting, specific

__all__ = ["combinations", "conventions", "injuries", "reporting", "specific"]

"""The checks that rule files pick, by subject. Importing the package registers them all."""

from nosology.coding.checks import combinations, conventions, reporting

__all__ = ["combinations", "conventions", "reporting"]

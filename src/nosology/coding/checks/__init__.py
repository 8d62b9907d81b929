"""The checks that rule files pick, by subject. Importing the package registers them all."""

from nosology.coding.checks import conventions, reporting

__all__ = ["conventions", "reporting"]

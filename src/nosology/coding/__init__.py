"""Note → suggested codes: index, tabular list, guidelines, order, queries."""

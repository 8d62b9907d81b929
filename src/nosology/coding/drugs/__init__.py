"""Drugs given: from what the chart says to a dose, to billing units, waste and the quantity of the NDC."""

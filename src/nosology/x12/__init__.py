"""X12 transactions: wire text to nouns and back, validated against the guides."""

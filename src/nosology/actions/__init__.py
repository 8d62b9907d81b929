"""The only door to what is stored: one function, one transaction."""

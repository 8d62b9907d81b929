"""The nouns: frozen, slotted dataclasses of the standard library; no behaviour that reaches outside."""

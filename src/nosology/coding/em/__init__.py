"""Evaluation and management: the level of a visit from its note.

Problems addressed, data, risk and time are counted each with its quotes; two of the first three, or the time, make the
level. The words, codes and minutes stand in ``rules/em``; this package applies them.
"""

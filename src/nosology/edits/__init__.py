"""Encounter → Findings: every edit rule in force on the date of service, one by one or over whole columns of lines."""

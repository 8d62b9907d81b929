"""Readers of the official publications: each turns files as published into a release."""

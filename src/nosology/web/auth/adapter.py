"""How allauth behaves here: nobody signs up alone."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

__all__ = ["AccountAdapter"]


class AccountAdapter(DefaultAccountAdapter):
    """People are invited by an administrator."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Never."""
        return False

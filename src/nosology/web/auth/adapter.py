"""How allauth behaves here: nobody signs up alone, secrets of second factors are encrypted, the door is audited."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter

from nosology.actions.signing_in import record_at_the_door
from nosology.store.fields import decrypt_text, encrypt_text
from nosology.store.models import User

__all__ = ["AccountAdapter", "SecondFactorAdapter"]


class AccountAdapter(DefaultAccountAdapter):
    """People are invited by an administrator; there is no sign-up and no mail."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Never."""
        return False

    def authentication_failed(self, request: Any, **credentials: Any) -> None:
        """Leave an event that names the account (by id), if there is one."""
        known = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
        record_at_the_door("account.sign-in", user=str(known.pk) if known else "", outcome="refused")

    def send_mail(self, template_prefix: str, email: str, context: Any) -> None:
        """Nothing: this server sends no mail."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and seeds of recovery codes are encrypted with the server's keys."""

    def encrypt(self, text: str) -> str:
        """The token that the database keeps."""
        return encrypt_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return decrypt_text(encrypted_text)

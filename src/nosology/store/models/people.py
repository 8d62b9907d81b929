"""People and programs that sign in, and what they were let into out of the ordinary."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from nosology.store.fields import EncryptedJSONField, EncryptedTextField
from nosology.store.tenant import TenantModel, WitnessModel

__all__ = ["ApiToken", "BreakGlass", "IdempotencyKey", "User", "UserManager"]


class UserManager(BaseUserManager):
    """Makes users; without a password one cannot sign in until a link has set it."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> Any:
        """A person with a work address in lower case."""
        user = self.model(email=self.normalize_email(email).lower(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in with a work e-mail address. ``is_staff`` administers the whole installation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    preferences = models.JSONField(default=dict, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def date_joined(self) -> Any:
        """Under the name that Django's own parts use."""
        return self.joined_at

    def get_full_name(self) -> str:
        """The name to show."""
        return self.name or self.email


class ApiToken(WitnessModel):
    """A program's way in: only the digest of the token is kept; it acts with a user's roles, narrowed by
    ``roles``."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    roles = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)


class IdempotencyKey(TenantModel):
    """The answer that a request with this key got, so that the same request again gets the same answer."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)  # 0: still at work
    answer = EncryptedJSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = (models.UniqueConstraint(fields=["organisation", "user", "key"], name="one_idempotency_key"),)


class BreakGlass(WitnessModel):
    """A chart opened in an emergency by somebody without an ordinary way to it: a reason, an end, a review."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    encounter = models.ForeignKey("store.Encounter", on_delete=models.CASCADE, related_name="+")
    reason = EncryptedTextField()
    at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

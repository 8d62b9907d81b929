"""The Django application of the tables."""

from django.apps import AppConfig

__all__ = ["StoreConfig"]


class StoreConfig(AppConfig):
    """Tables and migrations of the server."""

    name = "nosology.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

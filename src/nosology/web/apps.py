"""The Django application of the pages: templates, static files."""

from django.apps import AppConfig

__all__ = ["WebConfig"]


class WebConfig(AppConfig):
    """Pages, templates and static files."""

    name = "nosology.web"
    label = "web"

    def ready(self) -> None:
        """Connect what listens at the door."""
        from nosology.web.auth import signals  # noqa: F401

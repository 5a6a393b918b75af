"""Django's view of this package: its checks are registered at start."""

from django.apps import AppConfig


class FacilitatorConfig(AppConfig):
    """The project itself, so that its checks run."""

    name = "facilitator"

    def ready(self) -> None:
        # Importing registers them.
        from facilitator import checks, log_checks, scale_checks  # noqa: F401

"""The Django application of the pages."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk.web"
    label = "desk"
    verbose_name = "Bureau du service fait"
    default_auto_field = "django.db.models.BigAutoField"

"""The Django application of this room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = "Registre du service fait"
    default_auto_field = "django.db.models.BigAutoField"

"""What the pages themselves keep: saved views, passwords that others made, who is whom in the directory."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A named set of filters, as the queue's address holds them."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ("name",)
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=("owner", "name"), name="one_view_per_name")]


class GivenPassword(models.Model):
    """The account's password was made by somebody else, who saw it: its holder changes it before all else."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="given_password"
    )

    class Meta:
        default_permissions = ()


class DirectoryPerson(models.Model):
    """Whose account it is, by the directory's own key: an address may change, or go to somebody else."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="directory")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("issuer", "subject"), name="one_account_each")
        ]

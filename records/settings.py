"""Settings for Django's own tools on this room alone: ``django-admin makemigrations --settings
records.settings``.

The database is the one that ``DATABASE_URL`` names. The night and the desk do not use this module.
"""

import os

from records.setup import base_settings

globals().update(base_settings(os.environ.get("DATABASE_URL", "sqlite:///servicefait.sqlite3")))

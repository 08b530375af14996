"""What the tasks of one night share: its settings, its right to write, the store, the pool that opens
files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error as DatabaseError

from dossier import requests_file
from dossier.requests_file import RequestsFile
from extractors.isolation import Isolation
from flows.health import Health
from flows.settings import Settings
from flows.watching import Watcher, watcher
from records import nights, setup
from records.models import NightStatus, StoredDocument
from records.nights import FenceLost, Holding
from records.store import Store, StoreError, open_store
from validators import parameters
from validators.parameters import Parameters


class DoesNotAddUp(RuntimeError):
    """Something came in of which no count tells what became of it."""


class AtWork:
    """One night under way. Handed to its tasks as it is; nothing of it is stored by Prefect."""

    def __init__(
        self,
        settings: Settings,
        as_of: dt.date,
        file: RequestsFile,
        rules: Parameters,
        store: Store,
        pool: Isolation,
        holding: Holding,
    ) -> None:
        self.settings = settings
        self.as_of = as_of
        self.file = file
        self.rules = rules
        self.store = store
        self.pool = pool
        self.holding = holding
        self.watcher: Watcher = watcher()
        self.listed: frozenset[str] = frozenset()
        self.counts: Counter[str] = Counter()
        self.health = Health()

    @property
    def run_id(self) -> str:
        """The night and which taking of it: unique in its database."""
        return f"{self.holding.business_date.isoformat()}-{self.holding.fence}"

    def bytes_of(self, document: StoredDocument) -> bytes:
        """The bytes of a file of the store, or of the archive that a member lies in.

        Raises `StoreError`, also when other bytes stand there than when the file was registered, and
        `TooLarge`.
        """
        outer = document.container or document
        data = self.store.read(outer.file)
        if hashlib.sha256(data).hexdigest() != outer.sha256:
            raise StoreError(f"{outer.file}: changed since it was listed")
        return data

    def add_up(self, whole: str, parts: tuple[str, ...]) -> None:
        """Check a count against those that it falls into. Raises `DoesNotAddUp`."""
        found = sum(self.counts[part] for part in parts)
        if found != self.counts[whole]:
            shares = ", ".join(f"{part} {self.counts[part]}" for part in parts)
            raise DoesNotAddUp(f"{whole} {self.counts[whole]}, but {shares}")


@contextmanager
def at_work(settings: Settings, business_date: dt.date, as_of: dt.date) -> Iterator[AtWork]:
    """Take the night of ``business_date``, hold it to the end of the block, leave it done or failed.

    Reads the requests file and the parameters, opens database and store, starts the pool. Raises what these
    raise, and `records.nights.NightHeld` while another process is at work on the database.
    """
    file = requests_file.read(settings.requests)
    rules = parameters.load(settings.parameters)
    store = open_store(settings.uploads)
    settings.out.mkdir(parents=True, exist_ok=True)
    setup.configure(settings.database)
    holding = nights.take(business_date)
    with setup.own_connection(), nights.kept_alive(holding), Isolation(settings.workers) as pool:
        night = AtWork(settings, as_of, file, rules, store, pool, holding)
        try:
            yield night
        except BaseException:
            # who lost the fence, or the database, can't say so there
            with suppress(FenceLost, DatabaseError):
                nights.finish(holding, NightStatus.FAILED, night.counts)
            raise
        nights.finish(holding, NightStatus.DONE, night.counts)

"""Who holds the night. One process works on a business date at a time; one that died is taken over from.

The lease says how long a silent holder is believed alive; the fence makes it harmless when it was believed
dead and was not: every write of a night first checks, in its own transaction, that its fence still stands.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connections, transaction
from django.db.models import Max, Q
from django.utils import timezone

from records import audit
from records.models import Night, NightStatus

LEASE = dt.timedelta(minutes=5)
RENEWED_EVERY_SECONDS = 60.0


class NightHeld(RuntimeError):
    """Another process is at work on this database."""


class FenceLost(RuntimeError):
    """This process was taken for dead and another goes on with the night: nothing more may be written."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The right to write for one night. ``night`` is its row's key."""

    night: int
    business_date: dt.date
    fence: int
    started_at: dt.datetime


def process_started(pid: int) -> str:
    """When the process ``pid`` started, in the kernel's ticks; empty when there is none, or no way to
    know.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    # the name of the program stands in brackets and may hold blanks: count from behind it
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]


def this_owner() -> str:
    pid = os.getpid()
    return f"{socket.gethostname()}/{pid}/{process_started(pid)}"


def surely_dead(owner: str) -> bool:
    """True when ``owner`` ran on this host and its process is gone."""
    host, _, rest = owner.partition("/")
    pid, _, started = rest.partition("/")
    if host != socket.gethostname() or not pid.isdigit() or not started:
        return False
    return process_started(int(pid)) != started


def take(business_date: dt.date, owner: str | None = None) -> Holding:
    """Take the night of ``business_date``, also one that is done: a night is a drain and may run again.

    Raises `NightHeld` while any night of this database is held by a process that may be alive.
    """
    me = owner or this_owner()
    now = timezone.now()
    with transaction.atomic():
        audit.lock()  # who takes a night comes one after the other, whatever its date
        night, _ = Night.objects.get_or_create(business_date=business_date)
        for other in Night.objects.filter(status=NightStatus.RUNNING, lease_until__gte=now).exclude(owner=me):
            if not surely_dead(other.owner):
                raise NightHeld(f"the night of {other.business_date} is being run by another process")
        fence = 1 + (Night.objects.aggregate(last=Max("fence"))["last"] or 0)
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now) | Q(owner=night.owner)
        taken = Night.objects.filter(free, pk=night.pk, fence=night.fence).update(
            fence=fence,
            owner=me,
            lease_until=now + LEASE,
            status=NightStatus.RUNNING,
            started_at=now,
            finished_at=None,
        )
        if not taken:
            raise NightHeld(f"the night of {business_date} was taken by another process")
        audit.append("", "night.taken", str(business_date), {"fence": fence})
    return Holding(night.pk, business_date, fence, now)


def hold(holding: Holding) -> None:
    """Check and lock the fence for the transaction under way. Raises `FenceLost`."""
    kept = Night.objects.filter(pk=holding.night, fence=holding.fence).update(
        lease_until=timezone.now() + LEASE, status=NightStatus.RUNNING
    )
    if not kept:
        raise FenceLost(f"the night of {holding.business_date} was taken over")


@contextmanager
def writing(holding: Holding) -> Iterator[None]:
    """One transaction of the night, refused when its fence no longer stands."""
    with transaction.atomic():
        hold(holding)
        yield


def finish(holding: Holding, status: NightStatus, counts: Mapping[str, int]) -> None:
    """Let go of the night with its end and its counts."""
    with transaction.atomic():
        hold(holding)
        Night.objects.filter(pk=holding.night).update(
            status=status, counts=dict(counts), finished_at=timezone.now(), lease_until=None
        )
        audit.append("", f"night.{status}", str(holding.business_date), {"fence": holding.fence, **counts})


@contextmanager
def kept_alive(holding: Holding) -> Iterator[None]:
    """Renew the lease from a thread while the night is at work."""
    stop = threading.Event()

    def renew() -> None:
        try:
            while not stop.wait(RENEWED_EVERY_SECONDS):
                with transaction.atomic():
                    hold(holding)
        except FenceLost:
            return  # the next write of the night finds out and stops it
        finally:
            connections.close_all()

    thread = threading.Thread(target=renew, name="night-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)

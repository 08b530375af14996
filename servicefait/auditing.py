"""`servicefait audit verify`: is the chain whole? `servicefait queue rebuild`: the queue, made anew."""

from __future__ import annotations

from rich.console import Console

from servicefait.ending import CommandFailed, WrongArgument


def open_database(url: str) -> None:
    """Open a database for a command. Raises `WrongArgument` for its URL, `CommandFailed` where it is not
    there.
    """
    from django.db import Error as DatabaseError

    from records import setup
    from records.database import DatabaseUrlError

    try:
        setup.configure(url)
    except DatabaseUrlError as error:
        raise WrongArgument(f"--database: {error}") from error
    except DatabaseError as error:
        raise CommandFailed(f"the database can't be used ({type(error).__name__})") from error


def verify_chain(database: str) -> None:
    """Print how long the chain is and that it holds. Raises `CommandFailed` with the first entry that does
    not.
    """
    open_database(database)
    from records import acts, audit
    from records.models import Act, AuditEntry

    broken = audit.broken_at()
    if broken is not None:
        raise CommandFailed(f"the audit chain is broken at entry {broken}")
    altered = acts.altered()
    if altered is not None:
        raise CommandFailed(f"act {altered} is not the one that the audit chain speaks of")
    done = f", {count} acts of people as they were done" if (count := Act.objects.count()) else ""
    Console(highlight=False).print(f"{AuditEntry.objects.count()} entries, the chain holds to its end{done}")


def rebuild_queue(database: str) -> None:
    """Make the desk's queue anew and print how many claims wait in it."""
    open_database(database)
    from records import queue

    Console(highlight=False).print(f"{queue.rebuild()} claims wait in the queue")

"""How long the desk takes to serve a page with many exceptions open: login, rights, query and template in it.

    python -m benchmarks.desk_pages [--claims 10000] [--rounds 40]

Fills a SQLite file in a temporary folder as `benchmarks.desk` does, signs an officer in, and asks the whole
application (every middleware, the session, the templates) for its pages. Prints median and 95th percentile in
milliseconds; the network is not in them. The queue is to stay under 150 ms at the 95th percentile.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from pathlib import Path

from benchmarks.desk import FIRST, LAST, fill, timed


def measure(claims: int, rounds: int) -> None:
    from django.contrib.auth.models import Group, User
    from django.test import Client

    user = User.objects.create_user("officer")
    user.groups.set([Group.objects.get(name="officer")])
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    draw = random.Random(4)
    last = max(1, claims // 50)

    def ask(path: str) -> None:
        answer = client.get(path)
        if answer.status_code not in (200, 302):
            raise SystemExit(f"{path}: {answer.status_code}")

    print(f"{'milliseconds':<44}{'median':>9}{'95 %':>9}")
    timed("queue, first page", rounds, lambda _: ask("/"))
    timed("queue, any page by amount", rounds, lambda n: ask(f"/?tri=amount&page={1 + n * 7 % last}"))
    timed("queue, last page by employer", rounds, lambda _: ask(f"/?tri=employer&page={last}"))
    timed("queue, of one cause", rounds, lambda _: ask("/?cause=identity.title&etat=review"))
    timed("queue, searched", rounds, lambda n: ask(f"/?texte={LAST[n % 10]}+{FIRST[n % 9]}"))
    timed("next claim", rounds, lambda _: ask("/suivante"))
    numbers = [draw.randrange(claims) for _ in range(rounds + 1)]
    timed("a claim", rounds, lambda n: ask(f"/demandes/CIPI-2026-{numbers[n]:06d}-1"))
    timed("approvals", rounds, lambda _: ask("/approbations"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "desk.settings",
            "SERVICEFAIT_DATABASE": f"sqlite:///{Path(folder) / 'desk.sqlite3'}",
            "SERVICEFAIT_DESK_SECRET_KEY": "for this benchmark alone",
            "SERVICEFAIT_DESK_HOSTS": "testserver",
            "SERVICEFAIT_DESK_HTTPS": "0",
            "SERVICEFAIT_DESK_SECOND_FACTOR": "0",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from desk import acts
        from records import queue

        fill(given.claims)
        acts.set_up("benchmark")
        start = time.perf_counter()
        waiting = queue.rebuild()
        print(f"{waiting} claims wait; the queue was made anew in {time.perf_counter() - start:.1f} s")
        measure(given.claims, given.rounds)


if __name__ == "__main__":
    main()

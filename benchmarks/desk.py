"""What the desk costs with many exceptions open: pages of the queue, counts, a claim's page, an act.

    python -m benchmarks.desk [--claims 10000] [--database URL] [--rounds 40]

Fills an empty database (default: a SQLite file in a temporary folder) with so many claims that wait, each
with a request of its own, a document and a decision, and calls what the pages call. Prints median and 95th
percentile in milliseconds; rendering and network are not in them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from records import setup

RULES = (
    "reading.uncertain", "identity.title", "pieces.programme", "pieces.mission_contract", "hours.overlap",
    "drf.not_too_late", "invoice.identifiers", "pieces.unsigned", "identity.provider", "hours.closed_day",
)  # fmt: skip
LAST = ("DIALLO", "MARTIN", "LE GOFF", "NGUYEN", "BERNARD", "PETIT", "COULIBALY", "MÜLLER", "ROUX", "SANTOS")
FIRST = ("Aminata", "Jérôme", "Maëlle", "Zoé", "Karim", "João", "Anaïs", "Rose", "Ibrahim", "Lucie")
DAY = dt.date(2026, 5, 4)


@dataclass(frozen=True)
class Officer:
    """An account with every right."""

    name: str = "bench"
    is_active: bool = True

    def get_username(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return True


def request_data(draw: random.Random, number: int) -> dict[str, Any]:
    agency, school = draw.randrange(300), draw.randrange(400)
    return {
        "ref": f"CIPI-2026-{number:06d}",
        "scheme": "cipi",
        "drf": {"submitted_at": "2026-03-02T09:00:00", "granted_at": "2026-03-03T15:00:00"},
        "contract_sent_at": "2026-03-10T10:00:00",
        "trainee": {
            "last_name": draw.choice(LAST),
            "first_name": draw.choice(FIRST),
            "birth_date": str(dt.date(1970, 1, 1) + dt.timedelta(days=draw.randrange(13000))),
            "status": "interimaire",
        },
        "employer": {
            "name": f"Agence d'intérim n° {agency}",
            "siret": f"412345670{agency:05d}",
            "headcount": 120,
            "iban": "FR7630006000011234567890189",
        },
        "provider": {
            "name": f"Organisme de formation n° {school}",
            "siret": f"533508123{school:05d}",
            "nda": "53350812335",
            "iban": "FR7630004000031234567890143",
        },
        "training": {
            "title": "CACES R489",
            "start": "2026-03-16",
            "end": "2026-03-27",
            "hours": "70.00",
            "place": "provider",
            "distance": False,
        },
        "contract": None,
        "granted": {
            "hourly_rate": "27.00",
            "overrun_share": None,
            "overrun_ceiling": None,
            "total_ceiling": "1890.00",
        },
        "payee": "employer",
        "programmes": [],
        "project_reference": None,
        "comment": None,
        "paid": [],
    }


def certificate(draw: random.Random, request: dict[str, Any], file: str, sha256: str) -> dict[str, Any]:
    said = {
        "trainee_last_name": request["trainee"]["last_name"],
        "trainee_first_name": request["trainee"]["first_name"],
        "provider_name": request["provider"]["name"],
        "training_title": request["training"]["title"],
        "start_date": "2026-03-16",
        "end_date": "2026-03-27",
        "hours": "70.00",
        "signed": True,
    }
    fields = {
        name: {
            "value": value,
            "confidence": 0.97,
            "page": 1,
            "bbox": [0.1, 0.1, 0.3, 0.12],
            "read_by": "ocr",
            "raw": str(value),
            "note": "",
        }
        for name, value in said.items()
    }
    from dossier.json_form import part_json
    from dossier.kinds import Kind
    from dossier.reading import Part

    empty = part_json(Part((1,), Kind.CERTIFICATE, 0.98, {}))
    page = {
        "page": 1,
        "state": "read",
        "read_by": "ocr",
        "width": 595,
        "height": 842,
        "turned": 0,
        "note": "",
    }
    return {
        "file": file,
        "sha256": sha256,
        "pages": 1,
        "status": "read",
        "reason": None,
        "parts": [{**empty, "fields": fields, "fingerprint": f"{draw.getrandbits(128):032x}"}],
        "page_accounts": [page],
    }


def decision_data(draw: random.Random, request: dict[str, Any], claim: str) -> dict[str, Any]:
    rules = draw.sample(RULES, draw.randint(1, 3))
    effects = ["missing" if rule.startswith("pieces") else "review" for rule in rules]
    review = "review" in effects
    amount = f"{draw.randrange(20000, 900000) / 100:.2f}"
    hours = dict.fromkeys(("granted", "already_paid", "declared", "evidenced", "payable"), "70.00")
    return {
        "request": request["ref"],
        "claim": claim,
        "verdict": "review" if review else "incomplete",
        "hours": hours,
        "lines": [{"kind": "training_hours", "declared": amount, "payable": amount}],
        "amount": amount if review else "0.00",
        "payee": {"kind": "employer", **{k: request["employer"][k] for k in ("name", "siret", "iban")}},
        "findings": [
            {
                "rule": rule,
                "effect": effect,
                "message": "Un constat.",
                "source": "Une source",
                "expected": "ceci",
                "found": "cela",
                "evidence": [],
            }
            for rule, effect in zip(rules, effects, strict=True)
        ],
        "checks": [],
    }


def fill(claims: int) -> None:
    """So many requests, claims, documents and decisions; the queue is then made of them."""
    from records.models import ClaimSnapshot, DecisionRow, ReadPart, RequestSnapshot, StoredDocument

    draw = random.Random(1)
    for start in range(0, claims, 1000):
        numbers = range(start, min(start + 1000, claims))
        requests = {number: request_data(draw, number) for number in numbers}
        RequestSnapshot.objects.bulk_create(RequestSnapshot(ref=r["ref"], data=r) for r in requests.values())
        filed = {
            n: dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC) + dt.timedelta(hours=draw.randrange(1500))
            for n in numbers
        }
        ids = {number: f"{requests[number]['ref']}-1" for number in numbers}
        ClaimSnapshot.objects.bulk_create(
            ClaimSnapshot(
                claim=ids[n],
                request_ref=requests[n]["ref"],
                submitted_at=filed[n],
                data={
                    "id": ids[n],
                    "request": requests[n]["ref"],
                    "submitted_at": filed[n].replace(tzinfo=None).isoformat(),
                    "period": {"from": "2026-03-16", "to": "2026-03-27"},
                    "lines": [{"kind": "training_hours", "hours": "70.00"}],
                },
            )
            for n in numbers
        )
        documents = []
        for n in numbers:
            file = f"{requests[n]['ref']}/{ids[n]}/certificat.pdf"
            sha256 = hashlib.sha256(file.encode()).hexdigest()
            read = certificate(draw, requests[n], file, sha256)
            documents.append(
                StoredDocument(
                    file=file,
                    sha256=sha256,
                    size=1,
                    request_ref=requests[n]["ref"],
                    claim_ref=ids[n],
                    state="read",
                    pages=1,
                    reading=read,
                )
            )
        StoredDocument.objects.bulk_create(documents)
        ReadPart.objects.bulk_create(
            ReadPart(
                document=row,
                number=1,
                kind="certificate",
                confidence=0.98,
                fingerprint=row.reading["parts"][0]["fingerprint"],
                first_page=1,
            )
            for row in documents
        )
        decided = [decision_data(draw, requests[n], ids[n]) for n in numbers]
        DecisionRow.objects.bulk_create(
            DecisionRow(
                claim=one["claim"],
                request_ref=one["request"],
                version=1,
                verdict=one["verdict"],
                amount=Decimal(one["amount"]),
                data=one,
                inputs=f"facts of {one['claim']}",
                as_of=DAY,
            )
            for one in decided
        )


def timed(name: str, rounds: int, work: Callable[[int], object]) -> None:
    work(0)
    took = []
    for turn in range(1, rounds + 1):
        start = time.perf_counter()
        work(turn)
        took.append(1000 * (time.perf_counter() - start))
    late = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
    print(f"{name:<44}{statistics.median(took):9.1f}{late:9.1f}")


def measure(claims: int, rounds: int) -> None:
    from desk import acts
    from desk.acts import Filters, PartAt, Sort, WaitsFor
    from dossier.schemes import SCHEMES
    from records.models import StoredDocument

    draw = random.Random(2)
    officer = Officer()
    last = max(1, claims // 50)
    numbers = [draw.randrange(claims) for _ in range(rounds + 1)]
    refs = [f"CIPI-2026-{number:06d}" for number in numbers]
    acted = random.Random(3).sample(range(claims), rounds + 1)
    print(f"{'milliseconds':<44}{'median':>9}{'95 %':>9}")
    timed("queue, first page by deadline", rounds, lambda _: acts.queue())
    timed("queue, any page by amount", rounds, lambda n: acts.queue(sort=Sort.AMOUNT, page=1 + n * 7 % last))
    timed("queue, last page by employer", rounds, lambda _: acts.queue(sort=Sort.EMPLOYER, page=last))
    cause = Filters(cause="identity.title", scheme=SCHEMES["cipi"], waits_for=(WaitsFor.REVIEW,))
    timed("queue, of one cause", rounds, lambda _: acts.queue(cause))
    timed("queue, searched", rounds, lambda n: acts.queue(Filters(search=f"{LAST[n % 10]} {FIRST[n % 9]}")))
    timed("queue, of one employer", rounds, lambda n: acts.queue(Filters(employer=f"agence {n}")))
    timed("counts by cause", rounds, lambda _: acts.counts_by_cause())
    timed("counts by cause, narrowed", rounds, lambda _: acts.counts_by_cause(cause))
    timed("next claim", rounds, lambda _: acts.next_claim(officer))
    timed("a claim's page", rounds, lambda n: acts.claim_file(f"{refs[n]}-1"))

    def correct(turn: int) -> None:
        claim = f"CIPI-2026-{acted[turn]:06d}-1"
        row = StoredDocument.objects.get(claim_ref=claim)
        acts.correct_value(officer, claim, 1, PartAt(row.sha256, 1), "hours", "35")

    timed("an act: correct a value, decide again", rounds, correct)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        setup.configure(given.database or f"sqlite:///{Path(folder) / 'desk.sqlite3'}")
        from desk.acts.policies import adopt
        from records import queue

        fill(given.claims)
        adopt("benchmark")
        start = time.perf_counter()
        waiting = queue.rebuild()
        print(f"{waiting} claims wait; the queue was made anew in {time.perf_counter() - start:.1f} s")
        measure(given.claims, given.rounds)


if __name__ == "__main__":
    main()

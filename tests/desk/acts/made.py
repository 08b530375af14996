"""A night's dossiers in a real database, and the people who work on them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from dossier.case import Case
from dossier.decision import Decision
from dossier.json_form import decision_of, document_json
from dossier.reading import Document, PageAccount, PageState, ReadBy, Status
from dossier.requests import Claim, Request
from dossier.requests_file import RequestsFile
from records import intake, ledger, nights, readings
from records.models import DecisionRow, StoredDocument
from records.nights import Holding
from records.store import StoredFile
from tests.records.made import digest
from tests.validators import case_files

NIGHT = dt.date(2026, 5, 4)


@dataclass(frozen=True)
class Account:
    """An account with the rights of its roles, as Django's users answer for theirs."""

    name: str
    roles: tuple[str, ...]
    is_active: bool = True

    def get_username(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        from desk.acts import ROLES

        app, _, right = perm.partition(".")
        return app == "records" and any(right in ROLES[role] for role in self.roles)


READER = Account("lise", ("reader",))
OFFICER = Account("omar", ("officer",))
OTHER = Account("odile", ("officer",))
SUPERVISOR = Account("sarah", ("supervisor",))
SECOND = Account("simon", ("supervisor",))
FINANCE = Account("fatou", ("finance",))
ADMIN = Account("anne", ("administrator",))


@dataclass
class World:
    """Requests and claims that came in, and the nights that are run on them."""

    cases: dict[str, Case] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    nights: int = 0

    def comes(self, base: str = "cipi", number: int = 1, **change: Any) -> Claim:
        """A dossier of ``bases.yaml`` with what is different in it; its pieces are handed in and read."""
        ref = f"CIPI-2026-{number:06d}"
        request = {"ref": ref, **change.pop("request", {})}
        claim = {"id": f"{ref}-1", "request": ref, **change.pop("claim", {})}
        case = case_files.made({"base": base, "request": request, "claim": claim, **change})
        self.cases[case.claim.id] = case
        self.requests[ref] = case.request
        holding = self.held()
        for piece in case.pieces:
            self.files(f"{ref}/{case.claim.id}/{piece.file}", piece.part, holding=holding)
        return case.claim

    def files(self, path: str, *parts: Any, pages: int = 1, holding: Holding | None = None) -> StoredDocument:
        """A file that comes in and is read."""
        holding = holding or self.held()
        content = path + repr(parts)
        [row] = intake.register(holding, [(StoredFile(path, len(content), path), digest(content))])
        intake.open_as_document(holding, row)
        row = StoredDocument.objects.get(pk=row.pk)
        accounts = tuple(PageAccount(n, PageState.READ, ReadBy.TEXT, 595, 842) for n in range(1, pages + 1))
        read = Document(path, row.sha256, pages, Status.READ, None, tuple(parts), accounts)
        readings.claim(holding, [row])
        readings.save(holding, row, document_json(read))
        return StoredDocument.objects.get(pk=row.pk)

    def held(self) -> Holding:
        return nights.take(NIGHT + dt.timedelta(days=self.nights), "here/1/1")

    def file(self) -> RequestsFile:
        return RequestsFile(
            tuple(self.requests.values()), tuple(case.claim for case in self.cases.values()), ()
        )

    def at_work(self) -> Any:
        from flows.at_work import AtWork
        from validators import parameters

        day = NIGHT + dt.timedelta(days=self.nights)
        return AtWork(None, day, self.file(), parameters.load(), None, None, self.held())  # type: ignore[arg-type]

    def night(self) -> dict[str, int]:
        """What the scheduled night does when it decides; its counts."""
        from flows.deciding import decide_all

        self.nights += 1
        at_work = self.at_work()
        decide_all(at_work)
        return dict(at_work.counts)

    def batch(self) -> list[ledger.Batch]:
        """What the night fixes to be paid, and would write."""
        return ledger.close_batch(self.held())


def standing(claim: Claim | str) -> DecisionRow:
    name = claim if isinstance(claim, str) else claim.id
    return DecisionRow.objects.filter(claim=name).latest("version")


def decided(claim: Claim | str) -> Decision:
    return decision_of(standing(claim).data)


def seen(claim: Claim | str) -> int:
    return standing(claim).version

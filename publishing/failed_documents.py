"""Which documents failed, which of their pages, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dossier.reading import Document, PageState, Status
from publishing.wording import refusal_text


class Failure(StrEnum):
    """How a document failed; the values stand in ``failures.csv``."""

    REFUSED = "document.refused"
    UNREADABLE = "page.unreadable"
    ORPHAN = "document.orphan"
    DUPLICATE = "document.duplicate"


FAILURES = {
    Failure.REFUSED: "Refusé",
    Failure.UNREADABLE: "Page illisible",
    Failure.ORPHAN: "Sans demande",
    Failure.DUPLICATE: "Doublon",
}
"""In the order in which a person should look at them."""


@dataclass(frozen=True, slots=True)
class DocumentFailure:
    """One failure of one file, or of one page of it. ``why`` is French."""

    file: str
    page: int | None
    failure: Failure
    why: str


def document_failures(documents: Sequence[Document], orphans: Collection[str] = ()) -> list[DocumentFailure]:
    """Every failure of every document, the gravest kind first, then by file and page.

    ``orphans`` names the files that no request could be found for. A document may fail more than once.
    """
    found: list[DocumentFailure] = []
    for document in documents:
        match document.status:
            case Status.REFUSED:
                found.append(
                    DocumentFailure(document.file, None, Failure.REFUSED, refusal_text(document.reason))
                )
            case Status.DUPLICATE:
                why = f"mêmes octets qu’un fichier déjà reçu : {document.reason or 'non précisé'}"
                found.append(DocumentFailure(document.file, None, Failure.DUPLICATE, why))
            case Status.READ:
                pass
        found += [
            DocumentFailure(
                document.file,
                account.number,
                Failure.UNREADABLE,
                f"aucun texte fiable sur cette page{f' ({account.note})' if account.note else ''}",
            )
            for account in document.accounts
            if account.state is PageState.UNREADABLE
        ]
        if document.file in orphans:
            why = "déposé hors dossier, et rien de ce qui y est lu ne désigne une demande"
            found.append(DocumentFailure(document.file, None, Failure.ORPHAN, why))
    order = list(FAILURES)
    return sorted(found, key=lambda f: (order.index(f.failure), f.file, f.page or 0))


def filed_under(file: str) -> tuple[str, str]:
    """The request and the claim that a file's folders name, each empty where there is no such folder."""
    folders = file.split("!", 1)[0].split("/")[:-1]
    return (folders[0] if folders else "", folders[1] if len(folders) > 1 else "")

"""Letters to whoever filed the claim, as PDF: a rejection, a request for pieces, a payment in part.

Each says in French what was read, what is expected and where (Code du travail, art. R. 6332-24: a total or
partial rejection is motivated and notified; R. 6332-26: nothing is paid without all pieces asked for).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from dossier.decision import Decision, Effect, Evidence, Finding, Verdict
from dossier.requests import Claim, PayeeKind, Request
from publishing.identifiers import plain_id
from publishing.letter_page import Letter, Row, Section, Sender, render
from publishing.privacy import redacted
from publishing.totals import declared_amount
from publishing.wording import NBSP, duration, euros, long_date, plural, readable, short_date

_LONGEST_NAME = 100
DAYS_TO_ANSWER = 30
"""From the letter that asks for pieces."""
_REJECTING, _PIECES = f"article R.{NBSP}6332-24", f"article R.{NBSP}6332-26"
_SENDER = Sender("Service du contrôle de service fait")

# no delay and no court is named: neither is established, and the funder's own wording is to be set here
CONTESTING = (
    "Si vous contestez cette décision, vous pouvez en demander le réexamen par écrit à notre service, en "
    "rappelant les références ci-dessus et en joignant toute pièce utile. Ce réexamen ne vous prive d’aucune "
    "des voies de recours que la loi vous ouvre."
)


class NoAddressee(LookupError):
    """A decision names a request or a claim that was not handed over: nobody could be written to."""


class NoMotive(ValueError):
    """A rejection or a request for pieces without a finding to say why: no such letter may go out."""


def write_letters(
    folder: Path,
    decisions: Sequence[Decision],
    requests: Iterable[Request],
    claims: Iterable[Claim],
    as_of: dt.date,
    *,
    validated: bool = False,
    days_to_answer: int = DAYS_TO_ANSWER,
    sender: Sender = _SENDER,
    contesting: str = CONTESTING,
) -> list[Path]:
    """Write a letter for each claim that is rejected, incomplete or paid in part; their paths, in that order.

    ``as_of`` dates them; pieces are asked for within ``days_to_answer`` days of it. A rejection is marked
    as a draft unless ``validated`` says that a person confirmed it. Names come from the claim's id; a letter
    that already stands there is left, and another one for the same claim gets a number of its own.

    Raises `NoAddressee` and `NoMotive`.
    """
    request_of = {request.ref: request for request in requests}
    claim_of = {claim.id: claim for claim in claims}
    written = []
    for decision in decisions:
        kind = _kind(decision, validated)
        if kind is None:
            continue
        request, claim = request_of.get(decision.request), claim_of.get(decision.claim)
        if request is None or claim is None:
            raise NoAddressee(f"no request or claim was given for the decision on {decision.claim}")
        letter = _of_kind(decision, request, claim, as_of, validated, days_to_answer, contesting)
        content = render(letter, sender)
        written.append(_keep(folder, f"{plain_id(decision.claim, _LONGEST_NAME)}-{kind}", content))
    return written


def letter_of(
    decision: Decision,
    request: Request,
    claim: Claim,
    as_of: dt.date,
    *,
    validated: bool = False,
    days_to_answer: int = DAYS_TO_ANSWER,
    contesting: str = CONTESTING,
) -> Letter | None:
    """What `write_letters` would write of one decision, to be read before it goes out; None where it would
    write nothing. Raises `NoMotive`.
    """
    if _kind(decision, validated) is None:
        return None
    return _of_kind(decision, request, claim, as_of, validated, days_to_answer, contesting)


def _of_kind(
    decision: Decision,
    request: Request,
    claim: Claim,
    as_of: dt.date,
    validated: bool,
    days_to_answer: int,
    contesting: str,
) -> Letter:
    match decision.verdict:
        case Verdict.REJECT:
            return _rejection(decision, request, claim, as_of, validated, contesting)
        case Verdict.INCOMPLETE:
            return _pieces(decision, request, claim, as_of, as_of + dt.timedelta(days=days_to_answer))
        case _:
            return _part_payment(decision, request, claim, as_of, contesting)


def _kind(decision: Decision, validated: bool) -> str | None:
    """The end of the letter's file name; None where no letter goes out."""
    match decision.verdict:
        case Verdict.REJECT:
            return "rejet" if validated else "rejet-projet"
        case Verdict.INCOMPLETE:
            return "pieces-a-fournir"
        case Verdict.PAY if _rows(decision, Effect.REDUCE) and decision.amount < declared_amount(decision):
            return "paiement-partiel"
        case _:
            return None


def _keep(folder: Path, name: str, content: bytes) -> Path:
    """The path of a file of this content: the first of name, name-2… that is free or already holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        path = folder / (f"{name}.pdf" if number == 1 else f"{name}-{number}.pdf")
        if not path.exists():
            path.write_bytes(content)
            return path
        if path.read_bytes() == content:
            return path
    raise AssertionError("count() never ends")


def _rejection(
    decision: Decision, request: Request, claim: Claim, as_of: dt.date, validated: bool, contesting: str
) -> Letter:
    # where every line was reduced to nothing, the reductions are what rejects
    decisive = _rows(decision, Effect.REJECT) or _rows(decision, Effect.REDUCE)
    if not decisive:
        raise NoMotive(f"the rejection of {decision.claim} has no finding that says why")
    sections = (
        Section(
            (
                f"{_received(request, claim)} Le contrôle de service fait ne permet pas de la régler : "
                f"le montant déclaré, {euros(declared_amount(decision))}, n’est pas pris en charge.",
                f"Conformément à l’{_REJECTING} du code du travail, cette décision est motivée comme suit.",
            )
        ),
        Section((), "Motifs de la décision", decisive),
        *_grounds(decision, (Effect.REJECT, Effect.REDUCE)),
        Section((contesting,), "Voies de contestation"),
    )
    draft = (
        ""
        if validated
        else "PROJET – À VALIDER. Cette décision ne part qu’après validation par une personne."
    )
    return _letter(decision, request, claim, as_of, "rejet de votre demande de paiement", sections, draft)


def _pieces(decision: Decision, request: Request, claim: Claim, as_of: dt.date, deadline: dt.date) -> Letter:
    asked = _rows(decision, Effect.MISSING)
    if not asked:
        raise NoMotive(f"{decision.claim} is incomplete and no finding says what is missing")
    besides = _rows(decision, Effect.REDUCE)
    sections = [
        Section(
            (
                f"{_received(request, claim)} Le contrôle de service fait prévu à l’{_PIECES} du code du "
                "travail ne peut pas être achevé : "
                f"{plural(len(asked), 'point reste', 'points restent')} à compléter.",
            )
        ),
        Section((f"Merci de nous les transmettre avant le {long_date(deadline)}.",), emphasis=True),
        Section((), "Ce que nous vous demandons", asked),
    ]
    if besides:
        sections.append(
            Section(
                ("Les constats suivants réduiront le montant réglé, sauf pièce qui les corrige.",),
                "Par ailleurs",
                besides,
            )
        )
    sections.append(
        Section(
            (
                "À défaut de l’ensemble de ces pièces, le montant déclaré, "
                f"{euros(declared_amount(decision))}, ne pourra pas être réglé ({_PIECES}). Les pièces déjà "
                "lues sans réserve ne sont pas à renvoyer.",
            )
        )
    )
    return _letter(
        decision, request, claim, as_of, "pièces à fournir pour votre demande de paiement", tuple(sections)
    )


def _part_payment(
    decision: Decision, request: Request, claim: Claim, as_of: dt.date, contesting: str
) -> Letter:
    hours = decision.hours
    sections = (
        Section(
            (
                f"{_received(request, claim)} Le contrôle de service fait conduit à régler "
                f"{euros(decision.amount)} sur les {euros(declared_amount(decision))} déclarés "
                f"({duration(hours.payable)} payables, {duration(hours.declared)} déclarées).",
                f"Conformément à l’{_REJECTING} du code du travail, ce rejet partiel est motivé comme suit.",
            )
        ),
        Section((), "Motifs de la réduction", _rows(decision, Effect.REDUCE)),
        *_grounds(decision, (Effect.REDUCE,)),
        Section((contesting,), "Voies de contestation"),
    )
    return _letter(decision, request, claim, as_of, "paiement partiel de votre demande", sections)


def _letter(
    decision: Decision,
    request: Request,
    claim: Claim,
    as_of: dt.date,
    subject: str,
    sections: tuple[Section, ...],
    draft: str = "",
) -> Letter:
    party = request.employer if request.payee is PayeeKind.EMPLOYER else request.provider
    return Letter(
        subject=f"{subject} {claim.id}",
        reference=f"Dossier {request.ref} – demande {claim.id}",
        addressee=(party.name, f"SIRET {party.siret}"),
        place_and_date=f"Le {long_date(as_of)}",
        references=(
            ("Dossier", f"{request.ref} ({request.scheme.title})"),
            ("Demande", f"{claim.id}, déposée le {short_date(claim.submitted_at.date())}"),
            ("Stagiaire", f"{request.trainee.first_name} {request.trainee.last_name}"),
            ("Formation", redacted(f"{request.training.title}, par {request.provider.name}")),
        ),
        sections=sections,
        closing="Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées.",
        draft=draft,
    )


def _received(request: Request, claim: Claim) -> str:
    period = claim.period
    return (
        f"Nous avons bien reçu votre demande de paiement {claim.id} pour la période du "
        f"{long_date(period.start)} au {long_date(period.end)}."
    )


def _rows(decision: Decision, effect: Effect) -> tuple[Row, ...]:
    return tuple(_row(finding) for finding in decision.findings if finding.effect is effect)


def _row(finding: Finding) -> Row:
    return Row(
        reason=redacted(finding.message),
        read=redacted(readable(finding.found)),
        expected=redacted(readable(finding.expected)),
        where="\n".join(dict.fromkeys(_place(evidence) for evidence in finding.evidence)),
    )


def _place(evidence: Evidence) -> str:
    """The file as its sender named it, without the folders that it was filed under."""
    return redacted(f"{evidence.file.rsplit('/', 1)[-1]}, page {evidence.page}")


def _grounds(decision: Decision, effects: tuple[Effect, ...]) -> tuple[Section, ...]:
    """The sources of the decisive findings, each once."""
    sources = dict.fromkeys(f.source for f in decision.findings if f.effect in effects and f.source)
    return (Section((f"Fondement : {redacted(' ; '.join(sources))}.",)),) if sources else ()

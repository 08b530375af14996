"""Made-up dossiers for the tests of what goes out: requests, claims, decisions and documents that fit."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal

from schwifty import IBAN

from dossier.decision import DecidedLine, Decision, Effect, Evidence, Finding, HoursTable, Payee, Verdict
from dossier.kinds import Kind
from dossier.quantities import Minutes, cents, hours_text, price_of
from dossier.reading import (
    Box,
    Document,
    PageAccount,
    PageState,
    Part,
    ReadBy,
    Status,
)
from dossier.requests import (
    Claim,
    ClaimLine,
    Employer,
    Grant,
    LineKind,
    PayeeKind,
    Period,
    Place,
    Provider,
    Request,
    Trainee,
    TraineeStatus,
    Training,
)
from dossier.schemes import SCHEMES
from publishing.run import RunSummary

AS_OF = dt.date(2026, 5, 4)
RATE = Decimal("27.00")
NO_TIME = Minutes(0)

_LAST = ["DIALLO", "O'BRIEN-FAYÇAL", "ŁUKASIEWICZ", "NGUYỄN", "SAINT-MARTIN", "ŐRY", "MÜLLER", "LE GOFF"]
_FIRST = ["Aminata", "Jérôme", "Žofie", "Marie-Thérèse", "João", "Zoé", "Raphaël", "Anaïs"]
_AGENCIES = ["Intérim de l’Œuvre & Fils", "Cap Travail Temporaire", "Alizé Insertion", "Agence « Méŕidien »"]
_SCHOOLS = ["Alpha Formation", "Pôle Savoirs", "Cefor Compétences", "Horizon Apprentissage"]
_TITLES = ["CACES R489 catégories 1A, 3 et 5", "Soudeur semi-automatique", "Habilitation électrique B1V"]

_REJECTIONS = [
    Finding(
        "drf.before_start",
        Effect.REJECT,
        "La formation a commencé avant le dépôt de la demande de réservation de financements.",
        "AKTO, page CIPI du 22/09/2021",
        "2026-03-10",
        "2026-03-05",
    ),
    Finding(
        "hours.none",
        Effect.REJECT,
        "Aucune heure de formation n’est prouvée pour la période demandée.",
        "Code du travail, art. R. 6332-26",
        "70.00",
        "0.00",
    ),
]
_REVIEWS = [
    Finding(
        "identity.trainee",
        Effect.REVIEW,
        "Le certificat nomme une autre personne que le stagiaire du dossier.",
        "Points de contrôle du financeur",
        "DIALLO Aminata",
        "DIABY Amina",
    ),
    Finding(
        "signal.same_signature",
        Effect.REVIEW,
        "Deux stagiaires portent la même signature manuscrite sur la feuille numérisée.",
        "CAA Nantes, 2021",
        "des signatures différentes",
        "deux signatures superposables",
    ),
    Finding(
        "invoice.iban",
        Effect.REVIEW,
        "L’IBAN de la facture n’est pas celui du dossier.",
        "Jugement de la maison",
        "FR76 3000 6000 0112 3456 7890 189",
        "FR7630004003200001019471656",
    ),
]
_MISSING = [
    Finding(
        "pieces.mission_contract",
        Effect.MISSING,
        "Le contrat de mission signé n’a pas été transmis.",
        "AKTO, page CIPI du 22/09/2021",
        "un contrat de mission signé",
        "aucun",
    ),
    Finding(
        "hours.trainer_unsigned",
        Effect.MISSING,
        "Le formateur n’a pas signé la demi-journée du 24 mars 2026 (matin).",
        "CAA Versailles, 2018",
        "la signature du formateur",
        "une case vide",
    ),
    Finding(
        "reading.unreadable",
        Effect.MISSING,
        "Une page qui devrait porter une pièce ne peut pas être lue : merci d’en envoyer une copie nette.",
        "Jugement de la maison",
        "une page lisible",
        "une page trop sombre",
    ),
]
_REDUCTION = Finding(
    "hours.sheet_unsigned",
    Effect.REDUCE,
    "Une demi-journée ne porte pas la signature du stagiaire : elle n’est pas comptée.",
    "Jurisprudence : CAA Versailles, 2018",
    "70.00",
    "66.50",
)
_NOTE = Finding(
    "certificate.signature", Effect.INFORM, "Le certificat est signé sans cachet.", "Ministère du Travail"
)


@dataclass(frozen=True)
class Night:
    """All that a run publishes from."""

    run: RunSummary
    requests: tuple[Request, ...]
    claims: tuple[Claim, ...]
    decisions: tuple[Decision, ...]
    documents: tuple[Document, ...]
    orphans: frozenset[str]


def an_iban(chance: random.Random) -> str:
    return IBAN.generate("FR", bank_code="30006", account_code=f"{chance.randrange(10**11):011d}").compact


def a_request(chance: random.Random, ref: str, payee: PayeeKind = PayeeKind.EMPLOYER) -> Request:
    return Request(
        ref=ref,
        scheme=SCHEMES["cipi"],
        trainee=Trainee(
            chance.choice(_LAST), chance.choice(_FIRST), dt.date(1990, 5, 17), TraineeStatus.INTERIMAIRE
        ),
        employer=Employer(chance.choice(_AGENCIES), "41234567800015", 120, an_iban(chance)),
        provider=Provider(chance.choice(_SCHOOLS), "73282932000074", "53350812335", an_iban(chance)),
        training=Training(
            chance.choice(_TITLES),
            dt.date(2026, 3, 16),
            dt.date(2026, 4, 24),
            Minutes(140 * 60),
            Place.PROVIDER,
            False,
        ),
        granted=Grant(RATE, Decimal("0.30"), Decimal("1500.00"), Decimal("5280.00")),
        payee=payee,
    )


def a_claim(request: Request, id_: str, hours: Minutes) -> Claim:
    return Claim(
        id=id_,
        request=request.ref,
        submitted_at=dt.datetime.fromisoformat("2026-05-02T18:20:00"),
        period=Period(dt.date(2026, 3, 16), dt.date(2026, 4, 24)),
        lines=(ClaimLine(LineKind.TRAINING_HOURS, hours=hours),),
    )


def a_decision(
    request: Request,
    claim: Claim,
    verdict: Verdict,
    findings: tuple[Finding, ...] = (),
    lost: Minutes = NO_TIME,
    overrun: Decimal = Decimal("0.00"),
) -> Decision:
    """A decision whose sums fit: hours at the rate, the overrun's share, nothing for what isn't paid."""
    hours = claim.lines[0].hours or Minutes(0)
    payable = Minutes(hours - lost)
    nothing = verdict in (Verdict.REJECT, Verdict.INCOMPLETE)
    due = Decimal("0.00") if nothing else price_of(payable, RATE)
    lines = [DecidedLine(LineKind.TRAINING_HOURS, price_of(hours, RATE), due)]
    if overrun:
        share = cents(overrun * Decimal("0.30"))
        lines.append(DecidedLine(LineKind.OVERRUN, share, Decimal("0.00") if nothing else share))
    party = request.employer if request.payee is PayeeKind.EMPLOYER else request.provider
    return Decision(
        request=request.ref,
        claim=claim.id,
        verdict=verdict,
        hours=HoursTable(
            request.training.hours, Minutes(0), hours, payable, Minutes(0) if nothing else payable
        ),
        lines=tuple(lines),
        amount=sum((line.payable for line in lines), Decimal("0.00")),
        payee=Payee(request.payee, party.name, party.siret, party.iban),
        findings=findings,
    )


def seen_in(finding: Finding, *places: tuple[str, int, str]) -> Finding:
    """The same finding with evidence at these files, pages, texts."""
    evidence = tuple(Evidence(file, page, Box(0.1, 0.4, 0.3, 0.43), text) for file, page, text in places)
    return Finding(
        finding.rule,
        finding.effect,
        finding.message,
        finding.source,
        finding.expected,
        finding.found,
        evidence,
    )


def a_night(claims: int, seed: int = 7) -> Night:
    """A run over ``claims`` claims: about half paid whole, the rest spread over all that can go wrong."""
    chance = random.Random(seed)
    requests, filed, decisions, documents = [], [], [], []
    for index in range(claims):
        ref = f"CIPI-2026-{100000 + index * 37}"
        request = a_request(chance, ref, chance.choice([PayeeKind.EMPLOYER] * 4 + [PayeeKind.PROVIDER]))
        claim = a_claim(request, f"{ref}-1", Minutes(chance.randrange(4, 40) * 210))
        sheet = f"{ref}/{claim.id}/émargement signé.pdf"
        place = (sheet, chance.randrange(1, 4), "24/03/2026 9h00 – 12h30")
        lot = chance.random()
        overrun = (
            cents(Decimal(chance.randrange(0, 90000)) / 100) if chance.random() < 0.3 else Decimal("0.00")
        )
        if lot < 0.45:
            decision = a_decision(
                request, claim, Verdict.PAY, (_NOTE,) * chance.randrange(2), overrun=overrun
            )
        elif lot < 0.58:
            lost = Minutes(210)
            reduction = seen_in(
                Finding(
                    _REDUCTION.rule,
                    Effect.REDUCE,
                    _REDUCTION.message,
                    _REDUCTION.source,
                    hours_text(claim.lines[0].hours or Minutes(0)),
                    hours_text(Minutes((claim.lines[0].hours or 0) - lost)),
                ),
                place,
            )
            decision = a_decision(request, claim, Verdict.PAY, (reduction, _NOTE), lost, overrun)
        elif lot < 0.78:
            found = tuple(seen_in(f, place) for f in chance.sample(_REVIEWS, chance.randrange(1, 3)))
            decision = a_decision(request, claim, Verdict.REVIEW, found, overrun=overrun)
        elif lot < 0.94:
            found = tuple(chance.sample(_MISSING, chance.randrange(1, 4)))
            found = tuple(seen_in(f, place) if f.rule != "pieces.mission_contract" else f for f in found)
            decision = a_decision(request, claim, Verdict.INCOMPLETE, found, overrun=overrun)
        else:
            decision = a_decision(
                request, claim, Verdict.REJECT, (seen_in(chance.choice(_REJECTIONS), place),), overrun=overrun
            )
        requests.append(request)
        filed.append(claim)
        decisions.append(decision)
        documents += _documents(chance, sheet)
    orphan = _document("scan0042.pdf", (PageState.READ,), Kind.OTHER)
    documents.append(orphan)
    run = RunSummary(
        id="nuit-2026-05-04",
        as_of=AS_OF,
        started_at=dt.datetime.fromisoformat("2026-05-04T02:00:00"),
        finished_at=dt.datetime.fromisoformat("2026-05-04T02:47:00"),
        software="0.1.0",
        rules="3f9a1c22",
        counts={"claims": claims, "documents": len(documents)},
    )
    return Night(
        run, tuple(requests), tuple(filed), tuple(decisions), tuple(documents), frozenset({orphan.file})
    )


def _document(
    file: str,
    states: tuple[PageState, ...],
    kind: Kind = Kind.ATTENDANCE_SHEET,
    status: Status = Status.READ,
    reason: str | None = None,
    pages: int | None = None,
) -> Document:
    accounts = tuple(
        PageAccount(
            number,
            state,
            ReadBy.OCR if state is PageState.READ else None,
            1654,
            2339,
            note="" if state is not PageState.UNREADABLE else "trop sombre",
        )
        for number, state in enumerate(states, 1)
    )
    read = tuple(a.number for a in accounts if a.state is PageState.READ)
    parts = (Part(read, kind, 0.97, {}),) if read else ()
    return Document(
        file, "0" * 64, len(accounts) if pages is None else pages, status, reason, parts, accounts
    )


def _documents(chance: random.Random, sheet: str) -> list[Document]:
    folder = sheet.rsplit("/", 1)[0]
    made = [
        _document(sheet, (PageState.READ,) * 3),
        _document(f"{folder}/certificat.pdf", (PageState.READ,), Kind.CERTIFICATE),
    ]
    lot = chance.random()
    if lot < 0.05:
        made.append(
            _document(f"{folder}/protege.pdf", (), status=Status.REFUSED, reason="encrypted", pages=0)
        )
    elif lot < 0.08:
        made.append(
            _document(f"{folder}/copie.pdf", (), status=Status.DUPLICATE, reason=f"{folder}/certificat.pdf")
        )
    elif lot < 0.12:
        made.append(_document(f"{folder}/photo.jpg", (PageState.UNREADABLE,)))
    return made

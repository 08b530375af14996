"""The certificate of completion (certificat de réalisation)."""

from __future__ import annotations

from dossier.case import Piece
from dossier.decision import Effect
from dossier.quantities import hours_text
from validators.answers import Answer, broken, cannot_tell, day, holds, listed, span
from validators.doubt import Wrong, judged, only_proof, signature_of, signature_threshold
from validators.facts import Facts
from validators.facts_pieces import date, evidence_of_piece, flag, hours, text, value
from validators.registry import ALL, TEMPORARY, rule

SECTION = "Certificat de réalisation"
MODEL = "Modèle de certificat de réalisation du ministère du Travail ; financeurs, points de contrôle"
LAW = "Code du travail, art. R6332-26 ; modèle du ministère du Travail"
JUDGED = "Choix de la maison"


@rule(
    "certificate.signature",
    Effect.MISSING,
    title="Certificat signé par l’organisme",
    source=MODEL,
    family=ALL,
    section=SECTION,
)
def signature(facts: Facts) -> Answer | None:
    """Where the sheets alone are the proof: a missing signature is only told."""
    pieces = facts.certificates.pieces
    if not pieces:
        return None
    effect = Effect.INFORM if facts.sheets_alone else None
    looked = [(piece, signature_of(facts, piece)) for piece in pieces]
    without = [(piece, one) for piece, one in looked if one.signed is False]
    if without:
        stamped = all(value(flag(piece, "stamped")) for piece, _ in without)
        found = "un cachet sans signature" if stamped else "sans signature"
        alone = " Un cachet seul ne vaut pas signature." if stamped else ""
        return broken(
            f"Le certificat de réalisation n’est pas signé par l’organisme de formation.{alone} Merci de "
            "transmettre "
            "un certificat signé.",
            "la signature de l’organisme",
            found,
            [one.evidence for _, one in without],
            effect=effect,
        )
    unknown = [one.evidence for _, one in looked if one.signed is None]
    if unknown:
        return cannot_tell(
            "La signature du certificat se voit mal. Vérifier que l’organisme l’a signé.",
            unknown,
            decides=not facts.sheets_alone,
            expected="la signature de l’organisme",
        )
    places = [one.evidence for _, one in looked]
    bare = [piece for piece in pieces if not_stamped(facts, piece)]
    if bare:
        return broken(
            "Le certificat est signé, sans cachet de l’organisme. C’est sans conséquence sur le paiement.",
            "signature et cachet",
            "une signature sans cachet",
            places,
            effect=Effect.INFORM,
        )
    return holds("la signature de l’organisme", evidence=places)


def not_stamped(facts: Facts, piece: Piece) -> bool:
    stamp = flag(piece, "stamped")
    return stamp is not None and stamp.value is False and stamp.confidence >= signature_threshold(facts)


@rule(
    "certificate.hours",
    Effect.MISSING,
    title="Certificat avec les heures réalisées",
    source=LAW,
    family=TEMPORARY,
    section=SECTION,
)
def said_hours(facts: Facts) -> Answer | None:
    pieces = facts.certificates.pieces
    if not pieces:
        return None
    unread = [read for piece in pieces if (read := hours(piece, "hours")) and read.value is None]
    silent = [piece for piece in pieces if hours(piece, "hours") is None]
    expected = "la durée réalisée en heures"
    if unread:
        return cannot_tell(
            "Les heures réalisées ne peuvent pas être lues sur le certificat. Lire la durée.",
            [read.evidence for read in unread],
            decides=facts.shown is None or facts.certificates.minutes is None,
            expected=expected,
        )
    if silent:
        planned = any(value(hours(piece, "planned_hours")) for piece in silent)
        found = "la durée prévue seule" if planned else "aucune durée"
        return broken(
            f"Le certificat de réalisation ne dit pas les heures réalisées ({found}). Merci de transmettre "
            "un "
            "certificat qui les indique.",
            expected,
            found,
            [evidence_of_piece(piece) for piece in silent],
        )
    said = facts.certificates.minutes
    return holds(expected, hours_text(said) if said is not None else "", facts.certificates.evidence)


@rule(
    "certificate.individual",
    Effect.MISSING,
    title="Certificat individuel",
    source=MODEL,
    family=ALL,
    section=SECTION,
)
def individual(facts: Facts) -> Answer | None:
    pieces = facts.certificates.pieces
    if not pieces:
        return None
    shared = [piece for piece in pieces if len(piece.part.names) > 1 or several(piece)]
    if not shared:
        return holds("un seul stagiaire")
    names = listed(name for piece in shared for name in piece.part.names)
    return broken(
        f"Le certificat de réalisation nomme plusieurs stagiaires{f' ({names})' if names else ''} : il doit "
        "être "
        "nominatif et individuel. Merci de transmettre un certificat par stagiaire.",
        "un seul stagiaire",
        names or "plusieurs stagiaires",
        [evidence_of_piece(piece) for piece in shared],
        effect=Effect.INFORM if facts.sheets_alone else None,
    )


def several(piece: Piece) -> bool:
    count = (value(text(piece, "trainees")) or "").strip()
    return count.isdigit() and int(count) > 1


@rule(
    "certificate.period",
    Effect.REVIEW,
    title="Dates du certificat dans la période accordée",
    source=MODEL,
    family=ALL,
    section=SECTION,
)
def period(facts: Facts) -> Answer | None:
    agreed = facts.window.agreed
    reads = [
        read
        for piece in facts.certificates.pieces
        for name in ("start_date", "end_date")
        if (read := date(piece, name)) and read.value is not None
    ]
    if not reads:
        if not facts.certificates.pieces or facts.sheets_alone:
            return None
        return cannot_tell(
            "Aucune date ne se lit sur le certificat. Vérifier qu’il porte sur la période accordée.",
            [evidence_of_piece(piece) for piece in facts.certificates.pieces],
            decides=facts.shown is None,
            expected=span(agreed.start, agreed.end),
        )
    expected = span(agreed.start, agreed.end)
    wrong = [
        Wrong(day(read.value), read.evidence)
        for read in reads
        if read.value and not agreed.start <= read.value <= agreed.end
    ]
    if not wrong:
        return holds(expected, evidence=[read.evidence for read in reads])
    message = (
        f"Une date du certificat ({{found}}) est hors de la période accordée, {expected}. Vérifier la "
        "période."
    )
    return judged(facts, wrong, message, expected, noise_too=only_proof(facts, wrong))


@rule(
    "certificate.issued_early",
    Effect.REVIEW,
    title="Certificat établi à la fin de la formation ou après",
    source=JUDGED,
    family=ALL,
    section=SECTION,
)
def issued_early(facts: Facts) -> Answer | None:
    wrong, seen = [], []
    last = None
    for piece in facts.certificates.pieces:
        issued, end = date(piece, "issued_on"), date(piece, "end_date")
        if issued is None or end is None or issued.value is None or end.value is None:
            continue
        seen.append(issued.evidence)
        if issued.value < end.value:
            last = end.value
            weaker = issued if issued.confidence <= end.confidence else end
            wrong.append(Wrong(day(issued.value), weaker.evidence))
    if not seen:
        return None
    if last is None:
        return holds("le dernier jour ou après", evidence=seen)
    message = (
        f"Le certificat est daté du {{found}}, avant son dernier jour de formation, le {day(last)}. Vérifier."
    )
    return judged(facts, wrong, message, f"le {day(last)} ou après")

"""How figures, dates and the words of the house are said in French."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from dossier.decision import Effect, Verdict
from dossier.kinds import Kind
from dossier.quantities import Minutes, amount_text
from dossier.reading import ReadBy, Refusal, Status
from dossier.requests import LineKind

NBSP = "\u00a0"

_MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip

VERDICTS = {
    Verdict.PAY: "À payer",
    Verdict.REVIEW: "À examiner",
    Verdict.INCOMPLETE: "Incomplète",
    Verdict.REJECT: "Rejetée",
}
EFFECTS = {
    Effect.REJECT: "Rejet",
    Effect.REVIEW: "À examiner",
    Effect.MISSING: "Pièce à fournir",
    Effect.REDUCE: "Réduction",
    Effect.INFORM: "Information",
}
LINES = {
    LineKind.TRAINING_HOURS: "Heures de formation",
    LineKind.OVERRUN: "Surcoût",
    LineKind.CERTIFICATION: "Certification",
    LineKind.TUTORING: "Exercice du tutorat",
    LineKind.TUTOR_TRAINING: "Formation du tuteur",
}
KINDS = {
    Kind.CERTIFICATE: "Certificat de réalisation",
    Kind.ATTENDANCE_SHEET: "Feuille d’émargement",
    Kind.INVOICE: "Facture",
    Kind.CERFA: "Cerfa du contrat de professionnalisation",
    Kind.TRAINING_AGREEMENT: "Convention de formation",
    Kind.MISSION_CONTRACT: "Contrat de mission",
    Kind.CIPI_CONTRACT: "Contrat ou lettre type",
    Kind.DISABILITY_NOTICE: "Avis CDAPH, RQTH",
    Kind.DISTANCE_EVIDENCE: "Relevé de formation à distance",
    Kind.TERMINATION: "Attestation de rupture",
    Kind.TUTOR_CERTIFICATE: "Attestation de formation du tuteur",
    Kind.PROGRAMME: "Programme",
    Kind.CALENDAR: "Calendrier",
    Kind.COMMITMENT_CHARTER: "Charte d’engagement",
    Kind.PARTIES_COMMITMENT: "Engagement des parties",
    Kind.AFEST_PROTOCOL: "Protocole AFEST",
    Kind.CERTIFICATION_RECORD: "Procès-verbal d’évaluation",
    Kind.SITUATION_PROOF: "Justificatif de situation",
    Kind.BANK_DETAILS: "RIB",
    Kind.OTHER: "Autre document",
}
STATUSES = {
    Status.READ: "Lus",
    Status.DUPLICATE: "Doublons",
    Status.REFUSED: "Refusés",
}
REFUSALS = {
    Refusal.EMPTY: "fichier vide",
    Refusal.TOO_LARGE: "fichier trop lourd",
    Refusal.TOO_MANY_PAGES: "trop de pages",
    Refusal.ENCRYPTED: "fichier protégé par un mot de passe",
    Refusal.BROKEN: "fichier endommagé",
    Refusal.NOT_A_DOCUMENT: "ce n’est pas un document",
    Refusal.HOSTILE: "contenu dangereux",
    Refusal.TIMEOUT: "lecture trop longue, abandonnée",
    Refusal.OUT_OF_MEMORY: "lecture trop gourmande en mémoire, abandonnée",
    Refusal.CRASHED: "la lecture a échoué",
}
READERS = {
    ReadBy.TEXT: "Texte du fichier",
    ReadBy.OCR: "Reconnaissance de caractères",
    ReadBy.XML: "Facture électronique",
}

_DECIMAL = re.compile(r"-?\d+\.\d+")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def euros(amount: Decimal) -> str:
    """``1 890,00 €``, to the cent, with no-break spaces."""
    sign, digits = ("−", amount_text(-amount)) if amount < 0 else ("", amount_text(amount))
    whole, cents = digits.split(".")
    return f"{sign}{int(whole):,}".replace(",", NBSP) + f",{cents}{NBSP}€"


def number(count: int) -> str:
    """``12 480``, with a no-break space."""
    return f"{count:,}".replace(",", NBSP)


def duration(minutes: Minutes) -> str:
    """``66 h 30``; a whole hour is ``66 h``."""
    sign = "−" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    text = f"{sign}{number(hours)}{NBSP}h"
    return f"{text}{NBSP}{rest:02d}" if rest else text


def long_date(day: dt.date) -> str:
    """``1er mai 2026``."""
    number_of_day = "1er" if day.day == 1 else str(day.day)
    return f"{number_of_day}{NBSP}{_MONTHS[day.month - 1]}{NBSP}{day.year}"


def short_date(day: dt.date) -> str:
    """``04/05/2026``."""
    return f"{day:%d/%m/%Y}"


def moment(when: dt.datetime) -> str:
    """``04/05/2026 à 02 h 15``, in the time zone that it comes in."""
    return f"{short_date(when.date())} à {when:%H}{NBSP}h{NBSP}{when:%M}"


def percent(part: int | Decimal, whole: int | Decimal) -> str:
    """``43 %`` of a whole that isn't zero, else a dash."""
    return f"{round(100 * part / whole)}{NBSP}%" if whole else "–"


def readable(text: str) -> str:
    """A finding's value as a person writes it: ISO dates the French way, decimals with a comma."""
    if _ISO_DATE.fullmatch(text):
        try:
            return short_date(dt.date.fromisoformat(text))
        except ValueError:
            return text
    return text.replace(".", ",") if _DECIMAL.fullmatch(text) else text


def plural(count: int, one: str, many: str) -> str:
    """``1 demande``, ``0 demande``, ``2 demandes``: French counts from two."""
    return f"{number(count)}{NBSP}{many if count > 1 else one}"


def refusal_text(reason: str | None) -> str:
    """A refused document's reason: its first word, one of `Refusal`, in French, then what else it says."""
    if not reason:
        return "refusé sans motif indiqué"
    first, _, rest = reason.partition(":") if ":" in reason else reason.partition(" ")
    try:
        said = REFUSALS[Refusal(first.strip())]
    except ValueError:
        return reason
    return f"{said} ({rest.strip()})" if rest.strip() else said

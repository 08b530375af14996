"""Pieces of all schemes and of temporary work: what must be in the file before it is paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dossier.case import Piece
from dossier.decision import Effect, Outcome
from dossier.kinds import Kind
from dossier.requests import Place, ProgrammeName, TraineeStatus
from validators.answers import Answer, broken, cannot_tell, day, holds, listed
from validators.facts import Facts
from validators.facts_certificate import touches
from validators.facts_pieces import KIND_NAMES, Read, date, evidence_of_piece, text
from validators.names import plain
from validators.registry import ALL, TEMPORARY, rule

SECTION = "Pièces"
AKTO = "AKTO, page CIPI du 22/09/2021"
ADEFIM = "ADEFIM LR, contrat de professionnalisation, règles 2017"
CSF = "Code du travail, art. R6332-26 (contrôle de service fait)"


def present(facts: Facts, kinds: Kind | Iterable[Kind], name: str, why: str = "") -> Answer:
    """A piece of one of ``kinds`` is there. Where its kind is a guess, a person looks."""
    wanted = (kinds,) if isinstance(kinds, Kind) else tuple(kinds)
    found = facts.pieces.of(*wanted)
    if not found:
        reason = f" {why}" if why else ""
        return broken(f"Il manque {name}.{reason} Merci de transmettre cette pièce.", name, "aucune pièce")
    least = float(facts.value("reading.kind_confidence").decimal)
    sure = [piece for piece in found if piece.part.confidence >= least]
    if not sure:
        return cannot_tell(
            f"Une pièce ressemble à {name}, sans certitude. Vérifier que c’en est une.",
            [evidence_of_piece(piece) for piece in found],
            decides=True,
            expected=name,
        )
    return holds(name, evidence=[evidence_of_piece(piece) for piece in sure])


@rule(
    "pieces.cipi_contract",
    Effect.MISSING,
    title="Contrat type (intérimaire) ou lettre type (CDI intérimaire)",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def cipi_contract(facts: Facts) -> Answer | None:
    letter = facts.request.trainee.status is TraineeStatus.CDII
    wanted = "lettre" if letter else "contrat"
    name = "la lettre type signée (CDI intérimaire)" if letter else "le contrat type signé"
    answer = present(facts, Kind.CIPI_CONTRACT, name)
    if answer.outcome is not Outcome.HOLDS:
        return answer
    forms = [text(piece, "form") for piece in facts.pieces.of(Kind.CIPI_CONTRACT)]
    said = [form for form in forms if form is not None and form.value]
    other = [form for form in said if form.value != wanted and form.confidence >= facts.threshold]
    if said and len(other) == len(forms):
        found = "un contrat type" if letter else "une lettre type"
        return broken(
            f"La pièce transmise est {found} ; il faut {name}. Merci de transmettre cette pièce.",
            name,
            found,
            [form.evidence for form in other],
        )
    return answer


@rule(
    "pieces.training_agreement",
    Effect.MISSING,
    title="Convention de formation",
    source=f"{AKTO} ; {ADEFIM}",
    family=ALL,
    section=SECTION,
)
def training_agreement(facts: Facts) -> Answer | None:
    return present(facts, Kind.TRAINING_AGREEMENT, "la convention de formation signée")


@rule(
    "pieces.programme",
    Effect.MISSING,
    title="Programme de formation",
    source=f"{AKTO} ; {ADEFIM}",
    family=ALL,
    section=SECTION,
)
def programme(facts: Facts) -> Answer | None:
    return present(facts, Kind.PROGRAMME, KIND_NAMES[Kind.PROGRAMME])


def proves_the_period(facts: Facts) -> bool:
    """Some piece of proof speaks of the claim's days, or names none."""
    period = facts.claim.period
    if any(
        half.session.date is None or period.start <= half.session.date <= period.end for half in facts.halves
    ):
        return True
    if facts.strangers or facts.ambiguous or facts.distance is not None:
        return True
    # rows whose dates all lie after the claim's days may be those of a training that began later
    if any(half.session.date and half.session.date > period.end for half in facts.halves):
        return True
    if facts.sheets_alone:
        return False
    return any(touches(piece, period) for piece in facts.certificates.pieces)


@rule(
    "pieces.attendance_proof",
    Effect.MISSING,
    title="Preuve des heures : certificat de réalisation, feuilles d’émargement ou relevé à distance",
    source=f"{CSF} ; {AKTO} ; {ADEFIM}",
    family=ALL,
    section=SECTION,
)
def attendance_proof(facts: Facts) -> Answer | None:
    if not facts.asks_hours:
        return None
    kinds: tuple[Kind, ...] = (Kind.CERTIFICATE, Kind.ATTENDANCE_SHEET)
    name = "un certificat de réalisation ou des feuilles d’émargement"
    if facts.sheets_alone:
        kinds, name = (Kind.ATTENDANCE_SHEET,), "des feuilles d’émargement signées"
    if facts.request.training.distance:
        kinds = (*kinds, Kind.DISTANCE_EVIDENCE)
        name += " ou, pour les séquences à distance, les justificatifs d’assiduité"
    why = (
        "Le certificat de réalisation ne suffit pas."
        if facts.sheets_alone and facts.pieces.has(Kind.CERTIFICATE)
        else ""
    )
    answer = present(facts, kinds, name, why)
    if answer.outcome is Outcome.BROKEN or not facts.has_proof or proves_the_period(facts):
        return answer
    period = facts.claim.period
    return broken(
        f"Aucune preuve de réalisation ne porte sur la période demandée, du {day(period.start)} au "
        f"{day(period.end)}. Merci de transmettre {name} pour cette période.",
        f"une preuve du {day(period.start)} au {day(period.end)}",
        "des preuves d’une autre période",
        answer.evidence,
    )


@rule(
    "pieces.mission_contract",
    Effect.MISSING,
    title="Contrat de la mission obligatoire",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def mission_contract(facts: Facts) -> Answer | None:
    return present(facts, Kind.MISSION_CONTRACT, "le contrat signé de la mission obligatoire")


@rule(
    "pieces.overrun_invoice",
    Effect.MISSING,
    title="Facture de l’organisme pour le surcoût",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def overrun_invoice(facts: Facts) -> Answer | None:
    if not facts.asks_overrun:
        return None
    if facts.invoices.serving:
        return holds("la facture", evidence=[evidence_of_piece(piece) for piece in facts.invoices.serving])
    return broken(
        "Il manque la facture de l’organisme de formation pour le surcoût demandé. Merci de transmettre "
        "cette pièce.",
        "la facture de l’organisme de formation",
        "aucune facture",
    )


@rule(
    "pieces.commitment_charter",
    Effect.MISSING,
    title="Charte d’engagement Mission Jeunes",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def commitment_charter(facts: Facts) -> Answer | None:
    if ProgrammeName.MISSION_JEUNES not in facts.request.programmes:
        return None
    return present(facts, Kind.COMMITMENT_CHARTER, KIND_NAMES[Kind.COMMITMENT_CHARTER])


@rule(
    "pieces.disability_notice",
    Effect.MISSING,
    title="Avis CDAPH en vigueur à la date du contrat",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def disability_notice(facts: Facts) -> Answer | None:
    if ProgrammeName.HANDICAP not in facts.request.programmes:
        return None
    answer = present(facts, Kind.DISABILITY_NOTICE, KIND_NAMES[Kind.DISABILITY_NOTICE])
    if answer.outcome is not Outcome.HOLDS:
        return answer
    start = facts.request.training.start
    expected = f"un avis en vigueur le {day(start)}"
    ends = [read for piece in facts.pieces.of(Kind.DISABILITY_NOTICE) if (read := in_force(piece, start))]
    if not ends:  # one notice is in force, or has no end
        return answer
    unread = [read for read in ends if read.value is None]
    if unread:
        return cannot_tell(
            "La validité de l’avis CDAPH ne peut pas être lue. Vérifier qu’il est en vigueur le "
            f"{day(start)}.",
            [read.evidence for read in unread],
            decides=True,
            expected=expected,
        )
    last = ends[-1]
    found = day(last.value) if last.value else ""
    doubt = [last.evidence] if last.confidence < facts.threshold else []
    return broken(
        f"L’avis CDAPH transmis n’est pas en vigueur à la date du contrat, le {day(start)} (date lue : "
        f"{found}). Merci de transmettre un avis en cours de validité.",
        expected,
        found,
        [read.evidence for read in ends],
        doubtful=doubt,
    )


def in_force(piece: Piece, on: dt.date) -> Read[dt.date] | None:
    """None where the notice is in force on that day; else the date that says it isn't or can't be read."""
    start, end = date(piece, "valid_from"), date(piece, "valid_to")
    if end is None:
        return Read(None, evidence_of_piece(piece))
    if end.value is None or end.value < on:
        return end
    if start is not None and start.value is not None and start.value > on:
        return start
    return None


@rule(
    "pieces.parties_commitment",
    Effect.MISSING,
    title="Engagement des parties (formation dans l’entreprise utilisatrice)",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def parties_commitment(facts: Facts) -> Answer | None:
    place = facts.request.training.place
    if place is Place.CLIENT_COMPANY:
        why = "La formation a lieu dans l’entreprise utilisatrice."
        return present(facts, Kind.PARTIES_COMMITMENT, KIND_NAMES[Kind.PARTIES_COMMITMENT], why)
    if place is Place.AFEST:  # the AFEST protocol is one form with the parties' commitment
        kinds = (Kind.PARTIES_COMMITMENT, Kind.AFEST_PROTOCOL)
        return present(facts, kinds, KIND_NAMES[Kind.PARTIES_COMMITMENT])
    return None


@rule(
    "pieces.afest_protocol",
    Effect.MISSING,
    title="Protocole AFEST et engagement des parties",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def afest_protocol(facts: Facts) -> Answer | None:
    if facts.request.training.place is not Place.AFEST:
        return None
    why = "La formation a lieu en situation de travail."
    return present(facts, Kind.AFEST_PROTOCOL, KIND_NAMES[Kind.AFEST_PROTOCOL], why)


@rule(
    "programme.project_reference",
    Effect.REVIEW,
    title="Langue et Compétences : référence du projet et commentaire",
    source=AKTO,
    family=TEMPORARY,
    section=SECTION,
)
def project_reference(facts: Facts) -> Answer | None:
    request = facts.request
    if ProgrammeName.LANGUE_ET_COMPETENCES not in request.programmes:
        return None
    reference, comment = (request.project_reference or "").strip(), plain(request.comment or "")
    named = "langue" in comment and "competence" in comment
    expected = "la référence du projet et le commentaire « Programme Langue & Compétences »"
    if reference and named:
        return holds(expected, reference)
    missing = listed(
        name
        for name, there in (
            ("la référence du projet", reference),
            ("le commentaire qui nomme le programme", named),
        )
        if not there
    )
    return broken(
        f"Programme Langue et Compétences : il manque à la demande {missing}. Sans cela le forfait ne "
        "s’applique "
        "pas ; vérifier le projet avec l’agence.",
        expected,
        f"sans {missing}",
    )

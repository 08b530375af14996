"""Identity: the pieces speak of this trainee, employer, provider, training and request."""

from __future__ import annotations

from dossier.case import Piece
from dossier.decision import Effect, Outcome
from dossier.kinds import Kind
from validators.answers import Answer, broken, cannot_tell, holds
from validators.doubt import Wrong, judged, only_proof, piece_name
from validators.facts import Facts
from validators.facts_certificate import names_trainee
from validators.facts_pieces import evidence_of_piece, text
from validators.names import organisation_words, same_organisation, same_reference, same_title
from validators.printed import printed_instead, title_instead
from validators.registry import ALL, rule

SECTION = "Identité"
POINTS = "Financeurs, points de contrôle du certificat de réalisation"
LAW = "Code du travail, art. R6332-26 (contrôle de service fait)"
NAMES_EMPLOYER = (Kind.CERTIFICATE, Kind.MISSION_CONTRACT, Kind.CIPI_CONTRACT)
NAMES_PROVIDER = (Kind.CERTIFICATE, Kind.ATTENDANCE_SHEET, Kind.TRAINING_AGREEMENT)
NAMES_TITLE = (Kind.CERTIFICATE, Kind.ATTENDANCE_SHEET, Kind.TRAINING_AGREEMENT)


def trainee_wrong(facts: Facts, piece: Piece) -> Wrong | None:
    """The piece names somebody, and not this trainee."""
    if names_trainee(piece, facts.request.trainee) is not False:
        return None
    last, first = text(piece, "trainee_last_name"), text(piece, "trainee_first_name")
    said = piece.part.names or tuple(read.value for read in (last, first) if read and read.value)
    if is_house(facts, " ".join(said)):
        return None
    place = last.evidence if last is not None else evidence_of_piece(piece)
    joiner = ", " if piece.part.names else " "
    return Wrong(f"{joiner.join(said)} ({piece_name(piece)})", place)


def is_house(facts: Facts, name: str) -> bool:
    """What was taken for a person is the agreed employer or provider: the piece names nobody by it."""
    words = set(organisation_words(name))
    houses = (facts.request.employer.name, facts.request.provider.name)
    return bool(words) and any(words <= set(organisation_words(house)) for house in houses)


@rule(
    "identity.trainee",
    Effect.REVIEW,
    title="Les pièces nomment le stagiaire du dossier",
    source=POINTS,
    family=ALL,
    section=SECTION,
)
def trainee(facts: Facts) -> Answer | None:
    person = facts.request.trainee
    expected = f"{person.last_name} {person.first_name}"
    named = [piece for piece in facts.pieces.all if piece.part.kind is not Kind.ATTENDANCE_SHEET]
    wrong = [one for piece in named if (one := trainee_wrong(facts, piece)) is not None]
    wrong += [Wrong("une feuille sans le stagiaire", evidence_of_piece(sheet)) for sheet in facts.strangers]
    if wrong:
        message = (
            f"Une pièce ne nomme pas le stagiaire du dossier, {expected} : {{found}}. Vérifier s’il s’agit "
            "de la même "
            "personne."
        )
        answer = judged(facts, wrong, message, expected)
        if answer.outcome is Outcome.BROKEN:
            return answer
    if facts.ambiguous:
        return broken(
            f"Deux personnes de la feuille d’émargement peuvent être {expected}. Vérifier laquelle est le "
            "stagiaire.",
            expected,
            "deux noms proches",
            [evidence_of_piece(sheet) for sheet in facts.ambiguous],
        )
    unnamed = [piece for piece in facts.certificates.pieces if names_trainee(piece, person) is not True]
    if unnamed and not facts.sheets_alone:
        return cannot_tell(
            f"Le nom du stagiaire ne peut pas être lu sur le certificat. Vérifier que c’est {expected}.",
            [evidence_of_piece(piece) for piece in unnamed],
            decides=True,
            expected=expected,
        )
    places = [read.evidence for piece in named if (read := text(piece, "trainee_last_name"))]
    return holds(expected, evidence=places) if places or facts.halves else None


@rule(
    "identity.employer",
    Effect.REVIEW,
    title="Certificat et contrats nomment l’employeur du dossier",
    source=LAW,
    family=ALL,
    section=SECTION,
)
def employer(facts: Facts) -> Answer | None:
    agreed = facts.request.employer.name
    reads = [
        (piece, read)
        for piece in facts.pieces.of(*NAMES_EMPLOYER)
        if (read := text(piece, "employer_name")) and read.value
    ]
    clients = [
        read.value
        for piece in facts.pieces.of(Kind.MISSION_CONTRACT)
        if (read := text(piece, "user_company")) and read.value
    ]

    def is_client(said: str) -> bool:
        return any(same_organisation(said, name) for name in clients)

    wrong = [
        Wrong(said, read.evidence)
        for piece, read in reads
        if not same_organisation(said := read.value or "", agreed)
        and (is_client(said) or not printed_instead(piece, agreed, "employer_name"))
    ]
    if not wrong:
        return holds(agreed, evidence=[read.evidence for _, read in reads]) if reads else None
    client = any(is_client(one.said) for one in wrong)
    hint = " C’est l’entreprise utilisatrice : l’employeur est l’agence." if client else ""
    message = f"Une pièce nomme un autre employeur que {agreed} : {{found}}.{hint} Vérifier la pièce."
    return judged(facts, wrong, message, agreed, noise_too=only_proof(facts, wrong))


def siren(siret: str) -> str:
    digits = "".join(letter for letter in siret if letter.isdigit())
    return digits[:9]


def names_provider(facts: Facts, piece: Piece) -> bool | None:
    """By the SIREN where one is printed, else by the name; None where neither can be read."""
    agreed = facts.request.provider
    number, name = text(piece, "provider_siret"), text(piece, "provider_name")
    if number is not None and number.value and siren(number.value) == siren(agreed.siret):
        return True
    if name is None or not name.value or not organisation_words(name.value):
        return None
    if same_organisation(name.value, agreed.name):
        return True
    return printed_instead(piece, agreed.name, "provider_name")


@rule(
    "identity.provider",
    Effect.REVIEW,
    title="Certificat, feuilles et convention nomment l’organisme du dossier",
    source=LAW,
    family=ALL,
    section=SECTION,
)
def provider(facts: Facts) -> Answer | None:
    agreed = facts.request.provider.name
    told = [(piece, names_provider(facts, piece)) for piece in facts.pieces.of(*NAMES_PROVIDER)]
    wrong = [
        Wrong(read.value or "", read.evidence)
        for piece, same in told
        if same is False and (read := text(piece, "provider_name"))
    ]
    if wrong:
        message = (
            f"Une pièce nomme un autre organisme de formation que {agreed} : {{found}}. Vérifier la pièce."
        )
        return judged(facts, wrong, message, agreed, noise_too=only_proof(facts, wrong))
    right = [read.evidence for piece, same in told if same and (read := text(piece, "provider_name"))]
    return holds(agreed, evidence=right) if right else None


@rule(
    "identity.title",
    Effect.REVIEW,
    title="L’intitulé de la formation est celui du dossier",
    source="CAA Nantes, 2021 (intitulés discordants)",
    family=ALL,
    section=SECTION,
)
def title(facts: Facts) -> Answer | None:
    agreed = facts.request.training.title
    contract = facts.request.contract
    titles = [agreed, *([contract.qualification] if contract else [])]
    reads = [
        (piece, read)
        for piece in facts.pieces.of(*NAMES_TITLE)
        if (read := text(piece, "training_title")) and read.value
    ]
    wrong = [
        Wrong(read.value or "", read.evidence)
        for piece, read in reads
        if not any(same_title(read.value or "", wanted) for wanted in titles)
        and not title_instead(piece, titles, "training_title")
    ]
    if not wrong:
        return holds(agreed, evidence=[read.evidence for _, read in reads]) if reads else None
    message = (
        f"Une pièce porte un autre intitulé que « {agreed} » : « {{found}} ». Vérifier s’il s’agit de la "
        "formation accordée."
    )
    return judged(facts, wrong, message, agreed, noise_too=only_proof(facts, wrong))


@rule(
    "identity.request_ref",
    Effect.REVIEW,
    title="Le numéro de dossier imprimé est celui du dossier",
    source="Choix de la maison",
    family=ALL,
    section=SECTION,
)
def request_ref(facts: Facts) -> Answer | None:
    agreed = facts.request.ref
    reads = [read for piece in facts.pieces.all if (read := text(piece, "request_ref")) and read.value]
    wrong = [
        Wrong(read.value or "", read.evidence)
        for read in reads
        if not same_reference(read.value or "", agreed)
    ]
    if not wrong:
        return holds(agreed, evidence=[read.evidence for read in reads]) if reads else None
    message = (
        f"Une pièce porte un autre numéro de dossier que {agreed} : {{found}}. Vérifier à quel dossier elle "
        "appartient."
    )
    return judged(facts, wrong, message, agreed, noise_too=only_proof(facts, wrong))

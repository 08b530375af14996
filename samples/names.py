"""What people call the files that they send."""

from __future__ import annotations

import random
import unicodedata

from dossier.kinds import Kind
from samples.facts import Facts

WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.CERTIFICATE: ("certificat", "CR signé", "Attestation OF", "certif_realisation"),
    Kind.ATTENDANCE_SHEET: ("emargements", "Feuilles de présence", "presence signée", "emarg"),
    Kind.INVOICE: ("facture", "Facture organisme", "FAC", "fact_signee"),
    Kind.CERFA: ("cerfa 12434", "contrat pro", "CERFA signé", "cerfa"),
    Kind.TRAINING_AGREEMENT: ("convention", "Convention OF", "conv signée", "conventionFP"),
    Kind.MISSION_CONTRACT: ("contrat mission", "CTT", "mission", "Contrat de mission signé"),
    Kind.CIPI_CONTRACT: ("contrat type", "CIPI signé", "contrat_parcours"),
    Kind.PROGRAMME: ("programme", "Programme OF", "contenu pédagogique"),
    Kind.CALENDAR: ("calendrier", "planning", "rythme alternance"),
}
MACHINES = (
    "IMG_{:04d}",
    "Scan{:05d}",
    "DOC{:06d}",
    "numerisation {:03d}",
    "CamScanner {:04d}",
    "document({:d})",
)


def file_name(
    kind: Kind, facts: Facts, suffix: str, picture: bool, rng: random.Random, taken: set[str]
) -> str:
    """A name that is free; pictures mostly have a machine's name."""
    while True:
        if rng.random() < (0.7 if picture else 0.12):
            stem = rng.choice(MACHINES).format(rng.randrange(1, 1000))
        else:
            stem = rng.choice(WORDS.get(kind, ("pièce", "document", "justificatif", "PJ")))
            if rng.random() < 0.4:
                stem += rng.choice((" ", "_", "-")) + facts.trainee.last.lower().replace(" ", "-").replace(
                    "'", ""
                )
            if rng.random() < 0.15:
                stem += f" ({rng.randint(1, 3)})"
        name = unicodedata.normalize("NFC", stem + suffix)
        if name.lower() not in taken:
            taken.add(name.lower())
            return name

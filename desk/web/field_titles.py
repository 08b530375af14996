"""Fields of pieces by the names that people give them."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.reading import HalfDay, Mark

TITLES = {
    "birth_date": "Date de naissance",
    "contract_kind": "Nature du contrat",
    "credit_note": "Avoir",
    "currency": "Devise",
    "customer_name": "Client",
    "electronic": "Émargement électronique",
    "employer_name": "Employeur",
    "employer_siret": "SIRET de l’employeur",
    "end_date": "Fin",
    "form": "Contrat ou lettre",
    "general_hours": "Heures d’enseignement général",
    "holder_name": "Titulaire du compte",
    "hours": "Heures",
    "iban": "IBAN",
    "issue_date": "Date de la facture",
    "issued_on": "Établi le",
    "lines_amount": "Total des lignes",
    "nature": "Nature de la pièce",
    "net_amount": "Montant HT",
    "not_training_amount": "Montant hors formation",
    "number": "Numéro",
    "paid_on": "Acquittée le",
    "planned_hours": "Heures prévues",
    "provider_name": "Organisme de formation",
    "provider_nda": "NDA de l’organisme",
    "provider_siret": "SIRET de l’organisme",
    "qualification": "Qualification",
    "request_ref": "Numéro de dossier",
    "signed": "Signé",
    "signed_on": "Signé le",
    "stamped": "Tamponné",
    "start_date": "Début",
    "supplier_name": "Fournisseur",
    "supplier_nda": "NDA du fournisseur",
    "supplier_siret": "SIRET du fournisseur",
    "terminated_on": "Rompu le",
    "total_amount": "Montant TTC",
    "total_hours": "Total des heures",
    "trained_on": "Formé le",
    "trainee_first_name": "Prénom du stagiaire",
    "trainee_last_name": "Nom du stagiaire",
    "trainees": "Nombre de stagiaires",
    "trainer_name": "Formateur",
    "training_hours": "Heures de formation",
    "training_title": "Intitulé de la formation",
    "tutor_last_name": "Nom du tuteur",
    "unit_price": "Prix unitaire",
    "user_company": "Entreprise utilisatrice",
    "valid_from": "Valable du",
    "valid_to": "Valable jusqu’au",
    "vat_amount": "TVA",
    "vat_exempt": "Exonérée de TVA",
}

CHOICES: Mapping[str, Mapping[str, str]] = {
    "nature": {
        "invoice": "facture",
        "pro_forma": "facture pro forma",
        "quote": "devis",
        "order": "bon de commande",
    },
    "contract_kind": {"cdd": "CDD", "cdi": "CDI"},
}
"""Fields of a few values, by their French names."""

HALF_DAYS = {HalfDay.AM: "matin", HalfDay.PM: "après-midi", HalfDay.DAY: "journée"}
MARKS = {
    Mark.SIGNED: "signé",
    Mark.BLANK: "vide",
    Mark.ABSENT: "absent",
    Mark.CROSSED: "barré",
    Mark.DASH: "tiret",
    Mark.UNKNOWN: "incertain",
}


def field_title(name: str) -> str:
    """A field's French name; a session's place, or a name not known here, in words that still say it."""
    if name.startswith("sessions."):
        return f"Demi-journée {int(name.removeprefix('sessions.')) + 1}"
    return {"kind": "Nature de la pièce", "pages": "Pages"}.get(name) or TITLES.get(name, name)


def choice(name: str, value: str) -> str:
    """A value of one of `CHOICES` in French, any other as it is."""
    return CHOICES.get(name, {}).get(value, value)


def chosen(name: str, typed: str) -> str:
    """The value of one of `CHOICES` that a person named in French, anything else as typed."""
    named = {title.casefold(): value for value, title in CHOICES.get(name, {}).items()}
    return named.get(typed.strip().casefold(), typed)

"""The parties of a contract and the words that say which of them a heading or a sentence speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.candidate import Candidate
from extractors.french.letters import fold


@dataclass(frozen=True, slots=True)
class Party:
    """One party of a contract: ``role`` (provider, customer, agency, user_company), name, SIRET beside it."""

    role: str
    name: Candidate
    siret: Candidate | None


PROVIDER = (
    r"organisme(?: de formation| formateur| prestataire)?|prestataire(?: de formation)?|dispensateur|vendeur"
    r"|centre(?: de formation)?|of"
)
CUSTOMER = (
    r"entreprise(?: beneficiaire| cliente| signataire)?|client|beneficiaire|cocontractant|employeur"
    r"|commanditaire|acheteur|acquereur"
    r"|donneur d'ordre|societe"
)
AGENCY = (
    r"entreprise de travail temporaire|agence(?: d'emploi| d'interim)?|ett|societe de travail temporaire"
    r"|employeur(?: \(ett\))?|entreprise d'interim"
)
USER = (
    r"entreprise utilisatrice|societe utilisatrice|(?:client |etablissement )?utilisateur"
    r"|(?:entreprise|societe) cliente|(?:entreprise|societe|etablissement) d'accueil"
)
_ROLES = (("user_company", USER), ("agency", AGENCY), ("provider", PROVIDER), ("customer", CUSTOMER))

HEADING = re.compile(
    r"^\W*(?:(?:\d{1,2}|[ivx]{1,4}|[a-h])\s?[.)/:–-]\s*)?"
    r"(?:(?:identification|coordonnees|designation|identite)\s(?:de\s|du\s)?)?(?:l'|le |la )?"
    rf"(?P<role>{USER}|{AGENCY}|{PROVIDER}|{CUSTOMER})"
    rf"(?:\s?\((?:s|(?:l'|la |le )?(?P<aside>{USER}|{AGENCY}|{PROVIDER}|{CUSTOMER}|eu))\))?"
    r"(?:, (?:cliente?|signataire|employeur|beneficiaire|utilisatrice|prestataire))?\s*(?P<colon>:?)\s*$"
)


def role_of(text: str) -> str:
    for role, pattern in _ROLES:
        if re.fullmatch(pattern, text):
            return role
    return ""


def heading_role(text: str) -> str:
    """Which party a heading is of, "" for any other heading."""
    found = HEADING.match(fold(text))
    return role_in(found) if found is not None else ""


def role_in(heading: re.Match[str]) -> str:
    """The role that a heading names, or its brackets tell better: "Client (entreprise utilisatrice)"."""
    aside = role_of(heading["aside"] or "")
    return aside if aside in ("user_company", "agency") else role_of(heading["role"])

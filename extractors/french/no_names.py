"""What stands where a name could and is none: words of labels, roles, headings. One place for all kinds."""

from __future__ import annotations

import re

from extractors.french.letters import fold

_WORDS = """
action actions adresse apprenant apprenante attestation beneficiaire beneficiaires bic caces candidat
candidate cdpi certificat cipi civilite convention courriel cqp cqpi cqpm date dates declaration
demandeur demandeuse devis
dossier duree echeance email emploi employeur entreprise facture fonction formateur formation formatrice
heures horaire horaires iban interimaire intitule matin matricule modalites montant nationalite nda nom
numero objet opco organisme participant participante periode prenom prenoms prestation qualification
reference referent representant responsable salarie salariee session signature siren siret societe soussigne
soussignee stage stagiaire stagiaires tarif telephone total tuteur tutrice tva volume
"""
LABEL_WORDS = frozenset(_WORDS.split())
"""Words that labels begin with or consist of, and that nobody is called: after a name, the next label."""

_NO_PERSON = re.compile(
    r"\b(?:formations?|stagiaires?|societe|entreprise|salariee?s?|beneficiaires?|organisme|stage|actions?|agence"
    r"|titre|certificat|attestation|employeur|intitule|duree|periode|prenoms?|representant|dispensateur"
    r"|soussignee?s?|sarl|sasu?|eurl|scop|interim|signature|cachet|cqp[mi]?|caces|facture|avoir|devis|total|tva"
    r"|siret|siren|nda|iban|bic|opco|habilitation|siege|qte|montant|net|prix|agent|operateur|dossier|cipi|cdpi"
    r"|reference|tt|etti?|rh|temporaires?|interimaires?|interlocut(?:eur|rice)|format(?:eur|rice)|contact)\b"
)


def names_nobody(text: str) -> bool:
    """A word of a label, a role or a company stands in what was taken for a person's name."""
    return _NO_PERSON.search(fold(text)) is not None


_NO_HOUSE = re.compile(
    r"\W*(?:contrat|convention|exemplaire|lettre|avenant|annexe|article|lieu|objet|page|adresse|siege"
    r"|pour le compte|conclue?|signature|cachet|(?:entreprise|societe) de travail(?: temporaire)?$"
    r"|entreprise utilisatrice|travail temporaire$|cqp[mi]?|c[id]pi\b|dossier\b|titre professionnel"
    r"|mentions?|coordonnees|informations?|conditions"
    r"|(?:annul|rectifi|remplac|rembours|concern)(?:e|ant)\b|(?:relati(?:f|ve)|suite|conforme) a)\b"
)
_ROLE = re.compile(
    r"\W*(?:et|ou|pour|(?:l'|le |la |une? |le ou la |la ou le |le/la )?"
    r"(?:entreprise|societe|organisme|employeur|cliente?|prestataire|agence|dispensateur|centre|etablissement|structure|beneficiaire|stagiaire|salariee?|interimaire)(?:\s?\(e\))?"
    r"(?:\s(?:cliente?|de formation|beneficiaire|utilisatrice|utilisateur|signataire|d'accueil|employeur"
    r"|formateur|prestataire|dispensateur|contractante|temporaire|interimaire|d'emploi|d'interim|intervenant|principal|et|ou|du|stagiaire))*)\W*"
)
"""A party's role, or what joins two parties, and nothing more."""

_NUMBERED = re.compile(
    r"\W*(?:[a-z']{2,12}\s){0,2}(?:facture|avoir|devis|dossier|commande|convention|contrat)s?\s(?:\w{1,12}\s)?(?:n\s?°|no?\b\.?\s?\d|:)"
)


_ITEM = re.compile(r"^\W*(?:\d{1,2}|[ivx]{1,4})\s?[.):°–-]\s+")
"""The number of a clause before its heading: "2. Objet"."""


def no_house(text: str) -> bool:
    """What a paper, its parts or another paper are called, and no house: "Annule la facture n° 12"."""
    folded = _ITEM.sub("", fold(text))
    return any(
        form is not None
        for form in (_NO_HOUSE.match(folded), _NUMBERED.match(folded), _ROLE.fullmatch(folded))
    )

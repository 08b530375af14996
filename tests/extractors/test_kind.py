"""The kind of a page, by titles in many wordings and by what its text says; other papers are none of ours."""

from __future__ import annotations

import pytest

from dossier.kinds import Kind
from dossier.reading import ReadBy
from extractors.kind import kind_of
from tests.extractors.set_pages import Line, leaf

HEAD: tuple[Line, ...] = (
    ("Institut Nova Formation", 14),
    "Siège : 3 quai de la Loire, 44000 Nantes – SIRET 41234567800015 – NDA 52 44 01234 44",
)
CASES: list[tuple[Kind, str, tuple[Line, ...]]] = [
    (
        Kind.CERTIFICATE,
        "a title over two lines of two sizes",
        (
            *HEAD,
            ("ATTESTATION", 18),
            "de fin de parcours de formation",
            "Stagiaire : Karim LE GOFF, 35 heures",
        ),
    ),
    (
        Kind.CERTIFICATE,
        "a letter",
        (
            *HEAD,
            "Objet : attestation de présence en formation",
            "Madame, Monsieur,",
            "Nous confirmons que M. LE GOFF a suivi la formation du 12 au 16 janvier 2026, soit 35 heures.",
            "Nous vous prions d'agréer nos salutations distinguées.",
        ),
    ),
    (
        Kind.CERTIFICATE,
        "no title, but a sentence",
        (
            *HEAD,
            ("ATTESTE QUE", 14),
            ("Monsieur Karim LE GOFF", 13),
            "a suivi la formation Nacelles, 35 heures.",
        ),
    ),
    (
        Kind.CERTIFICATE,
        "it names other papers",
        (
            ("CERTIFICAT DE REALISATION", 15),
            "Le dispensateur de l'action atteste que Mme Morel a suivi l'action Soudage du 02/03/2026",
            "Je m'engage à conserver les pièces justificatives (feuilles d'émargement, convention de",
            "formation, facture, relevés de connexion) qui ont permis d'établir le présent certificat.",
        ),
    ),
    (
        Kind.ATTENDANCE_SHEET,
        "no title, a table",
        (
            *HEAD,
            "Formation : Soudage – session du 02/03/2026",
            "Nom Prénom | 02/03 matin | 02/03 après-midi | 03/03 matin",
            "BOUCHARD Inès",
            "Signature de l'animateur :",
        ),
    ),
    (Kind.ATTENDANCE_SHEET, "one word", (*HEAD, ("Présences", 16), "LE GOFF Karim | KLG | KLG")),
    (
        Kind.ATTENDANCE_SHEET,
        "called a planning",
        (*HEAD, ("PLANNING DE PRESENCE ET EMARGEMENT", 14), "02/03/2026 | 03/03/2026 | 04/03/2026"),
    ),
    (
        Kind.INVOICE,
        "abbreviated and small",
        (*HEAD, "Fact. 2026/0042 du 12/03/2026", "Montant total à régler : 945,00 €. TVA non applicable."),
    ),
    (
        Kind.INVOICE,
        "it bills a training by its agreement",
        (
            *HEAD,
            ("FACTURE N° F2026-118", 15),
            "Formation Soudage (convention de formation n° 12, feuille d'émargement jointe) | 1 890,00",
            "Net à payer 1 890,00 €",
        ),
    ),
    (Kind.INVOICE, "a quote", (("DEVIS D-3321", 15), *HEAD, "Formation nacelles 35 h. Total HT 1 050,00 €")),
    (
        Kind.CERFA,
        "the form",
        (("Contrat de professionnalisation", 14), "cerfa N° 12434*05", "EMPLOYEUR", "SALARIE", "CONTRAT"),
    ),
    (
        Kind.TRAINING_AGREEMENT,
        "numbered, with a subtitle, naming what comes after",
        (
            *HEAD,
            ("CONVENTION N° 2026-031", 14),
            "relative à une action de formation professionnelle continue",
            "Entre les soussignés : Nova et Start People",
            "Article 2 : dispositions financières : une facture sera émise avec la feuille d'émargement",
            "certificat de réalisation.",
        ),
    ),
    (
        Kind.MISSION_CONTRACT,
        "called a contract of employment",
        (
            ("START PEOPLE", 16),
            ("CONTRAT DE TRAVAIL", 14),
            "Intérimaire : LE GOFF Karim. Entreprise utilisatrice : ACME",
            "Mission du 01/04/2026 au 30/04/2026. Motif de recours : accroissement. Période d'essai 2 jours",
        ),
    ),
    (
        Kind.CIPI_CONTRACT,
        "wrapped in its title",
        (("CONTRAT D'INSERTION PROFESSIONNELLE", 14), ("INTERIMAIRE (CIPI)", 14), "Formation de 105 heures"),
    ),
    (
        Kind.CIPI_CONTRACT,
        "a letter to an employee for good",
        (
            ("Lettre de départ en formation CDPI", 13),
            "Dans le cadre du CDPI, vous suivrez la formation Soudage. Vous demeurez salariée de l'agence.",
        ),
    ),
    (
        Kind.DISABILITY_NOTICE,
        "called an attestation of rights",
        (("MDPH 69", 14), ("Attestation de droits – RQTH", 13), "Mme BOUCHARD bénéficie de la RQTH."),
    ),
    (
        Kind.DISTANCE_EVIDENCE,
        "an assiduity at a distance",
        (
            *HEAD,
            ("ATTESTATION D'ASSIDUITE", 14),
            "Séquences de formation ouverte et à distance",
            "Classe virtuelle, modules en ligne : 21 heures. Logs de connexion joints.",
        ),
    ),
    (
        Kind.TERMINATION,
        "it names the contract",
        (
            ("DOCUMENT D'INFORMATION DE RUPTURE", 13),
            "Contrat de professionnalisation – OPCO 2i",
            "Date de rupture : 30/01/2026. Motif : démission",
        ),
    ),
    (
        Kind.TUTOR_CERTIFICATE,
        "titled as any training",
        (
            *HEAD,
            ("ATTESTATION DE FORMATION", 15),
            "Formation tuteurs en entreprise",
            "M. PERRIN, tuteur, a suivi la formation « Devenir tuteur », 14 heures",
        ),
    ),
    (
        Kind.PROGRAMME,
        "titled by its course",
        (
            ("NACELLES PEMP R486 A", 18),
            "Objectifs opérationnels : conduire une nacelle. Prérequis : aptitude médicale",
            "Programme : séquence 1 réglementation ; séquence 2 conduite",
            "Moyens pédagogiques : plateau technique. Modalités d'évaluation : test",
        ),
    ),
    (
        Kind.CALENDAR,
        "months in a row",
        (("Planning 2025 / 2026", 14), "sept. 2025 | oct. 2025 | nov. 2025", "E entreprise | F formation"),
    ),
    (
        Kind.COMMITMENT_CHARTER,
        "two titles",
        (("MISSION JEUNES", 16), ("CHARTE", 14), "Je m'engage à suivre la formation. L'agence s'engage."),
    ),
    (
        Kind.PARTIES_COMMITMENT,
        "a letter of commitment",
        (("Lettre d'engagement", 14), "Un lieu dédié, hors production : aucune tâche de production."),
    ),
    (
        Kind.AFEST_PROTOCOL,
        "the protocol",
        (
            ("AFEST", 18),
            ("Protocole individuel de l'apprenant", 13),
            "Mises en situation, phases réflexives.",
        ),
    ),
    (
        Kind.CERTIFICATION_RECORD,
        "of a jury",
        (("Jury paritaire de délibération", 14), "Candidat : LE GOFF. Décision : favorable. Date du jury"),
    ),
    (
        Kind.SITUATION_PROOF,
        "of an employment service",
        (
            ("Pôle emploi", 14),
            ("Historique d'inscription", 13),
            "inscrit comme demandeur d'emploi depuis 2024",
        ),
    ),
    (
        Kind.BANK_DETAILS,
        "three letters",
        (("RIB", 20), "Titulaire NOVA", "IBAN FR76 3000 1007 9412 3456 7890 185 – BIC BNPAFRPP"),
    ),
    (
        Kind.OTHER,
        "an insurance",
        (
            ("AXA", 14),
            ("ATTESTATION D'ASSURANCE RESPONSABILITE CIVILE", 13),
            "valable du 01/01/2026 au 31/12/2026",
        ),
    ),
    (
        Kind.OTHER,
        "a life",
        (
            ("Karim LE GOFF", 16),
            "EXPERIENCES PROFESSIONNELLES",
            "Missions d'intérim, contrat de professionnalisation 2018, certificat de formation CACES",
        ),
    ),
    (
        Kind.OTHER,
        "a payslip",
        (
            ("START PEOPLE", 15),
            ("BULLETIN DE PAIE", 14),
            "Entreprise utilisatrice ACME. Salaire de base 1 823,07. Net à payer 1 412,12 €",
        ),
    ),
    (
        Kind.OTHER,
        "a mail that names all papers",
        (
            "De : Julie Petit",
            "À : akto@example.org",
            "Envoyé : lundi 4 mai 2026",
            "Objet : facture, convention de formation et certificat de réalisation",
            "Bonjour, veuillez trouver ci-joint la facture et la feuille d'émargement. Cordialement",
        ),
    ),
    (
        Kind.OTHER,
        "a list of pieces",
        (
            ("BORDEREAU DE TRANSMISSION", 14),
            "- Contrat de mission",
            "- Convention de formation",
            "- Feuille d'émargement",
            "- Certificat de réalisation",
            "- Facture",
        ),
    ),
    (
        Kind.OTHER,
        "an evaluation of the trainer",
        (*HEAD, ("Évaluation de la formation par le stagiaire", 14), "Thème | Très satisfait", "Contenu | X"),
    ),
    (
        Kind.OTHER,
        "a grant",
        (
            ("AKTO", 16),
            ("ACCORD DE PRISE EN CHARGE", 13),
            "Votre demande est acceptée. Pièces à fournir : facture, certificat de réalisation",
        ),
    ),
]


@pytest.mark.parametrize(
    ("kind", "lines"), [(k, ls) for k, _, ls in CASES], ids=[f"{k.value}: {why}" for k, why, _ in CASES]
)
def test_kind(kind: Kind, lines: tuple[Line, ...]) -> None:
    assert kind_of(leaf(*lines)).kind is kind


def test_a_title_with_a_letter_off_on_a_scan() -> None:
    found = kind_of(leaf(("CERT1FICAT DE REALlSATION", 16), "Mme Morel, 35 heures", read_by=ReadBy.OCR))
    assert (found.kind, found.titled) == (Kind.CERTIFICATE, True)


def test_a_short_line_is_not_taken_for_a_longer_title() -> None:
    found = kind_of(
        leaf(("CONTRAT DE", 16), ("PROFESSIONNALISATION", 16), "cerfa N° 12434*03", read_by=ReadBy.OCR)
    )
    assert found.kind is Kind.CERFA


def test_what_no_title_says_is_less_sure() -> None:
    titled = kind_of(leaf(("FACTURE", 16), "Net à payer 100,00 €", "TVA exonérée, règlement par virement"))
    untitled = kind_of(leaf("Net à payer 100,00 €", "TVA exonérée, règlement par virement, total HT 100,00"))
    assert untitled.kind is titled.kind is Kind.INVOICE
    assert untitled.confidence < titled.confidence
    assert not untitled.titled


def test_a_page_that_says_nothing_is_other_and_unsure() -> None:
    found = kind_of(leaf("Lorem ipsum dolor sit amet, consectetur adipiscing elit."))
    assert found.kind is Kind.OTHER
    assert found.confidence < 0.7

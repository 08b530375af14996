"""The certificat de réalisation: the ministry's model and what providers make of it."""

from __future__ import annotations

import random

from dossier.kinds import Kind
from samples.drawn import Layout
from samples.facts import Facts
from samples.paper import PALE, fait
from samples.style import Style
from samples.surface import Surface, box, escaped, legal_footer
from samples.telling import Telling

KIND = Kind.CERTIFICATE
KEEP = (
    "Sans préjudice des délais imposés par les règles fiscales, comptables ou commerciales, je m'engage à conserver "
    "l'ensemble des pièces justificatives qui ont permis d'établir le présent certificat pendant une durée de 3 ans à "
    "compter de la fin de l'année du dernier paiement. En cas de cofinancement des fonds européens la durée de "
    "conservation est étendue conformément aux obligations conventionnelles spécifiques."
)
NATURES = (
    "action de formation",
    "bilan de compétences",
    "action de VAE",
    "action de formation par apprentissage",
)


def _trainees(facts: Facts, tell: Telling, order: int) -> str:
    """The trainee's name; on a collective certificate several, of whom none is told."""
    if facts.several:
        return ", ".join(p.last_first for p in (facts.trainee, *facts.others[:1]))
    return tell.person(facts.trainee, first=True, order=order)


def _done(facts: Facts, tell: Telling) -> str:
    return "" if facts.minutes is None else tell.hours("hours", facts.minutes)


def _period(facts: Facts, tell: Telling) -> str:
    return f"du {tell.date('start_date', facts.start)} au {tell.date('end_date', facts.end)}"


def _sign(s: Surface, facts: Facts, tell: Telling, x: float) -> None:
    """Stamp and signature of the provider at ``x``, under the cursor."""
    s.need(84)
    if tell.flag("stamped", facts.stamped):
        s.stamp(facts.provider, x + s.rng.uniform(0, 40), 72)
    if tell.flag("signed", facts.signed):
        s.signature(facts.provider.manager, x + s.rng.uniform(0, 70), 110, 44)
    s.gap(84)


def ministry(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """The ministry's model, word for word, with boxes to tick."""
    s = Surface(style, rng)
    s.letterhead(facts.provider)
    s.write("CERTIFICAT DE RÉALISATION", 15, "centre", True, after=16)
    boss = facts.provider.manager
    s.write(f"Je soussigné(e) {escaped(boss.first_last)}", after=5)
    s.write(
        "représentant légal du dispensateur de l'action concourant au développement des compétences", after=5
    )
    s.write(f"<b>{escaped(tell.text('provider_name', facts.provider.name))}</b>", after=10)
    s.write("atteste que :", bold=True, after=8)
    s.write(f"Mme/M. <b>{escaped(_trainees(facts, tell, 1))}</b>", after=5)
    s.write(
        f"salarié(e) de l'entreprise <b>{escaped(tell.text('employer_name', facts.employer.name))}</b>",
        after=5,
    )
    s.write(f"a suivi l'action <b>{escaped(tell.text('training_title', facts.title))}</b>", after=10)
    s.write("Nature de l'action concourant au développement des compétences :", after=5)
    for i, nature in enumerate(NATURES):
        s.write(f"{box(i == 0)} {nature}{' <super>1</super>' if i == 0 else ''}", x=s.left + 24, after=3)
    s.gap(6)
    s.write(f"qui s'est déroulée {_period(facts, tell)}", after=5)
    done = _done(facts, tell)
    s.write(f"pour une durée de <b>{done or '....................'}</b> <super>2</super>", after=12)
    s.write(KEEP, s.style.size - 0.5, "justify", after=14)
    s.write(f"Fait à : {escaped(facts.provider.town)}", after=4)
    s.write(f"Le : {tell.date('issued_on', facts.issued_on)}", after=6)
    x = s.left + s.room * 0.42
    s.write(
        "Cachet et signature du responsable du dispensateur de formation", x=x, width=s.room * 0.58, after=1
    )
    s.write(
        f"{escaped(boss.first_last)}, {facts.provider.quality}",
        s.style.size - 1,
        x=x,
        width=s.room * 0.58,
        after=2,
    )
    _sign(s, facts, tell, x)
    for note in (
        "<super>1</super> Lorsque l'action est mise en œuvre dans le cadre d'un projet de transition professionnelle, le "
        "certificat de réalisation doit être transmis mensuellement.",
        "<super>2</super> Dans le cadre des formations à distance prendre en compte la réalisation des activités "
        "pédagogiques et le temps estimé pour les réaliser.",
    ):
        s.write(note, 6.8, after=2)
    return s


def _table(facts: Facts, style: Style, rng: random.Random, tell: Telling, both: bool) -> Surface:
    s = Surface(style, rng)
    s.footer = legal_footer(facts.provider, rng)
    s.letterhead(facts.provider)
    s.write(
        rng.choice(("Certificat de réalisation", "CERTIFICAT DE REALISATION")), 16, "left", True, style.accent
    )
    s.write("Articles L. 6353-1 et R. 6332-26 du code du travail", 8, after=10)
    rows = [
        ("Organisme de formation", tell.text("provider_name", facts.provider.name)),
        (rng.choice(("Stagiaire", "Nom et prénom", "Bénéficiaire")), _trainees(facts, tell, 0)),
        (
            rng.choice(("Entreprise", "Employeur", "Salarié(e) de")),
            tell.text("employer_name", facts.employer.name),
        ),
        (rng.choice(("Intitulé", "Action suivie", "Formation")), tell.text("training_title", facts.title)),
        ("Nature", "Action de formation (art. L. 6313-1, 1°)"),
        (rng.choice(("Dates", "Période de réalisation")), _period(facts, tell)),
    ]
    if both:
        rows += [
            ("Durée prévue au contrat", tell.duration(facts.planned)),
            ("Durée effectivement réalisée", _done(facts, tell)),
        ]
    else:
        rows.append(
            (rng.choice(("Durée", "Nombre d'heures réalisées", "Heures suivies")), _done(facts, tell))
        )
    if rng.random() < 0.5:
        rows.append(
            (
                "Résultat de l'évaluation",
                rng.choice(("Objectifs atteints", "Acquis", "En cours d'acquisition")),
            )
        )
    cells = [[s.cell(escaped(a), bold=True), s.cell(escaped(b))] for a, b in rows]
    s.table(cells, [s.room * 0.36, s.room * 0.64], [*s.grid(), ("BACKGROUND", (0, 0), (0, -1), PALE),
            ("TOPPADDING", (0, 0), (-1, -1), 5), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)])  # fmt: skip
    s.gap(12)
    s.write(KEEP, 7.6, "justify", after=14)
    s.write(fait(rng, facts.provider.town, tell.date("issued_on", facts.issued_on)), after=6)
    s.write(
        f"Le représentant légal, {escaped(facts.provider.manager.first_last)} ({facts.provider.quality})",
        after=4,
    )
    _sign(s, facts, tell, s.left + 20)
    return s


def table(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    return _table(facts, style, rng, tell, both=False)


def planned_and_done(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """States the hours foreseen beside those done."""
    return _table(facts, style, rng, tell, both=True)


def prose(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """A single paragraph, signed at the bottom left."""
    s = Surface(style, rng)
    s.letterhead(facts.provider)
    s.write("CERTIFICAT DE RÉALISATION D'UNE ACTION DE FORMATION", 13, "centre", True, style.accent, after=22)
    done = _done(facts, tell)
    length = f", pour une durée totale de <b>{done}</b> effectivement suivies" if done else ""
    s.write(
        f"Je soussigné, {escaped(facts.provider.manager.first_last)}, {facts.provider.quality.lower()} de l'organisme "
        f"<b>{escaped(tell.text('provider_name', facts.provider.name))}</b> (SIRET {facts.provider.siret}, déclaration "
        f"d'activité n° {facts.provider.nda}), certifie que <b>{escaped(_trainees(facts, tell, 0))}</b>, né(e) le "
        f"{tell.day(facts.trainee.birth)}, salarié(e) de l'entreprise "
        f"<b>{escaped(tell.text('employer_name', facts.employer.name))}</b>, a suivi l'action de formation intitulée "
        f"« {escaped(tell.text('training_title', facts.title))} » qui s'est déroulée {_period(facts, tell)}{length}.",
        style.size + 1.2,
        "justify",
        after=16,
    )
    if rng.random() < 0.6:
        s.write(
            "La feuille d'émargement attestant cette assiduité est tenue à la disposition du financeur.",
            after=10,
        )
    s.write(KEEP, 7.6, "justify", after=20)
    s.write(fait(rng, facts.provider.town, tell.date("issued_on", facts.issued_on)), align="right", after=10)
    _sign(s, facts, tell, s.left + s.room * 0.55)
    s.footer = legal_footer(facts.provider, rng)
    return s


def attestation(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """An end-of-training attestation worth a certificate: frame, centred lines, objectives."""
    s = Surface(style, rng)
    s.canvas.setStrokeColor(style.accent)
    s.canvas.setLineWidth(2.2)
    s.canvas.rect(26, 26, s.width - 52, s.height - 52)
    s.canvas.setLineWidth(0.5)
    s.canvas.rect(31, 31, s.width - 62, s.height - 62)
    s.gap(10)
    s.write(
        escaped(tell.text("provider_name", facts.provider.name)), 13, "centre", True, style.accent, after=2
    )
    s.write(escaped(facts.provider.address), 8, "centre", after=24)
    s.write(
        rng.choice(("ATTESTATION DE FIN DE FORMATION", "ATTESTATION D'ASSIDUITÉ")),
        17,
        "centre",
        True,
        after=2,
    )
    s.write("valant certificat de réalisation", 9, "centre", after=22)
    s.write("Le responsable de l'organisme atteste que", align="centre", after=8)
    s.write(escaped(_trainees(facts, tell, rng.randrange(2))), 14, "centre", True, after=4)
    s.write(
        f"de l'entreprise {escaped(tell.text('employer_name', facts.employer.name))}",
        align="centre",
        after=12,
    )
    s.write("a suivi la formation", align="centre", after=6)
    s.write(f"« {escaped(tell.text('training_title', facts.title))} »", 12, "centre", True, after=10)
    done = _done(facts, tell)
    s.write(f"{_period(facts, tell)}" + (f" – {done}" if done else ""), style.size + 1, "centre", after=18)
    s.write("Compétences travaillées", bold=True, x=s.left + 30)
    for goal in (
        "Préparer son poste et vérifier le matériel",
        "Appliquer les consignes de sécurité",
        "Rendre compte",
    ):
        s.write(f"– {goal} : {rng.choice(('acquis', 'acquis', 'en cours'))}", x=s.left + 42, after=2)
    s.gap(14)
    s.write(KEEP, 7.2, "justify", x=s.left + 20, width=s.room - 40, after=16)
    s.write(fait(rng, facts.provider.town, tell.date("issued_on", facts.issued_on)), x=s.left + 30, after=8)
    s.write(f"{escaped(facts.provider.manager.first_last)}, {facts.provider.quality}", x=s.left + 30, after=2)
    _sign(s, facts, tell, s.left + s.rng.choice((40, 220)))
    return s


def cards(facts: Facts, style: Style, rng: random.Random, tell: Telling) -> Surface:
    """Three boxes: who, what, how long; the signature in the fourth."""
    s = Surface(style, rng)
    s.letterhead(facts.provider)
    s.band("CERTIFICAT DE RÉALISATION – arrêté du 21 décembre 2018")
    s.gap(6)
    boss = facts.provider.manager
    done = _done(facts, tell)
    texts = (
        f"<b>Le dispensateur</b><br/>{escaped(tell.text('provider_name', facts.provider.name))}<br/>SIRET "
        f"{facts.provider.siret}<br/>N° d'activité {facts.provider.nda}<br/>représenté par {escaped(boss.first_last)}",
        f"<b>Le stagiaire</b><br/>{escaped(_trainees(facts, tell, 0))}<br/>Employeur : "
        f"{escaped(tell.text('employer_name', facts.employer.name))}",
        f"<b>L'action</b><br/>{escaped(tell.text('training_title', facts.title))}<br/>"
        f"{box(True)} formation &nbsp; {box(False)} bilan &nbsp; {box(False)} VAE &nbsp; {box(False)} apprentissage",
        f"<b>La réalisation</b><br/>{_period(facts, tell)}<br/>Durée réalisée : {done}",
    )
    cells = [s.cell(t) for t in texts]
    s.table([cells[:2], cells[2:]], [s.room / 2] * 2, [*s.grid(), ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 12)])  # fmt: skip
    s.gap(12)
    s.write(KEEP, 7.6, "justify", after=12)
    s.write(fait(rng, facts.provider.town, tell.date("issued_on", facts.issued_on)), after=6)
    s.write("Signature et cachet :", bold=True, after=2)
    _sign(s, facts, tell, s.left + 90)
    s.footer = legal_footer(facts.provider, rng)
    return s


LAYOUTS: dict[str, Layout] = {
    "ministry": ministry,
    "table": table,
    "planned_and_done": planned_and_done,
    "prose": prose,
    "attestation": attestation,
    "cards": cards,
}

"""Papers of the course: programme, calendar, distance evidence, record of the final evaluation."""

from __future__ import annotations

import datetime as dt
import random

from dossier.kinds import Kind
from dossier.quantities import Minutes
from samples.documents.sheets_common import TOPICS
from samples.facts import Facts
from samples.paper import Content, Signatory, fait, layouts
from samples.telling import MONTHS, Telling


def programme_modules(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """Objectives and a table of modules with their hours."""
    left, rows = facts.planned // 60, [("Module", "Contenu", "Durée")]
    topics = list(TOPICS)
    rng.shuffle(topics)
    for i, topic in enumerate(topics[:5]):
        part = left // (5 - i)
        left -= part
        rows.append((f"M{i + 1}", topic, f"{part} h"))
    return Content(
        head=facts.provider,
        title=rng.choice(("PROGRAMME DE FORMATION", "Programme de la formation", "PROGRAMME PÉDAGOGIQUE")),
        subtitle=facts.title,
        rows=(("Public", "Salariés, intérimaires"), ("Prérequis", "Aucun"), ("Modalités", "À distance" if facts.distance else "En présentiel"),
              ("Durée totale", tell.duration(facts.planned))),
        bullets=("Identifier les risques de son poste", "Appliquer les modes opératoires", "Contrôler la qualité de son travail"),
        table=tuple(rows),
        articles=(("Évaluation", "Questionnaire et mise en situation en fin de parcours."),),
    )  # fmt: skip


def programme_text(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """A programme without any table."""
    picked = rng.sample(TOPICS, 4)
    return Content(
        head=facts.provider,
        title=f"Programme – {facts.title}",
        articles=(
            ("Objectifs pédagogiques", "À l'issue de la formation, le participant est capable de tenir son poste en sécurité et en autonomie."),
            *((f"Séquence {i + 1} : {topic}", "Apports théoriques, démonstrations, exercices d'application, correction collective.") for i, topic in enumerate(picked)),
            ("Moyens et méthodes", "Alternance d'exposés et de pratique ; plateau technique ; livret remis à chacun."),
            ("Suivi et évaluation", "Contrôle continu et évaluation finale. Feuilles d'émargement par demi-journée."),
        ),
    )  # fmt: skip


def calendar_weeks(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """A week a row: at the provider or in the company."""
    rows, day = [("Semaine", "Du", "Au", "Centre / entreprise", "Heures")], facts.start
    for i in range(16):
        monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=i)
        here = i % 3 == 0
        rows.append((f"S{monday.isocalendar()[1]:02d}", f"{monday:%d/%m/%Y}", f"{monday + dt.timedelta(days=4):%d/%m/%Y}",
                     "Centre de formation" if here else "Entreprise", "35" if here else "–"))  # fmt: skip
    return Content(
        head=facts.provider,
        title=rng.choice(("CALENDRIER DE L'ALTERNANCE", "Calendrier de formation", "PLANNING D'ALTERNANCE")),
        subtitle="Annexe à la convention de formation",
        rows=(
            ("Alternant(e)", tell.person(facts.trainee)),
            ("Entreprise", facts.employer.name),
            ("Parcours", facts.title),
        ),
        table=tuple(rows),
    )


def calendar_months(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """A month a line with its days at the provider."""
    rows, month = [("Mois", "Jours en centre", "Nombre")], facts.start
    for i in range(8):
        year, number = divmod(month.year * 12 + month.month - 1 + i, 12)
        days = [
            d for d in range(1, 27) if dt.date(year, number + 1, d).weekday() in (0, 1) and d % 2 == i % 2
        ]
        rows.append((f"{MONTHS[number].capitalize()} {year}", ", ".join(map(str, days)), str(len(days))))
    return Content(
        head=None,
        title="Rythme d'alternance et calendrier prévisionnel",
        lead=f"Pour : <b>{tell.person(facts.trainee, order=1)}</b> – {facts.title}",
        table=tuple(rows),
        articles=(
            (
                "Nota",
                "Les jours non indiqués sont passés en entreprise. Toute modification est notifiée aux parties.",
            ),
        ),
        closing=fait(rng, facts.provider.town, tell.day(facts.issued_on)),
    )


def distance_log(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """A platform's log of connections, module by module, with its total."""
    assert facts.minutes is not None  # noqa: S101
    rows, left = [("Date", "Module", "Temps passé", "Score")], int(facts.minutes)
    days = sorted({slot.date for slot in facts.slots}) or [facts.start, facts.end]
    for i, day in enumerate(days):
        part = left // (len(days) - i) // 5 * 5 if i < len(days) - 1 else left
        left -= part
        rows.append(
            (
                f"{day:%d/%m/%Y}",
                TOPICS[i % len(TOPICS)][:26],
                f"{part // 60} h {part % 60:02d}",
                f"{rng.randint(62, 98)} %",
            )
        )
    return Content(
        head=facts.provider,
        title=rng.choice(("RELEVÉ DE CONNEXION", "Relevé de connexions FOAD", "Suivi d'activité à distance")),
        subtitle=facts.title,
        rows=(("Apprenant", tell.person(facts.trainee)), ("Période", f"du {tell.date('start_date', facts.start)} au {tell.date('end_date', facts.end)}"),
              ("Assistance", f"{facts.trainer.first_last}, tuteur en ligne"), ("Durée totale", tell.hours("hours", Minutes(facts.minutes)))),
        table=tuple(rows),
    )  # fmt: skip


def distance_attestation(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """An attestation of assiduity at a distance, in prose."""
    assert facts.minutes is not None  # noqa: S101
    return Content(
        head=facts.provider,
        title="ATTESTATION D'ASSIDUITÉ – FORMATION OUVERTE À DISTANCE",
        lead=(
            f"Je soussigné(e) {facts.provider.manager.first_last} atteste que <b>{tell.person(facts.trainee, order=1)}</b> a réalisé à distance les "
            f"activités du parcours « {facts.title} » du {tell.date('start_date', facts.start)} au {tell.date('end_date', facts.end)}, le temps estimé de "
            f"réalisation étant de <b>{tell.hours('hours', facts.minutes)}</b>."
        ),
        bullets=("Classes virtuelles suivies : 6", "Travaux rendus et corrigés : 9", "Évaluations réussies : 4 sur 4"),
        closing=fait(rng, facts.provider.town, tell.day(facts.issued_on)),
        signatories=(Signatory("Le responsable pédagogique", facts.provider.manager, True, facts.provider),),
    )  # fmt: skip


def record_table(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The jury's record with its competences."""
    names = (
        "Préparer la production",
        "Réaliser l'opération",
        "Contrôler la conformité",
        "Maintenir le poste",
        "Rendre compte",
    )
    return Content(
        head=None,
        title=rng.choice(("PROCÈS-VERBAL D'ÉVALUATION", "PROCÈS-VERBAL DE DÉLIBÉRATION DU JURY")),
        subtitle=f"{facts.title} – commission paritaire de certification",
        rows=(("Candidat(e)", tell.person(facts.trainee)), ("Entreprise", facts.employer.name), ("Date de l'évaluation", tell.day(facts.issued_on)),
              ("Décision", "Admis(e) – certificat délivré")),
        table=(("Capacité professionnelle", "Résultat"), *((name, rng.choice(("Acquise", "Acquise", "Acquise avec réserve"))) for name in names)),
        signatories=(Signatory("Le président du jury", facts.trainer, True), Signatory("Le membre employeur", facts.employer.manager, True)),
    )  # fmt: skip


def record_prose(facts: Facts, rng: random.Random, tell: Telling) -> Content:
    """The jury's record in a few sentences."""
    return Content(
        head=facts.provider,
        title="Procès-verbal de certification",
        lead=(
            f"Le jury réuni le {tell.day(facts.issued_on)} a examiné le dossier de <b>{tell.person(facts.trainee, order=1)}</b>, candidat(e) au "
            f"{facts.title}. Au vu de l'évaluation en situation professionnelle et de l'avis de l'entreprise, les capacités sont déclarées acquises et "
            "la certification est accordée."
        ),
        signatories=(Signatory("Pour le jury", facts.trainer, True), Signatory("Pour le centre d'examen", facts.provider.manager, True, facts.provider)),
    )  # fmt: skip


KINDS = {
    Kind.PROGRAMME: layouts(programme_modules, programme_text),
    Kind.CALENDAR: layouts(calendar_weeks, calendar_months),
    Kind.DISTANCE_EVIDENCE: layouts(distance_log, distance_attestation),
    Kind.CERTIFICATION_RECORD: layouts(record_table, record_prose),
}

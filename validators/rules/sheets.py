"""Hours: what attendance sheets say that can't be true, or not without a person's look."""

from __future__ import annotations

import datetime as dt

from dossier.case import OtherSheet, Piece
from dossier.decision import Effect
from dossier.kinds import Kind
from dossier.quantities import Minutes, hours_text
from dossier.reading import HalfDay, Session
from validators.answers import Answer, broken, cannot_tell, day, duration, holds, listed, span
from validators.doubt import Wrong, judged
from validators.facts import Facts
from validators.facts_certificate import period_of
from validators.facts_pieces import Read, date, evidence_of_piece, hours, value
from validators.facts_sheets import minutes_of, rows_of
from validators.names import plain
from validators.registry import ALL, TEMPORARY, rule
from validators.rules.hours import SECTION, by_day, places, slot
from validators.working_time import is_closed, working_days

CASE_LAW = "CAA Nantes, 2021 (séances un jour férié ou un dimanche)"
OVERLAP = "CAA Nantes, 2018 ; CAA Lyon, 2017 (présences simultanées)"
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def totals_of(facts: Facts, sheet: Piece) -> set[int] | None:
    """The sums that the sheet's total may stand for, None where a duration there could not be read.

    All half-days printed or the signed ones; of the trainee, of each person alone, or of everybody.
    """
    rows = sheet.part.sessions
    if not rows or any(minutes_of(row) is None for row in rows):
        return None
    mine, _ = rows_of(sheet, facts.request.trainee)
    people: dict[str, list[Session]] = {}
    for row in rows:
        people.setdefault(plain(row.trainee), []).append(row)
    groups = [mine, list(rows), *people.values()]
    sums: set[int] = set()
    for group in groups:
        sums.add(sum(minutes_of(row) or 0 for row in group))
        sums.add(sum(minutes_of(row) or 0 for row in group if row.trainee_signed))
    return sums


@rule(
    "hours.sheet_total",
    Effect.REVIEW,
    title="Le total de la feuille est la somme des demi-journées",
    source="Choix de la maison",
    family=ALL,
    section=SECTION,
)
def sheet_total(facts: Facts) -> Answer | None:
    told: list[tuple[Piece, Read[Minutes], set[int]]] = []
    for sheet in facts.pieces.of(Kind.ATTENDANCE_SHEET):
        total, sums = hours(sheet, "total_hours"), totals_of(facts, sheet)
        if total is not None and total.value is not None and sums:
            told.append((sheet, total, sums))
    if not told:
        return None
    tolerance = facts.value("tolerance.hours")
    # sheets of several weeks may carry the total of them all on the last
    every = sum(half.minutes or 0 for half in facts.halves)
    signed = sum(half.minutes or 0 for half in facts.halves if half.session.trainee_signed)
    wrong = [
        Wrong(duration(total.value or 0), total.evidence)
        for _, total, sums in told
        if min(abs((total.value or 0) - one) for one in {*sums, every, signed}) > tolerance.whole
    ]
    if not wrong:
        return holds("la somme des demi-journées", evidence=[total.evidence for _, total, _ in told])
    return judged(
        facts,
        wrong,
        f"Le total écrit sur la feuille est de {{found}} et ses demi-journées font {duration(every)}. "
        "Vérifier la "
        "feuille.",
        duration(every),
        parameter=tolerance,
    )


@rule(
    "hours.daily_limit",
    Effect.REVIEW,
    title="Durée d’une journée de formation",
    source="Code du travail, art. L3121-18",
    family=ALL,
    section=SECTION,
)
def daily_limit(facts: Facts) -> Answer | None:
    days = by_day(facts.counted)
    if not days:
        return None
    limit, plausible = facts.value("day.hours_limit"), facts.value("day.hours_plausible")
    minutes = {when: sum(half.minutes or 0 for half in halves) for when, halves in days.items()}
    expected = f"{limit.whole} h au plus"
    for bound, effect in ((limit, None), (plausible, Effect.INFORM)):
        over = sorted(when for when, done in minutes.items() if done > bound.whole * 60)
        if over:
            names = listed(f"{day(when)} ({duration(minutes[when])})" for when in over)
            what = "Vérifier la feuille." if effect is None else "C’est sans conséquence sur le paiement."
            halves = [half for when in over for half in days[when]]
            return broken(
                f"Plus de {bound.whole} heures de formation en une journée : {names}. {what}",
                expected if effect is None else f"{bound.whole} h",
                names,
                places(halves),
                effect=effect,
                doubtful=() if any(half.sure for half in halves) else places(halves),
                parameter=bound,
            )
    return holds(expected, duration(max(minutes.values())), parameter=limit)


@rule(
    "hours.closed_day",
    Effect.REVIEW,
    title="Aucune séance un dimanche ou un jour férié",
    source=CASE_LAW,
    family=ALL,
    section=SECTION,
)
def closed_day(facts: Facts) -> Answer | None:
    counted = facts.counted
    if not counted:
        return None
    closed = [half for half in counted if half.session.date and is_closed(half.session.date)]
    if not closed:
        return holds("aucune séance un dimanche ou un jour férié")
    names = [Wrong(slot(half), half.evidence) for half in closed]
    message = (
        "Une séance est datée d’un dimanche ou d’un jour férié : {found}. Vérifier auprès de l’organisme."
    )
    return judged(facts, names, message, "un jour ouvré")


@rule(
    "hours.weekday",
    Effect.REVIEW,
    title="Le jour de la semaine écrit est celui de la date",
    source="Choix de la maison",
    family=ALL,
    section=SECTION,
)
def weekday(facts: Facts) -> Answer | None:
    written = [half for half in facts.halves if half.session.date and half.session.weekday is not None]
    if not written:
        return None
    wrong = [
        Wrong(f"{WEEKDAYS[half.session.weekday or 0]} {day(half.session.date)}", half.evidence)
        for half in written
        if half.session.date and half.session.date.weekday() != half.session.weekday
    ]
    if not wrong:
        return holds("le jour de la date")
    return judged(
        facts,
        wrong,
        "Le jour de la semaine écrit n’est pas celui de la date : {found}. Vérifier la feuille.",
        "le jour de la date",
    )


def meet(a: Session, b: Session) -> bool:
    """Two half-days of one person at the same time."""
    if a.date is None or a.date != b.date:
        return False
    if a.start and a.end and b.start and b.end:
        return a.start < b.end and b.start < a.end
    return a.half_day is b.half_day or HalfDay.DAY in (a.half_day, b.half_day)


@rule(
    "hours.overlap",
    Effect.REVIEW,
    title="Le stagiaire n’est pas à deux endroits",
    source=OVERLAP,
    family=ALL,
    section=SECTION,
)
def overlap(facts: Facts) -> Answer | None:
    other = facts.case.surroundings.sessions
    twice = [(half, one) for half in facts.counted for one in other if meet(half.session, one.session)]
    if twice:
        requests = listed(sorted({one.request for _, one in twice}))
        wrong = [Wrong(slot(half), half.evidence) for half, _ in twice]
        return judged(
            facts,
            wrong,
            f"Le stagiaire a signé les mêmes demi-journées dans un autre dossier ({requests}) : {{found}}. "
            "Vérifier "
            "les deux dossiers.",
            "un seul endroit à la fois",
            noise_too=True,
        )
    blind = [one for one in facts.case.surroundings.unread_sheets if may_meet(facts, one)]
    if blind:
        requests = listed(sorted({one.request for one in blind}))
        return cannot_tell(
            f"Une feuille d’émargement du même stagiaire, dans un autre dossier ({requests}), se lit mal : "
            "vérifier que les séances des deux dossiers ne se chevauchent pas.",
            decides=True,
            expected="un seul endroit à la fois",
        )
    return at_work(facts)


def may_meet(facts: Facts, sheet: OtherSheet) -> bool:
    """A day counted here lies in the other training's days."""
    days = [half.session.date for half in facts.counted if half.session.date is not None]
    return any(sheet.start <= one <= sheet.end for one in days)


def at_work(facts: Facts) -> Answer | None:
    """The days of the compulsory mission against those of training."""
    if TEMPORARY not in facts.request.scheme.families:
        return holds("un seul endroit à la fois") if facts.counted else None
    for mission in facts.pieces.of(Kind.MISSION_CONTRACT):
        start, end = date(mission, "start_date"), date(mission, "end_date")
        if start is None or end is None or start.value is None or end.value is None:
            if may_be_during(facts, value(start), value(end)):
                return cannot_tell(
                    "Les dates de la mission se lisent mal. Vérifier qu’aucune séance n’a lieu pendant la "
                    "mission.",
                    [evidence_of_piece(mission)],
                    decides=True,
                    expected="un seul endroit à la fois",
                )
            continue
        first, last = start.value, end.value
        during = sorted(when for when in by_day(facts.counted) if first <= when <= last)
        expected = f"aucune séance pendant la mission {span(first, last)}"
        if during:
            message = (
                f"La mission va {span(first, last)} et le stagiaire a signé en formation : "
                f"{listed(day(when) for when in during)}. Vérifier les jours travaillés."
            )
            weaker = min((start, end), key=lambda read: read.confidence)
            return judged(facts, [Wrong(listed(day(w) for w in during), weaker.evidence)], message, expected)
        if not facts.halves and no_room_beside(facts, first, last):
            return broken(
                f"La mission va {span(first, last)} : les jours qui restent ne suffisent pas aux "
                f"{duration(facts.proven.best)} de formation du certificat. Vérifier les jours travaillés.",
                expected,
                hours_text(facts.proven.best),
                [start.evidence, end.evidence, *facts.certificates.evidence],
                doubtful=[read.evidence for read in (start, end) if read.confidence < facts.threshold],
            )
    if facts.counted:
        return holds("un seul endroit à la fois")
    return (
        cannot_tell("Le certificat ne dit pas les jours de formation.") if facts.certificates.pieces else None
    )


def may_be_during(facts: Facts, start: dt.date | None, end: dt.date | None) -> bool:
    """With one end of the mission unread, some day signed may lie in it."""
    return any((start or when) <= when <= (end or when) for when in by_day(facts.counted))


def no_room_beside(facts: Facts, first: dt.date, last: dt.date) -> bool:
    """The certificate's hours don't fit in its days outside the mission, were they the longest."""
    longest = facts.value("day.hours_limit").whole * 60
    for piece in facts.certificates.pieces:
        start, end = period_of(piece)
        if start is None or end is None or start > end:
            continue
        free = working_days(start, end)
        if max(start, first) <= min(end, last):
            free -= working_days(max(start, first), min(end, last))
        if facts.proven.best > free * longest:
            return True
    return False

"""What one cell or line of an attendance sheet says: a date, a half-day, times, a duration, a role.

Meanings come from words alone, so any layout made of such cells can be read (domain notes, section 3.2).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from dossier.quantities import Minutes
from dossier.reading import HalfDay
from extractors.french.dates import dates_in
from extractors.french.hours import hours_in, hours_of
from extractors.french.letters import fold, tight

DAWN = dt.time(5)
NOON = dt.time(12, 30)
LUNCH = dt.time(13, 30)

NO_DAY = re.compile(
    r"\b(?:edite|edition|genere|imprime|fait (?:a|le)|etabli|ne\(?e?\)? le|siret|convention|periode|echeance"
    r"|version|mise a jour|enregistre|arrete|decret|valable|naissance|contrat du)\b|\bdu\b.*\bau\b"
)
"""Lines whose dates are of something else than a half-day."""


class Role(Enum):
    TRAINEE = "trainee"
    TRAINER = "trainer"


class Column(Enum):
    """What a column (or a row, in sheets that lie on their side) holds, from its heading."""

    NAME = "name"
    FIRST_NAME = "first name"
    DATE = "date"
    START = "start"
    END = "end"
    TIMES = "times"
    HOURS = "hours"
    TOTAL = "total"
    SIGNATURE = "signature"
    STATUS = "status"
    STAMP = "time stamp"
    HALF = "half"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Span:
    """From one time of day to another."""

    start: dt.time
    end: dt.time

    @property
    def minutes(self) -> int:
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute


@dataclass(frozen=True, slots=True)
class Day:
    """A date as printed. ``date`` is None for one no calendar has; ``sure`` falls where it was completed."""

    date: dt.date | None
    raw: str
    weekday: int | None
    sure: float


_WEEKDAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
_WEEKDAY = re.compile(r"\b(lun|mar|mer|jeu|ven|sam|dim)(?:di|credi|dredi|edi|anche)?\b\.?")
_MONTHS = ("janv", "fevr", "mars", "avri", "mai", "juin", "juil", "aout", "sept", "octo", "nove", "dece")
_MONTH_YEAR = re.compile(
    r"\b(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\s*(20\d\d)\b"
)
_STAMP = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\D{0,5}\d{1,2}\s?[:h]\s?\d{2}(?:\s?:\s?\d{2})?"
    r"|(?<!\d)\d{1,2}:\d{2}:\d{2}(?!\d)"
    r"|(?:signee?|emargee?|validee?)\s(?:electroniquement\s|en ligne\s)?(?:a\s)?\d{1,2}\s?[:h]\s?\d{2}"
)
_LETTER_DAY = re.compile(r"\W*([lmjvsd])\W{0,2}(\d{1,2})\W*")
_STRAY_FIGURE = re.compile(
    r"(?<![\w/.])(\d{1,2})\s+((?:lun|mar|mercre|jeu|vendre|same)di)\s+([^\W\d_]{3,9}\.?\s+20\d\d)\b",
    re.IGNORECASE,
)
"""A day whose figure stands before its weekday: set a little higher, it was read first."""

_LETTERS = "lmmjvsd"
_CLOCK = r"([01]?\d|2[0-4])\s?(?:h(?:eures?)?\s?([0-5]\d)?|[:.]\s?([0-5]\d))(?!\d)"
_SPAN = re.compile(
    rf"(?<!\d){_CLOCK}\s*(?:-|a|au|/|>|->|→|jusqu'a|et|\W{{0,3}}(?:heures? (?:de )?)?fin\s?:?)?\s*{_CLOCK}"
)
_TIME = re.compile(rf"(?<!\d){_CLOCK}")
_SHORT_DAY = re.compile(r"(?<![\d/.,:h])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?![\d/.,:h]|\s?[/.-]\s?\d)")
_NAMED_DAY = re.compile(
    r"(?<!\d)(\d{1,2})(?:er)?\s+(janv|fevr|mars|avri|mai|juin|juil|aout|sept|octo|nove|dece)[a-z]*\.?(?!\s*\d{4})"
)
_BRIEF_YEAR = re.compile(
    r"(?<!\d)(\d{1,2})(?:er)?\s+(janv|fevr|mars|avri|mai|juin|juil|aout|sept|octo|nove|dece)[a-z]*\.?\s+'?"
    r"(\d{2})(?=\s*(?:[-–—·|,;)]|$))"
)
_BARE_DAY = re.compile(r"(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.?\s+(\d{1,2})(?:er)?(?![\d/.:h])")

_TRAINER = re.compile(
    r"\b(formateur|formatrice|intervenant|animateur|animatrice|enseignant|professeur|moniteur|instructeur"
    r"|consultant|tuteur|tutrice|referent|accompagnateur|encadrant|prof\b|animee? par)"
)
_TRAINEE = re.compile(
    r"\b(stagiaire|apprenant|participant|beneficiaire|salarie|alternant|apprenti|candidat|eleve|interimaire|inscrit"
    r"|(?<!mission )jeunes?\b)"
)
_SIGN = re.compile(r"\b(signature|emargement|visa\b|paraphe|sign\.|emarg)|^\W*(?:trace|griffe)\W*$")
_NAME = re.compile(r"\b(noms?|identite|prenoms?|agents?|signataires?)\b|^\W*(?:en )?(?:qualite|role)\W*$")
_OTHER = re.compile(
    r"\b(contenu|module|sequence|activite|theme|objet|observation|remarque|commentaire|motif|lieu|salle|entreprise"
    r"|societe|employeur|fonction|e-?mail|courriel|telephone|tel\b|adresse ip|ip\b|moyens?|objectif|matiere"
    r"|semaine|phase|seq\b|pause|service|grade|poste|matricule|equipe|atelier"
    r"|numero|num|badges?|jetons?|empreinte|identifiant|terminal|appareil|canal|evaluation|note|niveau|intitule|groupe|modalite)"
)
_MORNING = re.compile(r"\b(matin|matinee|mat\.)")
_AFTERNOON = re.compile(
    r"\b(apres\s?-?\s?midi|apr?\.?\s?-?midi|aprem|apm|a\s?-\s?midi)\b|\ba\s?\.\s?-?\s?m\b|\bapres-m"
)
_HALF_DAYS = re.compile(r"(?:\bdemi|½|\b1\s?[/⁄]\s?2)\s?-?\s?journees?\b")
_WHOLE_DAY = re.compile(r"\bjournee\b(?! (?:du|d'))")
_STRETCH = re.compile(r"\bperiode|\bseance\b|\bsession\b")
_TOTAL = re.compile(r"\b(total|totaux|cumul|somme)\b")
_OF_PRESENCE = re.compile(r"\b(?:heures?|hres?|nb h|temps|duree)\b.{0,12}\bpresence")
_HOURS_LABEL = re.compile(r"\b(duree|heures?|nb h|volume|nombre d'h|hres?|temps de formation)\b|^h$")
_START = re.compile(r"\b(debut|arrivee|commence)\b|^de$|heures?(?:de)?debut")
_END = re.compile(r"\b(fin|depart)\b|^a$|heures?(?:de)?fin\b")
_DATE_LABEL = re.compile(r"\b(dates?|jours?)\b")
_STATUS_LABEL = re.compile(r"\b(statut|presence|etat|present|absent)\b")
_WHOSE = re.compile(r"\b(?:entreprise|societe|employeur|agence|structure)\b")
_STAMP_LABEL = re.compile(
    r"horodat|signe le|date de signature|date et heure|heure de signature|timestamp|signature electronique le"
)


def weekday_in(folded: str) -> int | None:
    match = _WEEKDAY.search(folded)
    return _WEEKDAYS.index(match[1]) if match else None


def month_in(text: str) -> tuple[int, int] | None:
    """(year, month) of a banner such as "MARS 2026" that names no day."""
    folded = fold(text)
    match = _MONTH_YEAR.search(folded)
    if match is None or re.search(r"\d\s*$", folded[: match.start()]):
        return None
    return int(match[2]), next(m for m in range(12) if match[1].startswith(_MONTHS[m])) + 1


def without_stamps(text: str) -> str:
    """The text without moments of signing: a date that a time of day follows at once."""

    def kept(match: re.Match[str]) -> str:
        rest = fold(text)[match.end() :]
        goes_on = re.match(r"\s*(?:[-–/>→]|->|au?\b|jusqu'a)\s*\d{1,2}\s?[:h]", rest)
        return match[0] if goes_on else " " * len(match[0])

    found = _STAMP.sub(kept, fold(text))
    return "".join(c if f != " " or c.isspace() else " " for c, f in zip(text, found, strict=True))


def has_stamp(text: str) -> bool:
    return without_stamps(text) != text


def days_in(text: str, month: tuple[int, int] | None = None) -> tuple[Day, ...]:
    """Dates of a cell. Without a year they are completed from ``month``, and so less sure.

    ``month``: (year, month); month 0 where the year alone is known.
    """
    bare = _STRAY_FIGURE.sub(r"\2 \1 \3", without_stamps(text))
    folded = fold(bare)
    found = dates_in(bare)
    days = []
    for date in found:
        before = folded[max(0, date.start - 14) : date.start]
        sure = 0.97 if not date.note else 0.6
        value = date.date if date.date is not None and 2015 <= date.date.year <= 2045 else None
        days.append(Day(value, text[date.start : date.end], weekday_in(before), sure))
    if not days and (brief := _BRIEF_YEAR.search(folded)):
        return _of_brief_year(text, folded, brief)
    if days or month is None or re.search(r"\bpage\b", folded) or _HALF_DAYS.search(folded):
        return tuple(days)
    if match := _LETTER_DAY.fullmatch(folded):
        return _lettered(match, month)
    match = _SHORT_DAY.search(folded)
    if match and _SPAN.search(folded) is None:
        day, named = int(match[1]), int(match[2])
    elif match := _NAMED_DAY.search(folded):
        day, named = int(match[1]), _MONTHS.index(match[2]) + 1
    elif (match := _BARE_DAY.search(folded)) or (match := re.fullmatch(r"\W*(\d{1,2})\W*", folded)):
        day, named = int(match[1]), month[1]
    else:
        return ()
    if named == 0:
        return ()  # the year alone is known
    year = month[0] + (1 if named < month[1] - 6 else 0)
    try:
        date_value: dt.date | None = dt.date(year, named, day)
    except ValueError:
        date_value = None
        if named > 12 or day > 31:
            return ()
    weekday = weekday_in(folded)
    told = date_value is not None and weekday == date_value.weekday()  # which the year alone could not be
    return (Day(date_value, match[0].strip(), weekday, 0.93 if told else 0.75),)


def _of_brief_year(text: str, folded: str, match: re.Match[str]) -> tuple[Day, ...]:
    """The day of "14 févr. 25", whose figures a mark or the end of the line follows."""
    try:
        date = dt.date(2000 + int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return ()
    if not 2015 <= date.year <= 2045:
        return ()
    return (Day(date, text[match.start() : match.end()], weekday_in(folded[: match.start()]), 0.93),)


def day_of(parts: Sequence[str], month: tuple[int, int] | None) -> Day | None:
    """The day of a month's list whose figure stands alone, or in one cell and its weekday in another."""
    for order in (parts, parts[::-1]) if 0 < len(parts) < 4 else ():
        found = days_in(" ".join(order), month)
        if found:
            return found[0]
    return None


def _lettered(match: re.Match[str], month: tuple[int, int]) -> tuple[Day, ...]:
    """A day of a month's list, "L 3", where its letter is that of its weekday."""
    try:
        date = dt.date(*month, int(match[2]))
    except ValueError:
        return ()
    if _LETTERS[date.weekday()] != match[1]:
        return ()
    return (Day(date, match[0].strip(), date.weekday(), 0.93),)


def _clock(hour: str, *minutes: str | None) -> dt.time | None:
    value = int(hour)
    minute = next((int(m) for m in minutes if m), 0)
    return dt.time(value, minute) if value < 24 else None


def spans_in(text: str) -> tuple[Span, ...]:
    """Stretches of a day: ``9h00 - 12h15``, ``de 9 h 00 à 12 h 00``, ``08:30 – 12:00``."""
    found = []
    for match in _SPAN.finditer(_digits(without_stamps(text))):
        start, end = _clock(match[1], match[2], match[3]), _clock(match[4], match[5], match[6])
        if start and end and DAWN <= start < end:
            found.append(Span(start, end))
    return tuple(found)


def time_in(text: str) -> dt.time | None:
    """The one time of day of a cell under "Heure début"."""
    match = _TIME.search(_digits(text)) or re.search(r"(?<!\d)([01]?\d|2[0-3])()()(?!\d)", fold(text))
    return _clock(match[1], match[2], match[3]) if match else None


def time_alone(text: str) -> dt.time | None:
    """The time of day that is all a cell holds, with its h or colon."""
    match = re.fullmatch(rf"\W*{_CLOCK}\W*", _digits(text))
    return _clock(match[1], match[2], match[3]) if match else None


def is_number(text: str) -> bool:
    """Whether a cell holds a duration alone, letters that OCR puts for digits allowed."""
    return re.fullmatch(r"\W*\d[\d\s.,:h]*(?:eures?|rs)?(?:\d{2})?\W*", _digits(text)) is not None


def _digits(text: str) -> str:
    """Folded, with the letters that OCR puts for digits beside an h or a colon made digits again."""
    folded = fold(text)
    for _ in range(3):  # each digit found makes its neighbour one
        folded = re.sub(r"(?<=[\dh:])\s?o(?=[\do\s]|\W|$)", "0", folded)
        folded = re.sub(
            r"(?<=\d)[l|i](?=[\dh:])|(?<![a-z])[l|i](?=\d\s?[h:])|(?<=[h:])[l|i](?=\d)", "1", folded
        )
        folded = re.sub(r"(?<=[h:]\d)[s](?![a-z])", "5", folded)
    return folded


def minutes_in(text: str, labelled: bool = False) -> Minutes | None:
    """A duration apart from times of day. ``labelled``: a heading says so, the unit may be missing."""
    folded = _digits(text)
    rest = _SPAN.sub(lambda m: " " * len(m[0]), folded)
    if labelled:
        found = hours_of(rest)
        return (
            found.minutes if found is not None and not found.doubtful else (found.minutes if found else None)
        )
    inside = hours_in(rest)
    return inside[0].minutes if len(inside) == 1 and inside[0].minutes <= 14 * 60 else None


def half_of(text: str) -> HalfDay | None:
    """The half-day that words name; times are `half_of_span`'s."""
    folded = fold(text)
    morning, afternoon = _MORNING.search(folded), _AFTERNOON.search(folded)
    if morning and afternoon:
        return None
    if morning:
        return HalfDay.AM
    if afternoon:
        return HalfDay.PM
    if tight(text) in ("pm", "am", "amidi", "apresmidi"):
        return HalfDay.PM  # "A-M", "A-mid|i" broken in a narrow cell; "AM" is never the English morning
    if tight(text) == "mat":
        return HalfDay.AM
    return HalfDay.DAY if _WHOLE_DAY.search(_HALF_DAYS.sub(" ", folded)) else None


def half_of_span(span: Span) -> HalfDay:
    if span.start < dt.time(12) and span.end > dt.time(14):
        return HalfDay.DAY
    return HalfDay.AM if span.start < NOON else HalfDay.PM


def in_other_half(span: Span, half: HalfDay) -> bool:
    """Whether times lie wholly in the other half of the day."""
    if half is HalfDay.AM:
        return span.start >= NOON
    return half is HalfDay.PM and span.end <= LUNCH


def role_of(text: str) -> Role | None:
    folded = fold(text)
    if _TRAINER.search(folded):
        return Role.TRAINER
    return Role.TRAINEE if _TRAINEE.search(folded) else None


def role_at(text: str) -> int:
    """Where the word for a role begins; -1 where there is none."""
    folded = fold(text)
    found = [match.start() for p in (_TRAINER, _TRAINEE) if (match := p.search(folded)) is not None]
    return min(found, default=-1)


def trainer_until(text: str) -> int:
    """Where the word for a trainer ends; 0 where there is none."""
    match = re.search(rf"(?:{_TRAINER.pattern})[\w()/.]*", fold(text))
    return match.end() if match is not None else 0


def lists_people(text: str) -> bool:
    """Whether a heading announces those who were there: "Présents", "Personnes présentes"."""
    listed = r"\W*(?:(?:personnes|stagiaires|participants) )?present(?:e?s|\(?e\)?\(?s\)?)(?: \(.*\))?\W*"
    return re.fullmatch(listed, fold(text)) is not None


def column_of(text: str) -> Column | None:
    """What a heading announces; None for one that says nothing by itself (a date, a name, "Matin")."""
    folded = fold(text).strip()
    if not folded:
        return None
    for pattern, column in (
        (_STAMP_LABEL, Column.STAMP),
        (_SIGN, Column.SIGNATURE),
        (_TOTAL, Column.TOTAL),
        (_OF_PRESENCE, Column.TOTAL),
        (re.compile(r"\bhoraires?\b|\bcreneaux?\b|\bplage"), Column.TIMES),
        (_START, Column.START),
        (_END, Column.END),
    ):
        if pattern.search(folded):
            return column
    if lists_people(text):
        return Column.NAME
    if re.fullmatch(r"\W*prenoms?\W*(?:(?:du|de la|des|de l')\s*\w+)?\W*", folded):
        return Column.FIRST_NAME
    if _NAME.search(folded) and not _OTHER.search(folded):
        return Column.NAME
    if _STATUS_LABEL.search(folded) and not _WHOSE.search(folded):
        return Column.STATUS
    if _OTHER.search(folded) or folded in ("n°", "n", "no", "#"):
        return Column.OTHER
    if _HOURS_LABEL.search(folded) and not spans_in(text) and not hours_in(text):
        return Column.HOURS
    if _DATE_LABEL.search(folded) and not dates_in(text) and not half_of(text):
        return Column.DATE
    if (_HALF_DAYS.search(folded) or _STRETCH.search(folded)) and not dates_in(text):
        return Column.HALF
    if _TRAINEE.search(folded) and len(folded) < 40:
        return Column.NAME
    return None

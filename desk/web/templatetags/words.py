"""Filters of the templates: figures, dates and the words of the house in French."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template

from desk.acts import ActShown
from desk.web import wording
from desk.web.field_titles import field_title
from publishing import privacy
from publishing import wording as said
from publishing.rule_titles import rule_title

register = template.Library()
_PARIS = ZoneInfo("Europe/Paris")


@register.filter
def euros(amount: Decimal | None) -> str:
    return said.euros(amount) if amount is not None else "–"


@register.filter
def duration(minutes: int | None) -> str:
    return said.duration(minutes) if minutes is not None else "–"  # type: ignore[arg-type]  # Minutes are int


@register.filter
def number(count: int) -> str:
    return said.number(count)


@register.filter
def day(date: dt.date | dt.datetime | None) -> str:
    if date is None:
        return "–"
    return said.short_date(date.date() if isinstance(date, dt.datetime) else date)


@register.filter
def long_day(date: dt.date) -> str:
    return said.long_date(date)


@register.filter
def moment(at: dt.datetime | None) -> str:
    if at is None:
        return "–"
    return said.moment(at.astimezone(_PARIS) if at.tzinfo else at)


@register.filter
def plural(count: int, words: str) -> str:
    """``{{ 2|plural:"demande,demandes" }}``."""
    one, _, many = words.partition(",")
    return said.plural(count, one, many)


@register.filter
def rule(name: str) -> str:
    return rule_title(name)


@register.filter
def field(name: str) -> str:
    return field_title(name)


@register.filter
def masked(text: object) -> str:
    return privacy.masked(str(text))


@register.filter
def account(iban: str) -> str:
    return privacy.masked_iban(iban)


@register.filter
def readable(text: str) -> str:
    return privacy.masked(said.readable(text))


@register.filter
def waits(value: str) -> str:
    return wording.WAITS[value]


@register.filter
def verdict(value: str) -> str:
    return wording.verdict(value)


@register.filter
def effect(value: str) -> str:
    return wording.effect(value)


@register.filter
def deed(value: str) -> str:
    return wording.ACTS.get(value, value)


@register.filter
def due(date: dt.date, today: dt.date) -> str:
    return wording.due(date, today)


@register.filter
def outcome(value: str) -> str:
    return wording.OUTCOMES[value]


@register.filter
def line(kind: str) -> str:
    return wording.line(kind)


@register.filter
def plural_of(things: list[object], words: str) -> str:
    return plural(len(things), words)


@register.filter
def unlocalized(value: float) -> str:
    """For scripts: a point, whatever the language."""
    return f"{value:.4f}"


@register.filter
def changed(act: ActShown) -> str:
    """What an act changed, before and after."""
    return privacy.masked(wording.changed(act.before, act.after))


@register.filter
def batch_state(value: str) -> str:
    return wording.BATCHES.get(value, value)


@register.filter
def role(value: str) -> str:
    return wording.ROLES.get(value, "–")


@register.filter
def short_scheme(value: str) -> str:
    return wording.short_scheme(value)


@register.filter
def age(at: dt.datetime, today: dt.date) -> str:
    return wording.age(at.astimezone(_PARIS).date(), today)


@register.filter
def short(path: str) -> str:
    """A file's own name, without the folders that it lies in."""
    return path.rsplit("/", 1)[-1]

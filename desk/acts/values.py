"""What a person types in a field, brought to the JSON form of its type."""

from __future__ import annotations

import datetime as dt
import re

from desk.acts.deed import Impossible
from dossier.kinds import Type
from dossier.quantities import Minutes, NotANumber, amount_text, decimal_of, hours_text, minutes_of

LONGEST = 300
MOST_HOURS = 10_000
MOST_EUROS = 10**9
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_HOURS = re.compile(r"(\d{1,4})\s*(?:h|H|:)\s*([0-5]\d)?")
_FRENCH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_FLAGS = {"true": True, "oui": True, "false": False, "non": False}


def value_from(text: str, type_: Type) -> str | bool | None:
    """The value in its JSON form; None where nothing was typed. Raises `Impossible`."""
    plain = _BLANKS.sub(" ", text).strip()
    if not plain:
        return None
    match type_:
        case Type.TEXT:
            if len(plain) > LONGEST:
                raise Impossible(f"Ce texte dépasse {LONGEST} caractères.")
            return plain
        case Type.FLAG:
            if plain.lower() not in _FLAGS:
                raise Impossible("Répondez par oui ou par non.")
            return _FLAGS[plain.lower()]
        case Type.DATE:
            return day_from(plain).isoformat()
        case Type.HOURS:
            return hours_from(plain)
        case Type.AMOUNT:
            return _amount(plain)


def day_from(text: str) -> dt.date:
    """``2026-05-04`` or ``04/05/2026``. Raises `Impossible`."""
    french = _FRENCH_DAY.fullmatch(text.strip())
    try:
        if french:
            day, month, year = (int(part) for part in french.groups())
            return dt.date(year, month, day)
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Impossible("Cette date n’existe pas. Écrivez-la 04/05/2026.") from None


def hours_from(text: str) -> str:
    """Decimal hours: ``66,5``, ``66.50``, ``66h30``, ``66 h``. Raises `Impossible`."""
    clock = _HOURS.fullmatch(text.strip())
    if clock:
        return hours_text(Minutes(int(clock[1]) * 60 + int(clock[2] or 0)))
    try:
        hours = decimal_of(text.replace(",", ".").replace(" ", ""))
    except NotANumber:
        raise Impossible("Cette durée ne se lit pas. Écrivez 66,5 ou 66h30.") from None
    if not 0 <= hours <= MOST_HOURS:
        raise Impossible("Cette durée n’est pas possible.")
    return hours_text(minutes_of(hours))


def _amount(text: str) -> str:
    try:
        amount = decimal_of(text.replace("€", "").replace(" ", "").replace(",", "."))
    except NotANumber:
        raise Impossible("Ce montant ne se lit pas. Écrivez 1 890,00.") from None
    if abs(amount) >= MOST_EUROS:
        raise Impossible("Ce montant n’est pas possible.")
    return amount_text(amount)

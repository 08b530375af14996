"""SIRET, SIREN, NDA, IBAN: found by form, judged by their check digits, never repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
from stdnum.fr import siret as _siret

from extractors.french.letters import fold

_GAP = r"[ .\-]?"
_SIRET = re.compile(rf"(?<![\w])(?:\d{_GAP}){{13}}\d(?![\w])")
_SIREN = re.compile(rf"(?<![\w])(?:\d{_GAP}){{8}}\d(?![\w])")
_NDA = re.compile(rf"(?<![\w])(?:\d{_GAP}){{10}}\d(?![\w])")
_IBAN_HEAD = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]\s?[A-Za-z])\s?([0-9OoIl]\s?[0-9OoIl])")
_LENGTHS = {
    "FR": 27,
    "BE": 16,
    "DE": 22,
    "ES": 24,
    "IT": 27,
    "LU": 20,
    "MC": 27,
    "CH": 21,
    "NL": 18,
    "PT": 25,
}


@dataclass(frozen=True, slots=True)
class IdFound:
    """An identifier at ``start:end``, without blanks. ``valid``: its check digits hold."""

    value: str
    start: int
    end: int
    valid: bool
    note: str = ""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def siret_valid(value: str) -> bool:
    """Luhn over 14 digits, with La Poste's exception."""
    return bool(_siret.is_valid(value))


def sirets_in(text: str) -> tuple[IdFound, ...]:
    """Fourteen digits, in any grouping."""
    found = []
    for match in _SIRET.finditer(text):
        value = _digits(match[0])
        valid = siret_valid(value)
        found.append(IdFound(value, match.start(), match.end(), valid, "" if valid else "SIRET key is wrong"))
    return tuple(found)


def ndas_in(text: str) -> tuple[IdFound, ...]:
    """Eleven digits: region, department, order, and the department again (overseas ones differ)."""
    found = []
    longer = [siret for siret in sirets_in(text) if siret.valid]
    for match in _NDA.finditer(text):
        if any(siret.start < match.end() and match.start() < siret.end for siret in longer):
            continue  # the end of a SIRET in groups
        value = _digits(match[0])
        usual = value[2:4] == value[9:] or value[2:4] in ("97", "98")
        found.append(
            IdFound(
                value, match.start(), match.end(), usual, "" if usual else "NDA ends on another department"
            )
        )
    return tuple(found)


def iban_valid(value: str) -> bool:
    """Mod 97 and the country's length."""
    try:
        return bool(IBAN(value, allow_invalid=True).validate())
    except (SchwiftyException, ValueError):
        return False


def ibans_in(text: str) -> tuple[IdFound, ...]:
    """IBANs in any grouping, cut to their country's length."""
    return tuple(_ibans(text))


def _ibans(text: str) -> Iterator[IdFound]:
    for match in _IBAN_HEAD.finditer(text):
        country = re.sub(r"\s", "", match[1]).upper()
        length = _LENGTHS.get(country)
        if length is None:
            continue
        picked: list[str] = []
        end = match.start()
        for offset in range(match.start(), len(text)):
            char = text[offset]
            if char.isspace() or (char in ".-" and picked and text[offset - 1].isalnum()):
                continue
            if not (char.isascii() and char.isalnum()):
                break
            picked.append(char)
            end = offset + 1
            if len(picked) == length:
                break
        if len(picked) != length or (end < len(text) and text[end].isalnum()):
            continue
        printed = "".join(picked).upper()
        if sum(char.isdigit() for char in printed[2:]) < 10:
            continue
        valid = iban_valid(printed)
        yield IdFound(printed, match.start(), end, valid, "" if valid else "IBAN key is wrong")


_REFERENCE = re.compile(r"(?<![\w])(?=[a-z0-9]*[-/_.]?[a-z0-9]*\d)[a-z0-9]+(?:[-/_.][a-z0-9]+)*(?![\w])")


def references_in(text: str) -> tuple[IdFound, ...]:
    """Tokens that hold a digit and may join several by dashes or slashes: numbers of files, of invoices."""
    folded = fold(text)
    return tuple(
        IdFound(text[match.start() : match.end()], match.start(), match.end(), True)
        for match in _REFERENCE.finditer(folded)
        if any(char.isdigit() for char in match[0])
    )

"""Whether numbers that identify a company or an account are well formed."""

from __future__ import annotations

import re

LA_POSTE = "356000000"


def digits_of(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit())


def siren_of(siret: str) -> str:
    """The first nine digits; nothing where there are neither nine nor fourteen."""
    digits = digits_of(siret)
    return digits[:9] if len(digits) in (9, 14) else ""


def luhn(digits: str) -> bool:
    total = 0
    for place, letter in enumerate(reversed(digits)):
        digit = int(letter) * (2 if place % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def good_siret(siret: str) -> bool:
    """Nine or fourteen digits with their key; La Poste's branches have a key of their own (sum of digits by
    five).
    """
    digits = digits_of(siret)
    if len(digits) not in (9, 14) or len(set(digits)) == 1:
        return False
    if digits.startswith(LA_POSTE) and len(digits) == 14 and sum(int(digit) for digit in digits) % 5 == 0:
        return True
    return luhn(digits) and (len(digits) == 9 or luhn(digits[:9]))


def good_nda(nda: str) -> bool:
    """Eleven digits, as a declaration of activity has."""
    return re.fullmatch(r"\d{11}", digits_of(nda)) is not None


def iban_key(iban: str) -> str:
    """Letters and digits alone, upper case."""
    return re.sub(r"[^A-Z0-9]", "", iban.upper())


def good_iban(iban: str) -> bool:
    """The remainder of ISO 13616 is one; a French one has 27 signs."""
    compact = iban_key(iban)
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", compact) or (
        compact[:2] == "FR" and len(compact) != 27
    ):
        return False
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1

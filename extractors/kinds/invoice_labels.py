"""What the label of an amount says it is, from its words: net, VAT, gross."""

from __future__ import annotations

import re

from extractors.french.letters import fold

NET, VAT, GROSS = "net", "vat", "gross"

_RATE = re.compile(r"\(?\s*(?:\b(?:a|au taux(?: de)?|taux))?\s*\d+(?:[.,]\d+)?\s*%\s*\)?")
_DOTTED = re.compile(r"\b([a-z])\.\s?(?=[a-z]\b)")
_CURRENCY = re.compile(r"\(?\b(?:en\s+)?(?:euros?|eur)\b\)?|€")

_WHAT = r"(?:sous total|total|montant|net|somme|base|prix|cout|reste|solde|avoir)"
_OF = (
    r"(?: (?:total|general|global|pedagogique|net|nette|du|dus|due|de|des|la|le|l|cette|votre|formation"
    r"|facture|prestations?|action|avoir|present|presente))*"
)
_SETTLE = r"(?:payer|regler|verser|rembourser|deduire|devoir|recevoir|votre credit)"
_HT = r"(?:ht|hors taxes?|hors tva)"
_UNTAXED = (
    r"(?:nets? de (?:toute )?(?:taxes?|tva)|sans tva|exonere\w* de (?:la )?tva|non soumis a (?:la )?tva)"
)
_TTC = r"(?:ttc|toutes taxes comprises|taxes comprises)"
_GIVEN_BACK = r"(?: (?:rembourse|restitue|annule|porte|verse)e?s?(?: au credit.{0,30}| a votre credit)?)?"

_FORMS: tuple[tuple[frozenset[str], int, re.Pattern[str]], ...] = (
    (frozenset((NET,)), 1, re.compile(rf"sous total{_OF} {_HT}")),
    (frozenset((NET,)), 0, re.compile(rf"{_WHAT}{_OF} {_HT}(?: net)?{_GIVEN_BACK}")),
    (frozenset((NET, GROSS)), 0, re.compile(rf"{_WHAT}{_OF}(?: a {_SETTLE})? ?{_UNTAXED}")),
    (
        frozenset((GROSS,)),
        0,
        re.compile(rf"{_WHAT}{_OF}(?: a {_SETTLE})? {_TTC}(?: a {_SETTLE})?{_GIVEN_BACK}"),
    ),
    (
        frozenset((GROSS,)),
        1,
        re.compile(
            rf"(?:{_WHAT}{_OF} )?(?:restant )?a {_SETTLE}|(?:net|solde) (?:en|dans) (?:votre|notre) faveur"
            rf"|(?:total|montant|net|solde|somme|reste){_OF} (?:du|dus|dues?|facture|de l avoir|avoir)"
        ),
    ),
    (frozenset((GROSS,)), 2, re.compile(r"total(?: general| global)?|montant total|(?:reste )?a payer")),
    (
        frozenset((VAT,)),
        0,
        re.compile(
            r"(?:dont |total |montant )?(?:de la |de )?(?:tva|taxe|taxes)"
            r"(?: exoneree?| due| collectee| (?:y )?afferente| correspondante)?"
        ),
    ),
)


def says(label: str) -> tuple[frozenset[str], int]:
    """What a label as a whole announces, and how plainly, 0 best; nothing for any other words."""
    words = plain(label)
    for meanings, standing, form in _FORMS:
        if form.fullmatch(words):
            return meanings, standing
    return frozenset(), 9


def plain(label: str) -> str:
    """Folded words alone, without rates, currency and signs."""
    text = _RATE.sub(" ", fold(label))
    text = _CURRENCY.sub(" ", _DOTTED.sub(r"\1", text))
    return " ".join(re.findall(r"[a-z0-9]+", text))

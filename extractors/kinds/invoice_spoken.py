"""Amounts that a letter tells in sentences: "elle s'élève à la somme de 735,00 €"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.candidate import NEAR, Candidate
from extractors.french.amounts import AmountFound, amounts_in
from extractors.french.letters import fold
from extractors.kinds.invoice_labels import GROSS, NET, VAT
from extractors.leaf import Leaf
from extractors.seek import amount_candidate

_SUM = re.compile(
    r"(?:\bs'elev(?:e|ant|ent)\s+a|\b(?:arretee?|etablie?)[\w\s]{0,30}?\ba|\bfixee?\s+a|\breglement\s+de"
    r"|\b(?:pour|d')\s?un\s+(?:montant|total|cout|prix)(?:\s+\w+){0,2}?\s+de|\bmontant\s+(?:total|global|du)\s+de"
    r"|\bla\s+somme\s+(?:totale\s+)?de)"
    r"(?:\s+(?:la\s+somme|un\s+(?:montant|total))(?:\s+\w+)?\s+de)?\s*:?\s*(?:[a-z][a-z\s,'-]{9,140})?\(?\s*$"
)
_TAXED = re.compile(r"^\s*(?:\([^)]{3,90}\)\s*)?(?P<how>ttc|toutes taxes|ht\b|hors taxe|de tva|nets? de tax)")
_HENCE = re.compile(r"(?:\bsoit(?:\s+(?:un\s+(?:total|montant)\s+(?:\w+\s+)?de|au\s+total))?\s*:?|=)\s*$")
"""Before a sum only where its tax is told: "21 heures à 30 € de l'heure, soit 630 € net de taxe"."""
_PER_HOUR = re.compile(r"^\s*(?:ht|ttc|net\w* de taxes?)?\s*(?:/|par|de l'|l')\s?h")
_OTHER = re.compile(r"penalit|recouvrement|indemnit|capital|acompte|amende|plafon|forfaitaire")


def spoken_totals(leaves: Sequence[Leaf]) -> Iterator[tuple[str, Candidate]]:
    """What a sentence calls the sum of the bill. Penalties, deposits, prices an hour are none."""
    for leaf in leaves:
        for block in leaf.view.blocks:
            text = block.passage.text
            folded = fold(text)
            for found in amounts_in(text):
                before, after = folded[: found.start], folded[found.end :]
                hence = _TAXED.match(after) is not None and _HENCE.search(before) is not None
                if not found.marked or not (hence or _SUM.search(before)):
                    continue
                if _OTHER.search(_sentence(folded, found)) or _PER_HOUR.match(after):
                    continue
                for name in _names(after):
                    yield name, amount_candidate(block.passage, found, NEAR, 2)


def _sentence(folded: str, found: AmountFound) -> str:
    """From the last full stop to the amount."""
    return re.split(r"[.;:]\s", folded[: found.start])[-1]


def _names(after: str) -> tuple[str, ...]:
    match = _TAXED.match(after)
    how = match["how"] if match is not None else ""
    if how.startswith(("ht", "hors")):
        return (NET,)
    if how.startswith("de tva"):
        return (VAT,)
    return (NET, GROSS) if how.startswith("net") else (GROSS,)

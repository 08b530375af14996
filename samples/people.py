"""Invented people, with the particles, accents, hyphens and foreign names that real lists hold."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from dataclasses import dataclass

LAST = (
    "ABGRALL", "AÏT OUARAB", "ANDRÉ", "BARBIER", "BAUDOIN-LECOQ", "BELKACEM", "BOUVET", "CARVALHO", "CHÂTELAIN",
    "CISSÉ", "COLLIN", "DA COSTA", "D'HÉROUVILLE", "DE MONTGOLFIER", "DELMAS", "DIOP", "DOS SANTOS", "EL KHATIB",
    "ESTÈVE", "FAURE", "FLEURY", "GAUTHERIN", "GÓMEZ", "GRANJON", "GUÉRIN", "HAMIDI", "HOFFMANN", "IBRAHIMI",
    "JAMET", "JOUBERT-PRÉVÔT", "KABA", "KOWALSKI", "LACOMBE", "LE BERRE", "LE GUELLEC", "L'HERMITTE", "MAÏGA",
    "MARCHETTI", "MENDÈS", "MÜLLER", "NDIAYE", "NGUYEN", "NUÑEZ", "OUEDRAOGO", "PAQUET", "PEREIRA", "PONS",
    "QUÉMENER", "RAKOTOMALALA", "RENAULD", "ROUX", "SAUVAGE", "SCHNEIDER", "SOARES", "TANGUY", "TRAN", "VACHON",
    "VAN DEN BERGHE", "VIDAL", "VILLENEUVE", "WEBER", "YILDIZ", "ZIANI",
)  # fmt: skip
FIRST = (
    "Adèle", "Aïcha", "Alban", "Amadou", "Anaïs", "Anne-Sophie", "Arnaud", "Béatrice", "Benoît", "Camille",
    "Céline", "Clément", "Damien", "Djibril", "Éloïse", "Emre", "Fatoumata", "Florent", "Gaëtan", "Gwenaëlle",
    "Hakim", "Hélène", "Inès", "Jean-Baptiste", "Joana", "Joël", "Karima", "Kévin", "Laëtitia", "Léa", "Loïc",
    "Lucie", "Magali", "Mamadou", "Marie-Laure", "Mathilde", "Mehdi", "Nadège", "Noé", "Océane", "Olivier",
    "Pascale", "Quentin", "Raphaël", "Rosa", "Samir", "Sébastien", "Thaïs", "Tomasz", "Valérie", "Xavier", "Yanis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A person. ``married`` is the name of use that may stand beside the name of birth."""

    last: str
    first: str
    birth: dt.date
    married: str = ""

    @property
    def last_first(self) -> str:
        return f"{self.last} {self.first}"

    @property
    def first_last(self) -> str:
        return f"{self.first} {self.last}"


def person(
    rng: random.Random, born_from: int = 1968, born_to: int = 2003, but: tuple[str, ...] = ()
) -> Person:
    """Someone born between the two years; ``but`` are last names not to take."""
    last = rng.choice([name for name in LAST if name not in but])
    birth = dt.date(rng.randint(born_from, born_to), rng.randint(1, 12), rng.randint(1, 28))
    return Person(last, rng.choice(FIRST), birth)


def people(rng: random.Random, count: int, but: tuple[str, ...] = ()) -> tuple[Person, ...]:
    """``count`` people, all with different last names."""
    out: list[Person] = []
    for _ in range(count):
        out.append(person(rng, but=(*but, *(p.last for p in out))))
    return tuple(out)


def plain(name: str) -> str:
    """``name`` without its accents, as an old payroll program prints it."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))

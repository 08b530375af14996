"""Invented companies: temporary-work agencies, their clients, training providers, industrial employers."""

from __future__ import annotations

import random
from dataclasses import dataclass

from samples import identifiers
from samples.people import Person, person

TOWNS = (
    ("35", "53", "35200", "Rennes"), ("56", "53", "56100", "Lorient"), ("49", "52", "49000", "Angers"),
    ("72", "52", "72100", "Le Mans"), ("59", "32", "59650", "Villeneuve-d'Ascq"), ("62", "32", "62300", "Lens"),
    ("69", "84", "69200", "Vénissieux"), ("38", "84", "38130", "Échirolles"), ("31", "76", "31770", "Colomiers"),
    ("34", "76", "34500", "Béziers"), ("33", "75", "33700", "Mérignac"), ("86", "75", "86100", "Châtellerault"),
    ("21", "27", "21300", "Chenôve"), ("67", "44", "67400", "Illkirch"), ("76", "28", "76600", "Le Havre"),
    ("93", "11", "93210", "Saint-Denis"), ("77", "11", "77100", "Meaux"), ("13", "93", "13800", "Istres"),
)  # fmt: skip
STREETS = (
    "rue des Tanneurs", "avenue Marie-Curie", "boulevard de l'Industrie", "rue du Pré-Botté", "allée des Érables",
    "impasse du Four-à-Chaux", "rue Louis-Blériot", "chemin de la Petite-Vitesse", "place de la Halle",
    "route de la Zone portuaire", "quai des Mariniers", "rue Olympe-de-Gouges",
)  # fmt: skip
AGENCIES = (
    "Tempora Intérim", "Boréal Emploi", "Relais Missions", "Proxim'Job", "Azimut Travail Temporaire",
    "Passerelle Intérim Insertion", "Actéo Ressources", "Kérys Emploi", "Mistral Intérim", "Altaïr RH",
)  # fmt: skip
PROVIDERS = (
    "Formalis Ouest", "Institut Technique Vauban", "CFPI Jean-Mermoz", "Atelier des Savoir-Faire", "Compétys",
    "Centre de Formation du Pont-Neuf", "Logiform Académie", "GRETA Val-de-Brume", "Sémaphore Formation",
    "Maison des Métiers de l'Estuaire", "Tremplin & Cie", "École Supérieure de Soudage Martinière",
)  # fmt: skip
CLIENTS = (
    "Fonderies de la Brèche", "Transports Quillerou", "Laiterie du Haut-Pré", "Entrepôts Novalog", "BTP Garnier Frères",
    "Conserverie de l'Anse", "Papeteries Solignac", "Menuiserie Ostermann", "Carrières du Sidobre", "Hydrotech Services",
)  # fmt: skip
INDUSTRIES = (
    "Usinage Pyrénées Précision", "Chaudronnerie Delaunoy", "Aérostructures Lambertin", "Mécaprotec Loire",
    "Forges du Val d'Or", "Robinetterie Marchal", "Électrobobinage Saunier", "Tôlerie Fine Berthelot",
)  # fmt: skip
FUNDERS = ("OPCO Mécanique et Métaux", "OPCO des Industries", "Opco Interbranches")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A company with all that its papers print. ``nda`` is empty for who trains nobody."""

    name: str
    siret: str
    street: str
    postcode: str
    town: str
    nda: str
    iban: str
    manager: Person
    quality: str
    headcount: int = 40

    @property
    def address(self) -> str:
        return f"{self.street}, {self.postcode} {self.town}"


QUALITIES = ("Directeur", "Gérante", "Présidente", "Responsable pédagogique", "Directrice d'agence", "Gérant")


def organisation(rng: random.Random, names: tuple[str, ...], trains: bool = False) -> Organisation:
    """A company whose name is one of ``names``."""
    department, region, postcode, town = rng.choice(TOWNS)
    return Organisation(
        name=rng.choice(names),
        siret=identifiers.siret(rng),
        street=f"{rng.randint(1, 180)} {rng.choice(('', '', 'bis '))}{rng.choice(STREETS)}",
        postcode=postcode,
        town=town,
        nda=identifiers.nda(rng, region, department) if trains else "",
        iban=identifiers.iban(rng),
        manager=person(rng, 1962, 1990),
        quality=rng.choice(QUALITIES),
        headcount=rng.randint(12, 260),
    )

"""Invents coherent dossiers: everything agrees, all pieces are there; a scenario then spoils one thing."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dossier import requests as agreed
from dossier.kinds import Kind
from dossier.quantities import Minutes, price_of
from dossier.requests import LineKind, PayeeKind, Place, ProgrammeName, TraineeStatus
from dossier.schemes import SCHEMES, Scheme
from samples import organisations, people, plan
from samples.dossiers import Dossier, Piece
from samples.facts import Billing, Facts, Work
from samples.organisations import Organisation, organisation

TITLES = (
    "CACES R482 engins de chantier catégories A et F", "Agent de fabrication polyvalent", "Conduite d'installations automatisées",
    "Titre professionnel Préparateur de commandes", "Soudage semi-automatique – perfectionnement", "Monteur câbleur en électrotechnique",
    "Aide à domicile : gestes et postures", "Habilitations électriques B1V-BR", "Magasinier cariste d'entrepôt", "Opérateur en agroalimentaire",
    "Nettoyage industriel et bionettoyage", "Savoirs de base : lire, écrire, compter au travail",
)  # fmt: skip
CQPM = (
    "CQPM Tourneur industriel", "CQPM Assembleur monteur de systèmes mécanisés", "CQPM Fraiseur industriel", "CQPI Animateur d'équipe",
    "CQPM Agent logistique", "CQPM Contrôleur en métrologie dimensionnelle", "CQPI Technicien de la qualité", "CQPM Ajusteur-monteur aéronautique",
)  # fmt: skip
LIMIT = dt.date(2024, 6, 30)
"""Last filing day of the 80 % share of the overrun; 30 % since (FPETT board of 16/05/2024)."""


def _at(day: dt.date, rng: random.Random) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(rng.randint(9, 16), rng.randrange(60)))


def employer_of(who: Organisation) -> agreed.Employer:
    return agreed.Employer(who.name, who.siret, who.headcount, who.iban)


def provider_of(who: Organisation) -> agreed.Provider:
    return agreed.Provider(who.name, who.siret, who.nda, who.iban)


class Maker:
    """One seed, many dossiers; each draws from its own stream, so that none changes another."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.count = 0

    def stream(self, scenario: str) -> random.Random:
        self.count += 1
        return random.Random(f"{self.seed}|{scenario}|{self.count}")

    def _number(self, rng: random.Random) -> str:
        return f"{self.seed % 10}{self.count % 1000:03d}{rng.randrange(100):02d}"

    def temporary(
        self,
        scenario: str,
        *,
        scheme: Scheme = SCHEMES["cipi"],
        status: TraineeStatus = TraineeStatus.INTERIMAIRE,
        proof: str = "certificate",
        hours: int | None = None,
        start: dt.date | None = None,
        price: str = "27.00",
        overrun: bool = False,
        ceiling: str = "5000.00",
        place: Place = Place.PROVIDER,
        programmes: tuple[ProgrammeName, ...] = (),
    ) -> Dossier:
        """A CIPI or CDPI. ``proof``: certificate, sheets or both. ``overrun``: agreed, billed and claimed."""
        rng = self.stream(scenario)
        hours = hours or (
            rng.choice((70, 77, 84, 91, 98, 105)) if scheme.id == "cipi" else rng.choice((140, 147, 161))
        )
        minutes = Minutes(hours * 60)
        start = plan.next_open(start or dt.date(2026, rng.randint(1, 6), rng.randint(2, 26)))
        slots = plan.half_days(rng, start, minutes)
        end = slots[-1].date
        submitted = plan.next_open(start, -rng.randint(4, 12))
        granted = plan.next_open(submitted, 1)
        sent = plan.next_open(granted, rng.randint(1, 8))
        employer = organisation(rng, organisations.AGENCIES)
        provider = organisation(rng, organisations.PROVIDERS, trains=True)
        trainee = people.person(rng)
        crowd = people.people(rng, rng.randint(3, 6), but=(trainee.last,))
        ref = f"{scheme.id.upper()}-{start.year}-{self._number(rng)}"
        rate, unit = Decimal("27.00"), Decimal(price)
        share = Decimal("0.80") if submitted <= LIMIT else Decimal("0.30")
        over = price_of(minutes, unit) - price_of(minutes, rate)
        facts = Facts(
            ref=ref, trainee=trainee, employer=employer, provider=provider, client=organisation(rng, organisations.CLIENTS),
            trainer=crowd[0], title=rng.choice(TITLES), start=start, end=end, minutes=minutes, planned=minutes,
            issued_on=plan.next_open(end, rng.randint(0, 3)), slots=slots, others=crowd[1:], price=unit,
            cdii=status is TraineeStatus.CDII,
        )  # fmt: skip
        lines = [agreed.ClaimLine(LineKind.TRAINING_HOURS, hours=minutes)]
        if overrun:
            lines.append(agreed.ClaimLine(LineKind.OVERRUN, amount=over))
        request = agreed.Request(
            ref=ref, scheme=scheme, trainee=agreed.Trainee(trainee.last, trainee.first, trainee.birth, status),
            employer=employer_of(employer), provider=provider_of(provider),
            training=agreed.Training(facts.title, start, end, minutes, place, False),
            granted=agreed.Grant(rate, share if overrun else None, Decimal(ceiling) if overrun else None,
                                 price_of(minutes, rate) + (Decimal(ceiling) if overrun else 0)),
            payee=PayeeKind.EMPLOYER, drf=agreed.FundReservation(_at(submitted, rng), _at(granted, rng)),
            contract_sent_at=_at(sent, rng), programmes=programmes,
        )  # fmt: skip
        filed = plan.next_open(facts.issued_on, rng.randint(2, 9))
        claim = agreed.Claim(f"{ref}-1", ref, _at(filed, rng), agreed.Period(start, end), tuple(lines))
        dossier = Dossier(scenario, rng, request, claim, facts)
        mission = plan.next_open(end + dt.timedelta(days=2))
        papers = replace(facts, issued_on=plan.next_open(granted))
        dossier.pieces = [
            Piece(Kind.CIPI_CONTRACT, papers), Piece(Kind.TRAINING_AGREEMENT, replace(papers, issued_on=submitted)), Piece(Kind.PROGRAMME, papers),
            Piece(Kind.MISSION_CONTRACT, replace(facts, start=mission, end=mission + dt.timedelta(days=rng.randint(18, 60)), issued_on=mission)),
        ]  # fmt: skip
        if proof in ("certificate", "both"):
            dossier.add(Kind.CERTIFICATE, facts)
        if proof in ("sheets", "both"):
            dossier.add(Kind.ATTENDANCE_SHEET, facts)
        if overrun:
            dossier.add(Kind.INVOICE, replace(facts, billing=self.billing(rng, unit)))
        if rng.random() < 0.2:
            dossier.add(Kind.OTHER, facts)
        return dossier

    def billing(self, rng: random.Random, unit: Decimal, **more: Any) -> Billing:
        number = rng.choice(
            (
                f"FA{rng.randrange(1000, 99999)}",
                f"26-{rng.randrange(100, 9999):04d}",
                f"F-2026-{rng.randrange(100, 999)}",
            )
        )
        return Billing(number, unit, **more)

    def professional(
        self,
        scenario: str,
        *,
        payee: PayeeKind = PayeeKind.PROVIDER,
        status: TraineeStatus = TraineeStatus.EMPLOYEE,
        kind: str = "cdd",
        months: int = 12,
        training: int | None = None,
        distance: bool = False,
        group: bool = False,
        qualification: str | None = None,
        qualification_kind: str | None = None,
    ) -> Dossier:
        """A contrat de professionnalisation and the claim for its first weeks."""
        rng = self.stream(scenario)
        planned = Minutes(60 * (training or rng.choice((350, 364, 385, 399, 420))))
        begin = plan.next_open(dt.date(2025, rng.randint(9, 11), rng.randint(1, 25)))
        end = dt.date(
            begin.year + (begin.month + months - 1) // 12,
            (begin.month + months - 1) % 12 + 1,
            min(begin.day, 28),
        ) - dt.timedelta(days=1)
        first = plan.next_open(begin + dt.timedelta(days=rng.randint(5, 14)))
        done = Minutes(60 * rng.choice((56, 63, 70, 77, 84)))
        slots = plan.half_days(rng, first, done, weekdays=rng.choice(((0, 1), (2, 3), (3, 4), (0, 1, 2))))
        last = slots[-1].date
        employer = replace(organisation(rng, organisations.INDUSTRIES), headcount=rng.randint(20, 240))
        provider = organisation(rng, organisations.PROVIDERS, trains=True)
        old = status in (TraineeStatus.JOBSEEKER, TraineeStatus.DISABLED, TraineeStatus.MINIMUM_INCOME)
        trainee = people.person(rng, 1975, 1994) if old else people.person(rng, 2002, 2006)
        crew = people.people(rng, 6, but=(trainee.last,))
        title = qualification or rng.choice(CQPM)
        ref = f"CP-{begin.year}-{self._number(rng)}"
        signed_on = plan.next_open(begin, -rng.randint(2, 8))
        training_end = first + dt.timedelta(days=rng.randint(150, 210))
        rate = Decimal("25.00")
        work = Work(kind, begin, end, signed_on, title, Minutes(planned // 5 // 60 * 60), crew[1])
        facts = Facts(
            ref=ref, trainee=trainee, employer=employer, provider=provider, client=organisation(rng, organisations.CLIENTS), trainer=crew[0],
            title=title, start=first, end=last, minutes=done, planned=planned, issued_on=plan.next_open(last, rng.randint(1, 4)), slots=slots,
            others=crew[2:], price=rate, distance=distance, work=work,
        )  # fmt: skip
        filed = plan.next_open(facts.issued_on, rng.randint(4, 12))
        request = agreed.Request(
            ref=ref, scheme=SCHEMES["contrat_pro"], trainee=agreed.Trainee(trainee.last, trainee.first, trainee.birth, status),
            employer=employer_of(employer), provider=provider_of(provider),
            training=agreed.Training(title, first, training_end, planned, Place.PROVIDER, distance),
            granted=agreed.Grant(rate, None, None, price_of(planned, rate) + 2500), payee=payee, contract_sent_at=_at(plan.next_open(begin, 2), rng),
            contract=agreed.ProContract(kind, begin, end, signed_on, months, Minutes(35 * 60), title, qualification_kind or title[:4].lower(), group,
                                        agreed.Tutor(work.tutor.last, work.tutor.first, signed_on - dt.timedelta(days=rng.randint(60, 700))),
                                        group=agreed.EmployersGroup(9, 2) if group else None),
        )  # fmt: skip
        claim = agreed.Claim(
            f"{ref}-1",
            ref,
            _at(filed, rng),
            agreed.Period(first, last),
            (agreed.ClaimLine(LineKind.TRAINING_HOURS, hours=done),),
        )
        dossier = Dossier(scenario, rng, request, claim, facts)
        whole = replace(facts, start=first, end=training_end, issued_on=signed_on)
        billing = self.billing(rng, rate)
        if payee is PayeeKind.EMPLOYER:
            billing = replace(billing, paid_on=plan.next_open(facts.issued_on, 2))
        else:
            billing = replace(billing, to=organisation(rng, organisations.FUNDERS))
        dossier.pieces = [
            Piece(Kind.CERFA, whole), Piece(Kind.TRAINING_AGREEMENT, whole), Piece(Kind.PROGRAMME, whole), Piece(Kind.CALENDAR, whole),
            Piece(Kind.DISTANCE_EVIDENCE if distance else Kind.ATTENDANCE_SHEET, facts), Piece(Kind.INVOICE, replace(facts, billing=billing)),
        ]  # fmt: skip
        if old:
            dossier.add(Kind.SITUATION_PROOF, whole)
        if payee is PayeeKind.PROVIDER and rng.random() < 0.3:
            dossier.add(Kind.BANK_DETAILS, facts)
        return dossier


def sample_facts(rng: random.Random, kind: Kind) -> Facts:
    """Facts good for drawing any one document of ``kind``."""
    maker = Maker(rng.randrange(1000))
    pro = kind in (
        Kind.CERFA,
        Kind.CALENDAR,
        Kind.TUTOR_CERTIFICATE,
        Kind.TERMINATION,
        Kind.CERTIFICATION_RECORD,
    )
    made = maker.professional("one") if pro else maker.temporary("one", proof="both")
    facts = made.facts
    billing = maker.billing(rng, Decimal("31.50"), paid_on=facts.issued_on if rng.random() < 0.4 else None)
    return replace(
        facts,
        billing=billing,
        valid_from=facts.start,
        valid_to=facts.start + dt.timedelta(days=900),
        happened_on=facts.start,
    )

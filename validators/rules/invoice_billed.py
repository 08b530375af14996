"""Invoices: what they bill and when, whether each is one, bills once, and is to be paid where agreed."""

from __future__ import annotations

from dossier.decision import Effect
from dossier.quantities import Minutes, amount_text, hours_text
from dossier.requests import PayeeKind
from validators.answers import Answer, broken, cannot_tell, day, duration, euros, holds, listed
from validators.doubt import Wrong, doubtful, hours_doubts, judged
from validators.facts import Facts
from validators.facts_invoice import last_day_billed, nature, number_key, number_of
from validators.facts_pieces import date, evidence_of_piece, text, value
from validators.identifiers import iban_key
from validators.registry import ALL, rule
from validators.rules.invoice import JUDGED, SECTION, needed

FOLLOWED = "Code du travail, art. L6354-1 (heures non suivies)"
TERMS = "Code du travail, art. R6332-25 (paiement après exécution)"
OTHERS = {"quote": "un devis", "pro_forma": "une facture pro forma", "order": "un bon de commande"}


@rule(
    "invoice.hours",
    Effect.REDUCE,
    title="Les heures facturées ne dépassent pas les heures prouvées",
    source=FOLLOWED,
    family=ALL,
    section=SECTION,
)
def billed_hours(facts: Facts) -> Answer | None:
    billed, proven = facts.invoices.billed, facts.proven.best
    if billed is None or not facts.has_proof or not needed(facts):
        return None
    if billed <= proven + facts.tolerance:
        return holds(hours_text(proven), hours_text(billed), facts.invoices.evidence("hours"))
    cut = facts.asks_overrun or facts.payable_hours < min(facts.declared, facts.remaining)
    places = facts.invoices.evidence("hours")
    return broken(
        f"{duration(billed)} sont facturées et {duration(proven)} sont prouvées. Les heures prouvées sont "
        "retenues ; "
        "les heures non suivies ne sont pas finançables.",
        hours_text(proven),
        hours_text(Minutes(billed)),
        places,
        effect=None if cut else Effect.INFORM,
        doubtful=(*doubtful(facts, places), *hours_doubts(facts)) if cut else (),
    )


@rule(
    "invoice.not_training",
    Effect.REDUCE,
    title="Absences, annulations et indemnités laissées de côté",
    source=f"{FOLLOWED} ; indemnités et dédits non finançables",
    family=ALL,
    section=SECTION,
)
def not_training(facts: Facts) -> Answer | None:
    if not facts.invoices.serving:
        return None
    billed = facts.invoices.not_training
    if billed <= 0:
        return holds("de la formation seule")
    places = facts.invoices.evidence("not_training_amount")
    return broken(
        f"La facture comprend {euros(billed)} qui ne sont pas de la formation (absence, annulation, "
        "indemnité). Cette "
        "somme n’est pas finançable et n’est pas retenue.",
        "0.00",
        amount_text(billed),
        places,
        effect=None if facts.asks_overrun else Effect.INFORM,
        doubtful=doubtful(facts, places) if facts.asks_overrun else (),
    )


@rule(
    "invoice.duplicate",
    Effect.REJECT,
    title="Facture jamais payée ni présentée ailleurs",
    source=JUDGED,
    family=ALL,
    section=SECTION,
)
def duplicate(facts: Facts) -> Answer | None:
    numbers = [
        (piece, read) for piece in facts.invoices.serving if (read := text(piece, "number")) and read.value
    ]
    if not numbers:
        if not facts.invoices.serving or not needed(facts):
            return None
        return cannot_tell(
            "Le numéro de la facture ne se lit pas. Vérifier qu’elle n’a pas déjà été payée.",
            [evidence_of_piece(piece) for piece in facts.invoices.serving],
            decides=True,
            expected="une facture non payée",
        )
    around = facts.case.surroundings.invoices
    for paid in (True, False):
        wrong, elsewhere = [], []
        for piece, read in numbers:
            same = [one for one in around if one.paid is paid and number_key(one.number) == number_of(piece)]
            before = paid and number_of(piece) in facts.invoices.paid_before
            if same or before:
                wrong.append(Wrong(read.value or "", read.evidence))
                elsewhere += [one.claim or one.request for one in same] or [facts.request.ref]
        if wrong and paid:
            message = (
                f"La facture {{found}} a déjà été payée ({listed(elsewhere)}) : elle ne peut pas l’être "
                "deux fois."
            )
            return judged(facts, wrong, message, "une facture non payée", noise_too=True)
        if wrong:
            message = (
                f"La facture {{found}} est aussi présentée ailleurs ({listed(elsewhere)}). Vérifier les "
                "deux demandes."
            )
            return judged(
                facts, wrong, message, "une facture pour une demande", effect=Effect.REVIEW, noise_too=True
            )
    return holds("une facture non payée", evidence=[read.evidence for _, read in numbers])


@rule(
    "invoice.after_training",
    Effect.REVIEW,
    title="Facture établie le dernier jour facturé ou après",
    source=TERMS,
    family=ALL,
    section=SECTION,
)
def after_training(facts: Facts) -> Answer | None:
    wrong, seen, ends = [], [], []
    for piece in facts.invoices.serving:
        issued, last = date(piece, "issue_date"), last_day_billed(piece, facts.last_day)
        if issued is None or issued.value is None or last is None:
            continue
        seen.append(issued.evidence)
        if issued.value < last:
            ends.append(last)
            wrong.append(Wrong(day(issued.value), issued.evidence))
    if not seen:
        return None
    if not wrong:
        return holds("le dernier jour facturé ou après", evidence=seen)
    last = max(ends)
    message = (
        f"La facture est datée du {{found}}, avant le dernier jour de formation, le {day(last)}. Vérifier."
    )
    return judged(facts, wrong, message, f"le {day(last)} ou après")


@rule(
    "invoice.real",
    Effect.MISSING,
    title="Une facture, et non un devis, une pro forma ou un avoir",
    source=JUDGED,
    family=ALL,
    section=SECTION,
)
def real(facts: Facts) -> Answer | None:
    invoices = facts.invoices
    if not needed(facts):
        return None
    if invoices.credit_notes:
        names = listed(value(text(piece, "number")) or "avoir" for piece in invoices.credit_notes)
        return broken(
            f"Un avoir est transmis ({names}). Vérifier quelle facture il annule et ce qui reste dû.",
            "une facture",
            "un avoir",
            [evidence_of_piece(piece) for piece in invoices.credit_notes],
            effect=Effect.REVIEW,
        )
    if invoices.others:
        names = listed(OTHERS.get(nature(piece), "un autre document") for piece in invoices.others)
        only = not invoices.serving
        ask = "Merci de transmettre la facture." if only else "La facture transmise par ailleurs est retenue."
        natures = [read for piece in invoices.others if (read := text(piece, "nature"))]
        return broken(
            f"La pièce transmise est {names} et ne vaut pas facture. {ask}",
            "une facture",
            names,
            [read.evidence for read in natures],
            effect=None if only else Effect.INFORM,
        )
    return (
        holds("une facture", evidence=[evidence_of_piece(p) for p in invoices.serving])
        if invoices.serving
        else None
    )


@rule(
    "invoice.iban",
    Effect.REVIEW,
    title="L’IBAN est celui du dossier",
    source=JUDGED,
    family=ALL,
    section=SECTION,
)
def iban(facts: Facts) -> Answer | None:
    if facts.request.payee is not PayeeKind.PROVIDER:
        return None
    agreed = iban_key(facts.request.provider.iban)
    reads = [read for piece in facts.invoices.serving if (read := text(piece, "iban")) and read.value]
    if not reads:
        return cannot_tell("L’IBAN ne se lit pas sur la facture.") if facts.invoices.serving else None
    wrong = [Wrong(read.value or "", read.evidence) for read in reads if iban_key(read.value or "") != agreed]
    if not wrong:
        return holds(agreed, evidence=[read.evidence for read in reads])
    return judged(
        facts,
        wrong,
        "L’IBAN de la facture n’est pas celui du dossier : {found}. Le confirmer auprès de l’organisme par "
        "un autre "
        "moyen que la facture.",
        agreed,
    )


@rule(
    "invoice.xml_matches_page",
    Effect.REVIEW,
    title="La facture électronique dit la même chose que la page",
    source="Norme Factur-X (EN 16931) ; choix de la maison",
    family=ALL,
    section=SECTION,
)
def xml_matches_page(facts: Facts) -> Answer | None:
    differing = [piece for piece in facts.pieces.all if piece.part.disagreements]
    if not differing:
        return holds("la même facture") if facts.invoices.serving else None
    found = listed(
        f"{one.name} : {one.on_page} sur la page, {one.in_xml} dans le fichier"
        for piece in differing
        for one in piece.part.disagreements
    )
    return broken(
        f"La facture électronique jointe et la page visible diffèrent ({found}). Vérifier auprès de "
        "l’organisme.",
        "la même facture",
        found,
        [evidence_of_piece(piece) for piece in differing],
    )

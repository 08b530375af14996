"""The payment file: ISO 20022 pain.001.001.09, a SEPA credit transfer for each claim that is paid.

Reads decisions, writes one file. On failure nothing is written: a batch goes out whole or not at all.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lxml import etree
from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException
from sepaxml import SepaTransfer
from sepaxml.validation import try_valid_xml

from dossier.decision import Decision, Verdict
from dossier.quantities import cents
from publishing.identifiers import plain_id
from publishing.sepa_text import sepa_text
from publishing.target import target_day

SCHEMA = "pain.001.001.09"
_NAMESPACE = {"p": f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"}
_LONGEST_ID, _LONGEST_NAME, _LONGEST_TEXT = 35, 70, 140
_MOST = Decimal("999999999.99")


@dataclass(frozen=True, slots=True)
class Debtor:
    """Whose account pays. ``bic`` may be empty: within the SEPA the IBAN is enough."""

    name: str
    iban: str
    bic: str


class Unpayable(ValueError):
    """The batch holds what no payment file may hold; names claims, never an account."""


class OtherBatch(ValueError):
    """Another content already went out under this batch's id."""


def unpayable(decision: Decision) -> str | None:
    """Why no transfer could be made of a paid decision, in French; None if one can.

    For whoever decides: such a decision belongs to a person. `write_payments` refuses a batch that holds one.
    """
    if (problem := _account_problem(decision.payee.iban)) is not None:
        return problem
    if not sepa_text(decision.payee.name, _LONGEST_NAME):
        return "le nom du bénéficiaire ne peut pas s’écrire dans un virement"
    if decision.amount != cents(decision.amount) or decision.amount > _MOST:
        return "le montant n’est pas celui d’un virement"
    return None


def write_payments(
    path: Path,
    batch_id: str,
    execution_date: dt.date,
    released: Sequence[Decision],
    debtor: Debtor,
    created_at: dt.datetime | None = None,
) -> None:
    """Write the batch's transfers to ``path``: one for each decision to pay with an amount above zero.

    The same batch gives the same bytes. Transfers are executed on the first TARGET day from
    ``execution_date``; ``created_at`` is when the batch was made (default: that day at midnight). Where
    nothing is to be paid there is no file, for a pain.001 without a transfer isn't valid
    (docs/decisions/0007). An earlier batch that stands at ``path`` is kept beside it under its own id.

    Raises `Unpayable` for an account, name or amount that no transfer can have and for a claim named twice,
    `OtherBatch` where the batch id already stands for other transfers, and sepaxml's ``ValidationError``.
    """
    content = payment_file(batch_id, execution_date, released, debtor, created_at)
    _keep_earlier(path, plain_id(batch_id, _LONGEST_ID), content)
    if content is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def payment_file(
    batch_id: str,
    execution_date: dt.date,
    released: Sequence[Decision],
    debtor: Debtor,
    created_at: dt.datetime | None = None,
) -> bytes | None:
    """The bytes that `write_payments` writes; None where nothing is to be paid. Raises what that raises but
    `OtherBatch`.
    """
    paid = sorted((d for d in released if d.verdict is Verdict.PAY and d.amount > 0), key=lambda d: d.claim)
    _refuse_unpayable(paid, debtor)
    day = target_day(execution_date)
    made = created_at or dt.datetime.combine(day, dt.time())
    return _document(paid, debtor, plain_id(batch_id, _LONGEST_ID), day, made) if paid else None


def _account_problem(iban: str) -> str | None:
    try:
        account = IBAN(iban)
    except SchwiftyException:
        return "l’IBAN du bénéficiaire n’est pas valide"
    return None if account.in_sepa_zone else "l’IBAN du bénéficiaire n’est pas de la zone SEPA"


def _refuse_unpayable(paid: Sequence[Decision], debtor: Debtor) -> None:
    twice = sorted(claim for claim, times in Counter(d.claim for d in paid).items() if times > 1)
    if twice:
        raise Unpayable(f"claims named twice in one batch: {', '.join(twice)}")
    refused = [f"{d.claim}: {problem}" for d in paid if (problem := unpayable(d)) is not None]
    if refused:
        raise Unpayable(f"no transfer can be made of {'; '.join(refused)}")
    if _account_problem(debtor.iban) is not None or not sepa_text(debtor.name, _LONGEST_NAME):
        raise Unpayable("the debtor's account or name is not valid")
    try:
        if debtor.bic:
            BIC(debtor.bic)
    except SchwiftyException:
        raise Unpayable("the debtor's BIC is not valid") from None


def _document(
    paid: Sequence[Decision], debtor: Debtor, message_id: str, day: dt.date, made: dt.datetime
) -> bytes:
    """The file's bytes, valid against the schema."""
    config: dict[str, object] = {
        "name": sepa_text(debtor.name, _LONGEST_NAME),
        "IBAN": IBAN(debtor.iban).compact,
        "batch": True,
        "currency": "EUR",
    }
    if debtor.bic:
        config["BIC"] = BIC(debtor.bic).compact
    transfer = SepaTransfer(config, schema=SCHEMA, clean=False)  # our own cleaning keeps to the character set
    for decision in paid:
        transfer.add_payment(
            {
                "name": sepa_text(decision.payee.name, _LONGEST_NAME),
                "IBAN": IBAN(decision.payee.iban).compact,
                "amount": int(decision.amount * 100),
                "execution_date": day,
                "description": sepa_text(f"FORMATION {decision.request} {decision.claim}", _LONGEST_TEXT),
                "endtoend_id": plain_id(decision.claim, _LONGEST_ID),
            }
        )
    document = etree.fromstring(transfer.export(validate=False))
    # sepaxml draws these at random and from the clock: written again, it would be another batch to the bank
    _element(document, "p:GrpHdr/p:MsgId").text = message_id
    _element(document, "p:GrpHdr/p:CreDtTm").text = made.isoformat(timespec="seconds")
    _element(document, "p:PmtInf/p:PmtInfId").text = message_id
    if not debtor.bic:
        agent = _element(document, "p:PmtInf/p:DbtrAgt/p:FinInstnId")
        other = etree.SubElement(agent, f"{{{_NAMESPACE['p']}}}Othr")
        etree.SubElement(other, f"{{{_NAMESPACE['p']}}}Id").text = "NOTPROVIDED"
    etree.indent(document)
    content: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8") + b"\n"
    try_valid_xml(content, SCHEMA)
    return content


def _element(document: etree._Element, where: str) -> etree._Element:
    element = document.find(f"p:CstmrCdtTrfInitn/{where}", _NAMESPACE)
    if element is None:
        raise LookupError(f"sepaxml wrote no {where}")
    return element


def _keep_earlier(path: Path, message_id: str, content: bytes | None) -> None:
    """Set an earlier batch at ``path`` aside under its own id: it may not have gone to the bank yet."""
    if not path.exists():
        return
    earlier = path.read_bytes()
    if earlier == content:
        return
    try:
        its_id = etree.fromstring(earlier).findtext("p:CstmrCdtTrfInitn/p:GrpHdr/p:MsgId", "", _NAMESPACE)
    except etree.XMLSyntaxError:
        raise OtherBatch(f"{path.name} stands there and is no payment file") from None
    if its_id == message_id:
        raise OtherBatch(f"batch {message_id} already stands in {path.name} with other transfers")
    path.replace(path.with_name(f"{path.stem}-{plain_id(its_id, _LONGEST_ID)}{path.suffix}"))

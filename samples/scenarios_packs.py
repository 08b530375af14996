"""How dossiers come: in one PDF, in an archive, by mail, twice, unreadable, spoilt."""

from __future__ import annotations

from dossier.kinds import Kind
from samples.dossiers import Dossier, Raw
from samples.maker import Maker
from samples.scenarios import scenario
from samples.scenarios_temporary import minutes_of, overrun_share


def packed(make: Maker, name: str, pack: str) -> Dossier:
    dossier = make.temporary(name, proof="both")
    dossier.pack = pack
    return dossier.pays(minutes_of(dossier))


@scenario
def all_in_one_pdf(make: Maker, name: str) -> Dossier:
    return packed(make, name, "one_pdf")


@scenario
def all_in_one_zip(make: Maker, name: str) -> Dossier:
    return packed(make, name, "zip")


@scenario
def all_in_one_mail(make: Maker, name: str) -> Dossier:
    return packed(make, name, "eml")


@scenario
def agreement_as_word_file(make: Maker, name: str) -> Dossier:
    """The parties pasted pictures of their signatures into the DOCX."""
    dossier = make.temporary(name)
    dossier.piece(Kind.TRAINING_AGREEMENT).form = "docx"
    return dossier.pays(minutes_of(dossier))


@scenario
def certificate_filed_twice(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    dossier.twice = Kind.CERTIFICATE
    return dossier.pays(minutes_of(dossier))


@scenario
def invoice_at_the_root(make: Maker, name: str) -> Dossier:
    """The provider put its invoice beside the folders: the request number on it says whose it is."""
    dossier = make.temporary(name, price="34.00", overrun=True)
    invoice = dossier.piece(Kind.INVOICE)
    invoice.level, invoice.channel = "root", "native"
    return dossier.pays(minutes_of(dossier), overrun_share(dossier))


@scenario
def certificate_scanned_black(make: Maker, name: str) -> Dossier:
    dossier = make.temporary(name)
    dossier.black = Kind.CERTIFICATE
    return dossier.incomplete(["reading.unreadable"], accept=["review"])


def spoilt(make: Maker, name: str, how: str) -> Dossier:
    dossier = make.temporary(name)
    dossier.broken = (Kind.CERTIFICATE, how)
    return dossier.incomplete(["reading.unreadable", "pieces.attendance_proof"], accept=["review"])


@scenario
def certificate_encrypted(make: Maker, name: str) -> Dossier:
    return spoilt(make, name, "encrypted")


@scenario
def certificate_cut_off(make: Maker, name: str) -> Dossier:
    return spoilt(make, name, "truncated")


@scenario
def a_file_that_is_no_document(make: Maker, name: str) -> Dossier:
    """Something else lies beside complete pieces."""
    dossier = make.temporary(name)
    dossier.raws.append(Raw("Thumbs.db", bytes((i * 37 + 11) % 251 for i in range(2048))))
    return dossier.pays(minutes_of(dossier))

"""From one file to one document: every page accounted for, every fault contained."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from dossier.kinds import Kind
from dossier.reading import PageState, ReadBy, Status
from extractors import reading as module
from extractors.candidate import Reading
from extractors.leaf import Leaf
from extractors.opening import Limits, ToolMissing
from extractors.reading import read

CERTIFICATE = (
    "CERTIFICAT DE RÉALISATION",
    "Je soussignée Jeanne MOREAU, directrice de l'organisme Delta Formation, atteste que",
    "Mme Zoé DURAND, salariée de l'entreprise Omega Intérim, a suivi l'action « Soudage »",
    "qui s'est déroulée du 02/03/2026 au 13/03/2026 pour une durée de 70 heures.",
    "Fait à Brest, le 16/03/2026",
)
PROGRAMME = (
    "PROGRAMME DE FORMATION",
    "Objectifs pédagogiques : préparer un joint, régler le poste, souder à plat et en angle.",
    "Contenu : sécurité, réglages, pratique en atelier. Prérequis : aucun. Public : opérateurs.",
    "Moyens et modalités : atelier équipé, formateur expérimenté, évaluation par la pratique.",
)


def pdf(*pages: Sequence[str]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 18 if number == 0 else 11)
            canvas.drawString(60, 760 - 28 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_file_of_several_documents() -> None:
    document = read("envoi.pdf", pdf(CERTIFICATE, PROGRAMME))
    assert document.status is Status.READ
    assert document.pages == 2
    assert [(part.kind, part.pages) for part in document.parts] == [
        (Kind.CERTIFICATE, (1,)),
        (Kind.PROGRAMME, (2,)),
    ]
    assert [account.number for account in document.accounts] == [1, 2]
    assert document.parts[0].fields["trainee_last_name"].value == "DURAND"


def test_a_blank_page_belongs_to_no_part_and_is_accounted_for() -> None:
    document = read("envoi.pdf", pdf(CERTIFICATE, (), PROGRAMME))
    assert [part.pages for part in document.parts] == [(1,), (3,)]
    assert [account.state for account in document.accounts] == [
        PageState.READ,
        PageState.BLANK,
        PageState.READ,
    ]


def test_a_file_of_blank_pages_is_read_and_says_nothing() -> None:
    document = read("vide.pdf", pdf(()))
    assert (document.status, document.parts, document.pages) == (Status.READ, (), 1)
    assert document.accounts[0].state is PageState.BLANK


def test_two_certificates_are_two_parts() -> None:
    other = (*CERTIFICATE[:2], CERTIFICATE[2].replace("Mme Zoé DURAND", "M. Luc PETIT"), *CERTIFICATE[3:])
    document = read("lot.pdf", pdf(CERTIFICATE, other))
    assert [part.pages for part in document.parts] == [(1,), (2,)]
    assert [part.fields["trainee_last_name"].value for part in document.parts] == ["DURAND", "PETIT"]


def test_the_same_words_in_other_bytes_have_one_fingerprint() -> None:
    first = read("a.pdf", pdf(CERTIFICATE))
    again = read("b.pdf", pdf(CERTIFICATE).replace(b"ReportLab", b"SomeOther"))
    other = read(
        "c.pdf", pdf((*CERTIFICATE[:3], "qui s'est déroulée du 02/03/2026 au 13/03/2026, 63 heures."))
    )
    assert first.sha256 != again.sha256
    assert first.parts[0].fingerprint == again.parts[0].fingerprint != ""
    assert other.parts[0].fingerprint != first.parts[0].fingerprint


def test_too_few_words_are_no_fingerprint() -> None:
    page = Image.new("RGB", (1654, 2339), "white")
    ImageDraw.Draw(page).text((200, 300), "FACTURE", fill="black", font_size=90)
    out = io.BytesIO()
    page.save(out, "PNG", dpi=(200, 200))
    document = read("photo.png", out.getvalue())
    assert all(part.fingerprint == "" for part in document.parts)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\nrubbish", "broken"),
        (b"\x89PNG\r\n\x1a\nrubbish", "broken"),
        (b"MZ\x90\x00\x03", "not_a_document"),
        (b"<note>rien</note>", "not_a_document"),
    ],
)
def test_what_can_not_be_read_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    document = read("x", data)
    assert document.status is Status.REFUSED
    assert document.reason is not None
    assert document.reason.startswith(f"{reason}: ")
    assert (document.pages, document.parts) == (0, ())


def test_an_archive_handed_to_the_reading_says_what_it_is() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("a.pdf", pdf(CERTIFICATE))
    assert str(read("a.zip", held.getvalue()).reason).startswith("not_a_document: an archive")
    assert str(read("a.zip", held.getvalue()[:-25]).reason).startswith("broken: ")


def test_too_many_pages_are_refused_rather_than_cut() -> None:
    document = read("long.pdf", pdf(CERTIFICATE, PROGRAMME, PROGRAMME), Limits(pages=2))
    assert str(document.reason).startswith("too_many_pages: ")


def test_a_reader_that_fails_costs_its_fields_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(leaves: Sequence[Leaf]) -> Reading:
        raise KeyError("Mme DURAND")

    monkeypatch.setattr(module, "READERS", {**module.READERS, Kind.CERTIFICATE: failing})
    document = read("envoi.pdf", pdf(CERTIFICATE, PROGRAMME))
    first, second = document.parts
    assert (first.kind, dict(first.fields)) == (Kind.CERTIFICATE, {})
    assert first.confidence <= 0.3 < second.confidence
    assert document.accounts[0].note == "reader of certificate failed (KeyError)"
    assert document.accounts[1].note == ""


def test_pages_that_can_not_be_parted_stay_together_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(leaves: Sequence[Leaf]) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(module, "grouped", failing)
    document = read("envoi.pdf", pdf(CERTIFICATE, PROGRAMME))
    assert [(part.kind, part.pages, part.confidence) for part in document.parts] == [
        (Kind.OTHER, (1, 2), 0.0)
    ]


@pytest.mark.parametrize("fault", [MemoryError, ToolMissing])
def test_want_of_memory_or_of_a_program_is_not_the_files_fault(
    fault: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(leaves: Sequence[Leaf]) -> Reading:
        raise fault

    monkeypatch.setattr(module, "READERS", {Kind.CERTIFICATE: failing})
    with pytest.raises(fault):
        read("a.pdf", pdf(CERTIFICATE))


def test_a_scan_keeps_its_first_reading_when_there_is_no_second(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> Reading:
        raise RuntimeError

    monkeypatch.setattr(module, "confirmed", failing)
    page = Image.new("RGB", (1654, 2339), "white")
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(CERTIFICATE):
        pen.text((120, 240 + 90 * number), line, fill="black", font_size=52 if number == 0 else 34)
    out = io.BytesIO()
    page.save(out, "JPEG", dpi=(200, 200), quality=92)
    document = read("scan.jpg", out.getvalue())
    (part,) = document.parts
    assert part.kind is Kind.CERTIFICATE
    assert part.fields["trainee_last_name"].value == "DURAND"
    assert part.fields["trainee_last_name"].read_by is ReadBy.OCR
    assert "no second reading (RuntimeError)" in document.accounts[0].note


def test_every_kind_but_other_has_its_reader() -> None:
    assert set(module.READERS) == set(Kind) - {Kind.OTHER}

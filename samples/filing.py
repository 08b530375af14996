"""From a dossier's pieces to the files uploaded for it, with the truth about each."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from PIL import Image
from pypdf import PdfReader, PdfWriter

from dossier.kinds import Kind
from samples import wear, word
from samples.documents import agreement, einvoice
from samples.documents.all_kinds import FURTHER, LAYOUTS
from samples.documents.temporary_work import CIPI_LAYOUTS, LETTER_LAYOUTS
from samples.dossiers import Dossier, Piece
from samples.drawn import Drawn, Layout, draw
from samples.marred import marred, two_levels
from samples.names import file_name
from samples.style import Style, style
from samples.telling import Telling


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of the ways in which pieces come; the rest is text. ``dpi``: of scans. ``marred``: how many of the
    worn pages bear what a desk leaves on paper (`samples.marred`)."""

    scan: float
    fax: float
    photo: float
    dpi: tuple[int, ...] = (150, 200)
    marred: float = 0.0

    def channel(self, rng: random.Random) -> str:
        lot = rng.random()
        for name, share in (("scan", self.scan), ("fax", self.fax), ("photo", self.photo)):
            if lot < share:
                return name
            lot -= share
        return "native"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file under the uploads folder and its entries in the truth (several for an archive)."""

    path: str
    data: bytes
    truth: tuple[dict[str, Any], ...]


def _layouts(piece: Piece) -> Mapping[str, Layout]:
    if piece.kind is Kind.CIPI_CONTRACT:
        return LETTER_LAYOUTS if piece.facts.cdii else CIPI_LAYOUTS
    further = FURTHER.get(piece.kind, {})
    return further if piece.layout in further else LAYOUTS[piece.kind]


class Filing:
    """Files one dossier. Each house keeps its style through the dossier. ``stream`` names another lot of chances."""

    def __init__(self, dossier: Dossier, mix: Mix, stream: str = "") -> None:
        self.dossier, self.mix = dossier, mix
        self.rng = random.Random(f"{dossier.request.ref}|{dossier.claim.id}|filing{stream}")
        self.styles: dict[str, Style] = {}
        self.taken: set[str] = set()

    def _style(self, piece: Piece) -> Style:
        theirs = piece.kind in (Kind.CIPI_CONTRACT, Kind.MISSION_CONTRACT, Kind.CERFA, Kind.TERMINATION)
        house = piece.facts.employer.siret if theirs else piece.facts.provider.siret
        if house not in self.styles:
            self.styles[house] = style(random.Random(f"{house}|style"))
        return self.styles[house]

    def drawn(self, piece: Piece) -> Drawn:
        return draw(piece.kind, _layouts(piece), piece.facts, self._style(piece), self.rng, piece.layout)

    def worn(self, drawn: Drawn, channel: str) -> tuple[bytes, str]:
        """The file of a drawn document on a channel, and its suffix."""
        rng = self.rng
        dpi = 200 if channel == "fax" else rng.choice(self.mix.dpi)
        pages = wear.rendered(drawn.pdf, dpi)
        if self.mix.marred:
            pages = [marred(page, rng) if rng.random() < self.mix.marred else page for page in pages]
        if channel == "fax":
            return self._sheaf([wear.faxed(page, rng) for page in pages], dpi)
        if channel == "photo":
            picture = wear.turned(wear.photographed(pages[0], rng), rng.choice((0, 0, 0, 1, 3)))
            suffix = rng.choice((".jpg", ".jpg", ".heic", ".webp", ".png"))
            return wear.as_picture(picture, suffix, rng), suffix
        bad = rng.random() < 0.35
        quarter = rng.choice((1, 2, 3)) if rng.random() < 0.14 else 0
        scans = [wear.scanned(page, rng, bad) for page in pages]
        if self.mix.marred and rng.random() < self.mix.marred / 2:
            pictures = [two_levels(page) for page in scans]
        else:
            pictures = [Image.fromarray(page) for page in scans]
        return self._sheaf([wear.turned(picture, quarter) for picture in pictures], dpi)

    def _sheaf(self, pictures: list[Image.Image], dpi: int) -> tuple[bytes, str]:
        if self.rng.random() < 0.25:
            return wear.as_tiff(pictures, dpi), ".tif"
        quality = self.rng.choice((70, 45, 30)) if self.mix.marred else 70
        return wear.as_pdf(pictures, dpi, quality), ".pdf"

    def made(self, piece: Piece) -> tuple[bytes, str, str, list[dict[str, Any]]]:
        """A piece as a file of its own: bytes, suffix, channel, its parts."""
        if piece.form in ("ubl", "cii"):
            data = einvoice.ubl(piece.facts) if piece.form == "ubl" else einvoice.cii(piece.facts)
            part = {
                "pages": [1],
                "kind": piece.kind.value,
                "fields": einvoice.told(piece.facts, self.rng),
                "sessions": [],
            }
            return data, ".xml", "xml", [part]
        if piece.form == "docx":
            told = Telling(self.rng)
            data = word.docx(agreement.by_rows(piece.facts, self.rng, told))
            return (
                data,
                ".docx",
                "docx",
                [{"pages": [1], "kind": piece.kind.value, "fields": told.fields, "sessions": []}],
            )
        drawn = self.drawn(piece)
        if piece.form == "facturx":
            return einvoice.facturx(drawn.pdf, piece.facts), ".pdf", "native", [drawn.part()]
        channel = piece.channel or self.mix.channel(self.rng)
        if channel == "photo" and drawn.pages > 1:
            channel = "scan"
        data, suffix = (drawn.pdf, ".pdf") if channel == "native" else self.worn(drawn, channel)
        return data, suffix, channel, [drawn.part()]

    def uploads(self) -> list[Upload]:
        dossier = self.dossier
        match dossier.pack:
            case "one_pdf":
                out = [self._one_pdf()]
            case "zip" | "eml":
                out = [self._archive(dossier.pack)]
            case _:
                out = self._apart()
        for raw in dossier.raws:
            out.append(self._upload(self._place(raw.name, "claim"), raw.data, "native", [], unreadable=True))
        return out

    def _place(self, name: str, level: str | None) -> str:
        level = level or self.rng.choice(("claim", "claim", "request"))
        if level == "root":
            return name
        folder = self.dossier.request.ref
        return f"{folder}/{self.dossier.claim.id}/{name}" if level == "claim" else f"{folder}/{name}"

    def _upload(
        self, path: str, data: bytes, channel: str, parts: list[dict[str, Any]], unreadable: bool = False
    ) -> Upload:
        entry: dict[str, Any] = {
            "file": path,
            "channel": channel,
            "scenario": self.dossier.scenario,
            "parts": parts,
        }
        if unreadable:
            entry["unreadable"] = True
        return Upload(path, data, (entry,))

    def _apart(self) -> list[Upload]:
        out: list[Upload] = []
        for piece in self.dossier.pieces:
            data, suffix, channel, parts = self.made(piece)
            name = piece.name or file_name(
                piece.kind, piece.facts, suffix, channel != "native", self.rng, self.taken
            )
            path = self._place(name, piece.level)
            if piece.kind is self.dossier.black:
                page = Image.new("L", (1240, 1754), 12)
                out.append(
                    self._upload(
                        path.rsplit(".", 1)[0] + ".pdf", wear.as_pdf([page], 150), "scan", [], unreadable=True
                    )
                )
                continue
            if self.dossier.broken and piece.kind is self.dossier.broken[0]:
                out.append(
                    self._upload(
                        path.rsplit(".", 1)[0] + ".pdf",
                        spoilt(self.drawn(piece).pdf, self.dossier.broken[1]),
                        "native",
                        [],
                        unreadable=True,
                    )
                )
                continue
            out.append(self._upload(path, data, channel, parts))
            if piece.kind is self.dossier.twice:
                again = self._place(
                    file_name(piece.kind, piece.facts, suffix, True, self.rng, self.taken), "claim"
                )
                entry = {**out[-1].truth[0], "file": again, "duplicate_of": path}
                out.append(Upload(again, data, (entry,)))
        return out

    def _one_pdf(self) -> Upload:
        """All pieces in one PDF, some of them scanned."""
        writer, parts, channels = PdfWriter(), [], set()
        for piece in self.dossier.pieces:
            drawn = self.drawn(piece)
            scanned = (piece.channel or self.mix.channel(self.rng)) != "native"
            pdf = drawn.pdf
            if scanned:
                pages = [
                    Image.fromarray(wear.scanned(page, self.rng)) for page in wear.rendered(drawn.pdf, 150)
                ]
                pdf = wear.as_pdf(pages, 150)
            channels.add("scan" if scanned else "native")
            parts.append(drawn.part(len(writer.pages) + 1))
            for page in PdfReader(io.BytesIO(pdf)).pages:
                writer.add_page(page)
        out = io.BytesIO()
        writer.write(out)
        name = self.rng.choice(("dossier complet.pdf", "envoi.pdf", "pieces jointes.pdf"))
        return self._upload(
            self._place(name, "claim"),
            out.getvalue(),
            channels.pop() if len(channels) == 1 else "mixed",
            parts,
        )

    def _archive(self, form: str) -> Upload:
        """All pieces as members of a ZIP or attachments of a mail."""
        members: list[tuple[str, bytes, str, list[dict[str, Any]]]] = []
        for piece in self.dossier.pieces:
            data, suffix, channel, parts = self.made(piece)
            name = file_name(piece.kind, piece.facts, suffix, channel != "native", self.rng, self.taken)
            members.append((name, data, channel, parts))
        pack = zipped(members) if form == "zip" else mailed(members, self.dossier)
        path = self._place(f"{self.rng.choice(('envoi', 'justificatifs', 'TR pieces'))}.{form}", "claim")
        entries = (
            {"file": f"{path}!{name}", "channel": channel, "scenario": self.dossier.scenario, "parts": parts}
            for name, _, channel, parts in members
        )
        return Upload(path, pack, tuple(entries))


def zipped(members: list[tuple[str, bytes, str, list[dict[str, Any]]]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data, _, _ in members:
            archive.writestr(zipfile.ZipInfo(name, word.STILL), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def mailed(members: list[tuple[str, bytes, str, list[dict[str, Any]]]], dossier: Dossier) -> bytes:
    mail = EmailMessage()
    mail["From"] = "agence@exemple.test"
    mail["To"] = "depots@financeur.test"
    mail["Subject"] = f"Dossier {dossier.request.ref} : justificatifs"
    mail["Date"] = "Mon, 05 Jan 2026 09:00:00 +0100"
    mail.set_content("Bonjour,\n\nVous trouverez les pièces en pièces jointes.\n\nCordialement\n")
    for name, data, _, _ in members:
        kind = "pdf" if name.endswith(".pdf") else "octet-stream"
        mail.add_attachment(data, maintype="application", subtype=kind, filename=name)
    mail.set_boundary("=-servicefait-samples-0001")
    return mail.as_bytes()


def spoilt(pdf: bytes, how: str) -> bytes:
    """A file that can't be read: encrypted, truncated, empty, or no document at all."""
    match how:
        case "truncated":
            return pdf[: len(pdf) // 3]
        case "empty":
            return b""
        case "not_a_document":
            return bytes((i * 37 + 11) % 251 for i in range(4096))
        case "encrypted":
            writer = PdfWriter()
            for page in PdfReader(io.BytesIO(pdf)).pages:
                writer.add_page(page)
            writer.encrypt("à-deviner", algorithm="RC4-128")
            out = io.BytesIO()
            writer.write(out)
            return out.getvalue()
        case _:
            raise ValueError(f"no such way to spoil a file: {how}")

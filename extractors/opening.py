"""What a file is, by its bytes alone, and the limits inside which it is opened. Names are never believed."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from dossier.reading import Refusal

_MEGA = 1_000_000


class Format(StrEnum):
    """What the bytes say a file is."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    HEIC = "heic"
    WEBP = "webp"
    GIF = "gif"
    BMP = "bmp"
    XML = "xml"
    DOCX = "docx"
    ODT = "odt"
    TEXT = "text"
    ZIP = "zip"
    EML = "eml"
    UNKNOWN = "unknown"


PICTURES = frozenset({Format.JPEG, Format.PNG, Format.TIFF, Format.HEIC, Format.WEBP, Format.GIF, Format.BMP})


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond these a file is refused, not cut: a file read by half would be worse than one that is not."""

    file_bytes: int = 60 * _MEGA
    pages: int = 300
    pixels: int = 60 * _MEGA
    unpacked_bytes: int = 240 * _MEGA
    """All members of one archive together, its nested archives included."""
    members: int = 300
    depth: int = 3
    ocr_seconds: float = 40.0
    """For one page of OCR; a page that takes longer is unreadable."""


class Refused(Exception):
    """The file can't be read at all. ``detail`` is one line without personal data, for an operator."""

    def __init__(self, refusal: Refusal, detail: str) -> None:
        super().__init__(f"{refusal}: {detail}")
        self.refusal = refusal
        self.detail = detail

    def __reduce__(self) -> tuple[type[Refused], tuple[Refusal, str]]:
        """Crosses the border between processes whole."""
        return type(self), (self.refusal, self.detail)


class ToolMissing(Exception):
    """A program or its data is not installed: no document's fault, and nothing can be read until it is."""


def sniff(data: bytes) -> Format:
    """The format of ``data`` by its content."""
    head = data[:1024]
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return Format.HEIC
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip_kind(data)
    if b"%PDF-" in head:  # after the archive, whose first member may be a PDF packed as it is
        return Format.PDF
    if _looks_like_xml(head):
        return Format.XML
    if _looks_like_mail(data[:16384]):
        return Format.EML
    return Format.TEXT if _looks_like_text(data) else Format.UNKNOWN


_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"%PDF-", Format.PDF),
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"II+\x00", Format.TIFF),
    (b"MM\x00+", Format.TIFF),
    (b"GIF87a", Format.GIF),
    (b"GIF89a", Format.GIF),
    (b"BM", Format.BMP),
)

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def _zip_kind(data: bytes) -> Format:
    """A ZIP may be a letter: DOCX and ODT say so inside. Other office packages are no documents we read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = set(packed.namelist())
            if "[Content_Types].xml" in names:
                return Format.DOCX if "word/document.xml" in names else Format.UNKNOWN
            if "mimetype" in names and "content.xml" in names:
                with packed.open("mimetype") as opened:
                    mime = opened.read(100)
                return (
                    Format.ODT
                    if mime.startswith(b"application/vnd.oasis.opendocument.text")
                    else Format.UNKNOWN
                )
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return Format.ZIP
    return Format.ZIP


def _looks_like_xml(head: bytes) -> bool:
    for encoding, mark in (
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-8", b"\xef\xbb\xbf"),
    ):
        if head.startswith(mark):
            text = head[len(mark) :].decode(encoding, "replace")
            break
    else:
        text = head.decode("latin-1")
    text = text.lstrip()
    if re.match(r"<(?:!doctype\s+html|html[\s>])", text, re.IGNORECASE):
        return False
    return re.match(r"<(?:\?xml[\s?]|!--|!DOCTYPE\s|[A-Za-z_][\w.-]*(?::[\w.-]+)?[\s/>])", text) is not None


_MAIL_HEADER = re.compile(
    rb"^(from|to|cc|subject|date|received|return-path|message-id|mime-version|delivered-to|content-type|reply-to):",
    re.IGNORECASE | re.MULTILINE,
)


def _looks_like_mail(head: bytes) -> bool:
    """Opens with header lines, three of the usual ones at least, before the first empty line."""
    head = head.lstrip(b"\r\n \xef\xbb\xbf")
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    first = headers.split(b"\n", 1)[0]
    if not (first.startswith(b"From ") or re.match(rb"^[!-9;-~]+:", first)):
        return False
    return len({match.group(1).lower() for match in _MAIL_HEADER.finditer(headers)}) >= 3


def _looks_like_text(data: bytes) -> bool:
    """Decodes, has no control characters and some letters."""
    sample = data[:65536]
    if not sample.strip() or re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", sample):
        return False
    letters = len(re.findall(rb"[A-Za-z]", sample))
    return letters >= 0.3 * len(sample)


def check_size(data: bytes, limits: Limits) -> None:
    """Raises `Refused` for an empty file or one above the limit."""
    if not data:
        raise Refused(Refusal.EMPTY, "no bytes")
    if len(data) > limits.file_bytes:
        raise Refused(Refusal.TOO_LARGE, f"{len(data)} bytes, {limits.file_bytes} allowed")

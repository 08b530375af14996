"""The documents that an archive or a mail holds, each with its name inside; a plain file holds itself.

Nothing is ever written to a folder, so a member's name can't lead anywhere; it is kept only to be shown. What
could be meant to harm is refused as a whole, with its reason: a bomb, a link, a name that climbs out.
"""

from __future__ import annotations

import email
import email.policy
import lzma
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from io import BytesIO

from dossier.reading import Refusal
from extractors.office import typeset_text
from extractors.opening import Format, Limits, Refused, check_size, sniff

JOINT = "!"
"""Between an archive's name and its member's."""

_STANDARD = Limits()
_RATIO = 200
_SMALL = 10_000_000
"""A member that unpacks to more than `_RATIO` times its packed size, and to more than `_SMALL`, is a bomb."""
_CHUNK = 1 << 20

_RUBBISH = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._[^/]*$)", re.IGNORECASE)
"""What systems leave in archives beside the documents."""


@dataclass(frozen=True, slots=True)
class Member:
    """One document: ``name`` is ``archive.zip!member.pdf`` for a member, a plain file's own name else."""

    name: str
    data: bytes


@dataclass(slots=True)
class _Budget:
    """What all members of one upload together may still take."""

    limits: Limits
    members: int = 0
    unpacked: int = 0
    names: set[str] = field(default_factory=set)

    def take_member(self) -> None:
        self.members += 1
        if self.members > self.limits.members:
            raise Refused(Refusal.TOO_LARGE, f"more than {self.limits.members} members")

    def take_bytes(self, count: int) -> None:
        self.unpacked += count
        if self.unpacked > self.limits.unpacked_bytes:
            raise Refused(Refusal.HOSTILE, f"unpacks to more than {self.limits.unpacked_bytes} bytes")

    def own_name(self, name: str) -> str:
        """``name``, numbered when a member before it bears it: no document hides behind another."""
        tried, count = name, 1
        while tried in self.names:
            count += 1
            stem, dot, ending = name.rpartition(".")
            tried = f"{stem} ({count}).{ending}" if dot and "/" not in ending else f"{name} ({count})"
        self.names.add(tried)
        return tried


def members(name: str, data: bytes, limits: Limits = _STANDARD) -> Iterator[Member]:
    """The documents that a file holds, in its order, archives and mails inside it opened too.

    A file that is no archive and no mail comes back itself alone, whatever it is; so does an archive inside
    one that is broken or encrypted: reading it will say so. Raises `Refused` (encrypted, broken, hostile, too
    large, empty) for the whole upload: half an archive is never taken for all of it.
    """
    check_size(data, limits)
    yield from _opened(name, data, _Budget(limits), 0)


def _opened(name: str, data: bytes, budget: _Budget, depth: int) -> Iterator[Member]:
    found = sniff(data) if data else Format.UNKNOWN
    if found not in (Format.ZIP, Format.EML):
        yield Member(name, data)
        return
    if depth >= budget.limits.depth:
        raise Refused(Refusal.HOSTILE, f"archives nested more than {budget.limits.depth} deep")
    inside = _unzipped(data, budget) if found is Format.ZIP else _unpacked_mail(data, budget)
    held = 0
    for member, content in inside:
        held += 1
        yield from _nested(budget.own_name(f"{name}{JOINT}{member}"), content, budget, depth + 1)
    if not held:
        raise Refused(Refusal.NOT_A_DOCUMENT, "an archive or a mail without a document in it")


def _nested(name: str, data: bytes, budget: _Budget, depth: int) -> Iterator[Member]:
    """What a member holds. A closed envelope among open ones costs only itself."""
    try:
        held = list(_opened(name, data, budget, depth))
    except Refused as refused:
        if refused.refusal not in (Refusal.BROKEN, Refusal.ENCRYPTED, Refusal.NOT_A_DOCUMENT):
            raise
        held = [Member(name, data)]
    yield from held


# archives


def _unzipped(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(Refusal.BROKEN, "this archive can't be opened") from error
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _check_overlaps(entries, len(data))
        for entry in entries:
            name = safe_name(_entry_name(entry))
            _check_entry(entry, budget)
            if _RUBBISH.search(name):
                continue
            budget.take_member()
            yield name, _content(archive, entry, budget)


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: without the UTF-8 flag, many writers put UTF-8 all the same."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def safe_name(name: str) -> str:
    """A member's name in one form. Raises `Refused` (hostile) for one that would climb out of a folder."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/")
    if plain.startswith("/") or re.match(r"[A-Za-z]:", plain) or ".." in plain.split("/") or "\0" in plain:
        raise Refused(Refusal.HOSTILE, "a member's name leads out of the archive")
    shown = "".join("_" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in plain)
    return shown.replace(JOINT, "_")[-200:] or "member"


def _check_entry(entry: zipfile.ZipInfo, budget: _Budget) -> None:
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused(Refusal.HOSTILE, "a member is a link")
    if entry.flag_bits & 0x1:
        raise Refused(Refusal.ENCRYPTED, "a member is encrypted")
    if entry.file_size > _SMALL and entry.file_size > _RATIO * max(entry.compress_size, 1):
        raise Refused(Refusal.HOSTILE, "a member unpacks to far more than it is packed in")
    if budget.unpacked + entry.file_size > budget.limits.unpacked_bytes:
        raise Refused(Refusal.HOSTILE, f"unpacks to more than {budget.limits.unpacked_bytes} bytes")


def _check_overlaps(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Members whose packed bytes share the same place are one small file unpacked many times over."""
    if sum(entry.compress_size for entry in entries) > size:
        raise Refused(Refusal.HOSTILE, "members overlap")
    if len({entry.header_offset for entry in entries}) < len(entries):
        raise Refused(Refusal.HOSTILE, "members overlap")


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget) -> bytes:
    """A member's bytes, counted as they come: what its header says of its size is never believed."""
    held = bytearray()
    packed = max(entry.compress_size, 1)
    try:
        with archive.open(entry) as opened:
            while chunk := opened.read(_CHUNK):
                budget.take_bytes(len(chunk))
                held += chunk
                if len(held) > budget.limits.file_bytes:
                    raise Refused(
                        Refusal.TOO_LARGE, f"a member of more than {budget.limits.file_bytes} bytes"
                    )
                if len(held) > _SMALL and len(held) > _RATIO * packed:
                    raise Refused(Refusal.HOSTILE, "a member unpacks to far more than it is packed in")
    except RuntimeError as error:  # what zipfile raises for a member that needs a password
        raise Refused(Refusal.ENCRYPTED, "a member is encrypted") from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        raise Refused(Refusal.BROKEN, f"a member can't be unpacked ({type(error).__name__})") from error
    return bytes(held)


# mails


def _unpacked_mail(data: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    """The documents of a mail: what is attached, pictures pasted into it, mails forwarded in it.

    Its text is a document, set as a page, only when there is nothing else.
    """
    try:
        mail = email.message_from_bytes(data, policy=email.policy.default)
        found = list(_attached(mail, budget))
        if not found:
            text = _body(mail)
            if text:
                budget.take_member()
                found = [("message.pdf", typeset_text(text, budget.limits))]
    except Refused:
        raise
    except (
        ValueError,
        LookupError,
        AttributeError,
        IndexError,
        TypeError,
        KeyError,
        RecursionError,
    ) as error:
        raise Refused(Refusal.BROKEN, f"this mail can't be taken apart ({type(error).__name__})") from error
    yield from found


def _attached(mail: EmailMessage, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(_leaves(mail), start=1):
        content = _forwarded(part) if part.get_content_type() == "message/rfc822" else _payload(part)
        name = part.get_filename() or ""
        if not _is_document(part, name, content):
            continue
        budget.take_member()
        budget.take_bytes(len(content))
        if len(content) > budget.limits.file_bytes:
            raise Refused(Refusal.TOO_LARGE, f"a member of more than {budget.limits.file_bytes} bytes")
        yield _attachment_name(name, number, content), content


def _leaves(part: EmailMessage) -> Iterator[EmailMessage]:
    """Parts that hold something. A forwarded mail is one: it is opened as a mail of its own."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for inner in part.iter_parts():
            if isinstance(inner, EmailMessage):
                yield from _leaves(inner)
    else:
        yield part


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _forwarded(part: EmailMessage) -> bytes:
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    return first.as_bytes() if isinstance(first, EmailMessage) else _payload(part)


_DRAWN = 8_000
"""A picture pasted into a mail and smaller than this (bytes) is a logo of somebody's signature."""


def _is_document(part: EmailMessage, name: str, content: bytes) -> bool:
    if not content:
        return bool(name)
    kind = part.get_content_type()
    if kind in ("text/plain", "text/html", "text/calendar", "text/enriched"):
        return part.get_content_disposition() == "attachment" and kind == "text/plain"
    if kind in ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"):
        return False
    if part.get_content_maintype() == "image" and part.get("Content-ID") and len(content) < _DRAWN:
        return False
    return bool(name) or kind == "message/rfc822" or sniff(content) is not Format.UNKNOWN


def _attachment_name(name: str, number: int, content: bytes) -> str:
    plain = name.replace("\\", "/").rpartition("/")[2]  # only a mail program's path: nothing is written there
    if not plain or plain in (".", ".."):
        return f"piece-{number}.{sniff(content).value}"
    return safe_name(plain)


def _body(mail: EmailMessage) -> str:
    body = mail.get_body(("plain", "html"))
    if body is None:
        return ""
    text = str(body.get_content())
    if body.get_content_type() == "text/html":
        text = re.sub(r"(?s)<(?:style|script).*?</(?:style|script)>|<[^>]+>", " ", text)
    return text.strip()

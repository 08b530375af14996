"""Archives and mails: what they hold, what is refused, and why."""

from __future__ import annotations

import io
import struct
import zipfile
from email.message import EmailMessage

import pytest

from dossier.reading import Refusal
from extractors.members import Member, members
from extractors.opening import Limits, Refused
from extractors.pages import pages_of

PDF = b"%PDF-1.4\n% one\n"


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return held.getvalue()


def mail(text: str = "Bonjour", html: str = "") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@example.org", "b@example.org", "Envoi"
    made["Date"] = "Mon, 04 May 2026 10:00:00 +0200"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def attach(made: EmailMessage, name: str, data: bytes, kind: str = "application/pdf") -> None:
    main, sub = kind.split("/")
    made.add_attachment(data, maintype=main, subtype=sub, filename=name)


def names(found: list[Member]) -> list[str]:
    return [member.name for member in found]


def why(data: bytes, limits: Limits | None = None) -> Refusal:
    with pytest.raises(Refused) as caught:
        list(members("a.zip", data, limits or Limits()))
    return caught.value.refusal


def test_a_plain_file_is_itself() -> None:
    assert list(members("x/a.pdf", PDF)) == [Member("x/a.pdf", PDF)]


def test_an_unknown_file_is_itself_and_left_to_the_reading() -> None:
    assert list(members("a.exe", b"MZ\x00\x01")) == [Member("a.exe", b"MZ\x00\x01")]


def test_members_bear_the_archives_name_and_keep_its_order() -> None:
    found = list(members("r/c/pieces.zip", zipped(("b.pdf", PDF), ("dossier/a.pdf", PDF + b"2"))))
    assert names(found) == ["r/c/pieces.zip!b.pdf", "r/c/pieces.zip!dossier/a.pdf"]
    assert found[1].data == PDF + b"2"


def test_an_archive_in_an_archive_in_a_mail() -> None:
    made = mail()
    attach(made, "tout.zip", zipped(("in.zip", zipped(("a.pdf", PDF)))), "application/zip")
    assert names(list(members("m.eml", made.as_bytes()))) == ["m.eml!tout.zip!in.zip!a.pdf"]


def test_a_docx_is_not_an_archive() -> None:
    letter = zipped(("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>"))
    assert names(list(members("c.docx", letter))) == ["c.docx"]


def test_accents_written_without_the_utf8_flag() -> None:
    raw = zipped(("r__alis.pdf", PDF)).replace(b"r__alis.pdf", "réalis.pdf".encode())
    assert names(list(members("a.zip", raw))) == ["a.zip!réalis.pdf"]


def test_what_systems_leave_in_archives_is_no_document() -> None:
    data = zipped(("__MACOSX/._a.pdf", b"x"), ("d/.DS_Store", b"x"), ("d/Thumbs.db", b"x"), ("d/a.pdf", PDF))
    assert names(list(members("a.zip", data))) == ["a.zip!d/a.pdf"]


def test_two_members_of_one_name_both_count() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("a.pdf", PDF), ("a.pdf", PDF + b"2"))
    assert names(list(members("a.zip", data))) == ["a.zip!a.pdf", "a.zip!a (2).pdf"]


def test_a_joint_in_a_name_is_not_taken_for_one() -> None:
    assert names(list(members("a.zip", zipped(("lu!.pdf", PDF))))) == ["a.zip!lu_.pdf"]


@pytest.mark.parametrize("name", ["../a.pdf", "/etc/a.pdf", "x/../../a.pdf", "..\\a.pdf", "C:\\a.pdf"])
def test_a_name_that_climbs_out_is_hostile(name: str) -> None:
    assert why(zipped(("ok.pdf", PDF), (name, PDF))) is Refusal.HOSTILE


def test_a_link_is_hostile() -> None:
    link = zipfile.ZipInfo("a.pdf")
    link.external_attr = 0o120777 << 16
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert why(held.getvalue()) is Refusal.HOSTILE


def test_an_encrypted_member_is_named_so() -> None:
    data = bytearray(zipped(("a.pdf", PDF)))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + at
        data[place : place + 2] = struct.pack("<H", 1)
    assert why(bytes(data)) is Refusal.ENCRYPTED


def test_a_closed_archive_inside_an_open_one_costs_only_itself() -> None:
    broken = zipped(("a.pdf", PDF))[:-30]
    found = list(members("a.zip", zipped(("in.zip", broken), ("b.pdf", PDF))))
    assert names(found) == ["a.zip!in.zip", "a.zip!b.pdf"]


def test_a_bomb_is_stopped_by_its_ratio() -> None:
    assert why(zipped(("a.pdf", b"\0" * 30_000_000))) is Refusal.HOSTILE


def test_a_bomb_whose_header_lies_is_not_unpacked() -> None:
    data = bytearray(zipped(("a.pdf", b"\0" * 30_000_000)))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + at
        data[place : place + 4] = struct.pack("<I", 1000)
    assert why(bytes(data)) in (Refusal.BROKEN, Refusal.HOSTILE)


def test_all_members_together_have_a_limit() -> None:
    data = zipped(*((f"{n}.pdf", bytes([n]) * 1000) for n in range(5)), method=zipfile.ZIP_STORED)
    assert why(data, Limits(unpacked_bytes=4500)) is Refusal.HOSTILE
    assert len(list(members("a.zip", data, Limits(unpacked_bytes=5500)))) == 5


def test_nested_archives_share_one_limit() -> None:
    inner = zipped(("a.pdf", b"a" * 2000), method=zipfile.ZIP_STORED)
    data = zipped(*((f"{n}.zip", inner) for n in range(3)), method=zipfile.ZIP_STORED)
    assert why(data, Limits(unpacked_bytes=10_000)) is Refusal.HOSTILE


def test_too_many_members() -> None:
    assert why(zipped(*((f"{n}.pdf", PDF) for n in range(4))), Limits(members=3)) is Refusal.TOO_LARGE


def test_too_deep() -> None:
    data = PDF
    for level in range(4):
        data = zipped((f"{level}.zip", data))
    assert why(data, Limits(depth=3)) is Refusal.HOSTILE


def test_members_that_share_their_bytes_are_hostile() -> None:
    data = bytearray(zipped(("a.pdf", PDF), ("b.pdf", PDF)))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    assert why(bytes(data)) is Refusal.HOSTILE


def test_a_cut_archive_is_broken() -> None:
    assert why(zipped(("a.pdf", PDF * 50))[:-40]) is Refusal.BROKEN


def test_a_member_with_wrong_bytes_is_broken() -> None:
    data = bytearray(zipped(("a.pdf", PDF * 50), method=zipfile.ZIP_STORED))
    data[60] ^= 0xFF
    assert why(bytes(data)) is Refusal.BROKEN


def test_an_empty_archive_is_no_document() -> None:
    assert why(zipped()) is Refusal.NOT_A_DOCUMENT


def test_nothing_is_refused_as_empty() -> None:
    assert why(b"") is Refusal.EMPTY


def test_an_empty_member_is_kept_for_the_reading_to_refuse() -> None:
    assert list(members("a.zip", zipped(("a.pdf", b"")))) == [Member("a.zip!a.pdf", b"")]


def test_a_mails_attachments_without_its_text_and_logo() -> None:
    made = mail(html="<p>Bonjour</p><img src='cid:logo'>")
    made.get_payload()[1].add_related(b"\x89PNG\r\n\x1a\n" + b"x" * 500, "image", "png", cid="<logo>")  # type: ignore[union-attr,index]
    attach(made, "Certificat de réalisation.pdf", PDF)
    attach(made, "C:\\scans\\b.pdf", PDF)
    found = list(members("r/m.eml", made.as_bytes()))
    assert names(found) == ["r/m.eml!Certificat de réalisation.pdf", "r/m.eml!b.pdf"]
    assert found[0].data == PDF


def test_a_forwarded_mail_is_opened_too() -> None:
    inner = mail()
    attach(inner, "a.pdf", PDF)
    made = mail()
    made.add_attachment(inner)
    (found,) = members("m.eml", made.as_bytes())
    assert found.name.startswith("m.eml!") and found.name.endswith("!a.pdf")
    assert found.data == PDF


def test_a_document_pasted_without_a_name() -> None:
    made = mail()
    made.add_attachment(PDF, maintype="application", subtype="octet-stream")
    assert names(list(members("m.eml", made.as_bytes()))) == ["m.eml!piece-2.pdf"]


def test_a_mail_with_nothing_but_text_is_its_text() -> None:
    text = "La formation est terminée. " * 8
    (found,) = members("m.eml", mail(text).as_bytes())
    assert found.name == "m.eml!message.pdf"
    ((_, page),) = pages_of(found.data)
    assert page is not None
    assert page.words[1].text == "formation"
    assert next(members("m.eml", mail(text).as_bytes())).data == found.data  # one digest for one mail


def test_a_mail_without_anything() -> None:
    assert why(mail("").as_bytes()) is Refusal.NOT_A_DOCUMENT

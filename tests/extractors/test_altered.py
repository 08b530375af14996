"""A PDF changed after its electronic signature is noticed, and what only makes a signature last is not."""

from __future__ import annotations

from extractors.altered import altered_after_signing
from extractors.reading import read
from tests.extractors.paper import pdf

BODY = b"%%PDF-1.7\n1 0 obj <</Type/Sig /ByteRange [0 000010 000020 "
SIGNED = BODY + b"%010d] /Contents <00>>> endobj\n%%%%EOF\n"


def signed() -> bytes:
    """Bytes that one signature covers to their end."""
    length = len(SIGNED % 0)
    return SIGNED % (length - 20)


def test_a_signature_over_the_whole_file() -> None:
    assert not altered_after_signing(signed())


def test_a_page_appended_behind_the_signature() -> None:
    assert altered_after_signing(signed() + b"7 0 obj <</Type/Page /Contents 8 0 R>> endobj\n%%EOF\n")


def test_validation_data_changes_nothing_that_is_seen() -> None:
    assert not altered_after_signing(signed() + b"9 0 obj <</Type/Catalog /DSS 10 0 R>> endobj\n%%EOF\n")


def test_a_second_signature_covers_the_first() -> None:
    once = signed()
    tail = b"\n7 0 obj <</Type/Sig /ByteRange [0 000010 000020 %010d]>> endobj\n%%%%EOF\n"
    length = len(once) + len(tail % 0)
    assert not altered_after_signing(once + tail % (length - 20))


def test_a_range_that_is_not_filled_in_yet_and_a_file_without_signature() -> None:
    assert not altered_after_signing(b"/ByteRange [0 0 0 0] more")
    assert not altered_after_signing(b"%PDF-1.4 plain")


def test_every_part_of_the_file_says_so() -> None:
    data = pdf(
        lambda canvas: [canvas.drawString(60, 780 - 20 * n, "Attestation de formation") for n in range(12)]
    )
    fake = b"\n% /ByteRange [0 10 20 30]\n"
    assert not any(part.altered for part in read("a.pdf", data).parts)
    parts = read("a.pdf", data + fake).parts
    assert parts and all(part.altered for part in parts)

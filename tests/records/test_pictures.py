"""Pages drawn once, kept while they are looked at, and forgotten after."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from records.pictures import Pictures

WANTED, OLD, LOOKED_AT = "aa" + 62 * "0", "bb" + 62 * "0", "cc" + 62 * "0"


def drawn_long_ago(folder: Path) -> Pictures:
    pictures = Pictures(folder)
    for digest in (WANTED, OLD, LOOKED_AT):
        pictures.keep(digest, lambda: [b"one", b"two"])
        os.utime(pictures.page(digest, 1).with_name("whole"), (1000.0, 1000.0))
    return pictures


def test_pages_that_nobody_needs_or_looked_at_are_forgotten(tmp_path: Path) -> None:
    pictures = drawn_long_ago(tmp_path)
    assert pictures.looked_at(LOOKED_AT)
    assert pictures.forget({WANTED}, before=2000.0) == 1
    assert (
        not pictures.whole(OLD) and not pictures.page(OLD, 1).exists() and not pictures.page(OLD, 2).exists()
    )
    for kept in (WANTED, LOOKED_AT):
        assert pictures.whole(kept) and pictures.page(kept, 2).read_bytes() == b"two"
    assert pictures.forget({WANTED}, before=2000.0) == 0


def test_what_was_forgotten_is_drawn_again(tmp_path: Path) -> None:
    pictures = drawn_long_ago(tmp_path)
    pictures.forget((), before=2000.0)
    pictures.keep(OLD, lambda: [b"again"])
    assert pictures.page(OLD, 1).read_bytes() == b"again"


def test_nothing_is_forgotten_where_nothing_was_drawn(tmp_path: Path) -> None:
    assert Pictures(tmp_path / "none").forget((), before=2000.0) == 0


def test_a_drawing_that_fails_leaves_nothing_that_counts_as_drawn(tmp_path: Path) -> None:
    def fails() -> list[bytes]:
        raise OSError("full")

    pictures = Pictures(tmp_path)
    with pytest.raises(OSError, match="full"):
        pictures.keep(OLD, fails)
    assert not pictures.looked_at(OLD)

"""Readers that fail as hostile or broken files make real ones fail. Called by name in child processes."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from dossier.reading import Document, Refusal, Status
from extractors.members import Member
from extractors.opening import Refused, ToolMissing


def _answer(name: str, reason: str | None = None) -> Document:
    return Document(name, "", 1, Status.READ, reason)


def read(name: str, data: bytes) -> Document:
    """Does what ``data`` says."""
    match data.decode().split():
        case ["segfault"]:
            ctypes.string_at(0)
        case ["killed"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["exits"]:
            os._exit(3)
        case ["takes", seconds]:
            time.sleep(float(seconds))
        case ["hangs"]:
            time.sleep(60)
        case ["hangs", "deaf"]:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            time.sleep(60)
        case ["eats"]:
            return _answer(name, str(len(bytearray(16 << 30))))
        case ["raises"]:
            raise ValueError("M. Secret, 12 rue du Test")
        case ["refuses"]:
            raise Refused(Refusal.ENCRYPTED, "a password is needed")
        case ["lacks"]:
            raise ToolMissing("tesseract")
        case ["once", place]:
            if not Path(place).exists():
                Path(place).touch()
                os.kill(os.getpid(), signal.SIGSEGV)
        case ["environment"]:
            return _answer(name, " ".join(sorted(os.environ)))
        case ["process"]:
            return _answer(name, str(os.getpid()))
        case ["writes", place]:
            Path(place).write_bytes(b"0" * (8 << 20))
    return _answer(name)


def members(name: str, data: bytes) -> Iterator[Member]:
    """Two members, or a fault."""
    if data == b"plain":
        yield Member(name, data)
    elif data == b"archive":
        yield Member(f"{name}!a", b"first")
        yield Member(f"{name}!b", b"raises")
    else:
        read(name, data)


def pictures(name: str, data: bytes) -> Iterator[Image.Image]:
    """One white page, or a fault."""
    read(name, data)
    yield Image.new("RGB", (4, 6), "white")

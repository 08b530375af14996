"""What a child does that opens documents: the limits it is under, and one job."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import itertools
import math
import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Mapping
from typing import Any

from dossier.json_form import Json, document_json
from dossier.reading import Refusal
from extractors.opening import Refused, ToolMissing

_KEPT_ENVIRONMENT = frozenset(
    {
        "PATH",
        "HOME",
        "LANG",
        "LANGUAGE",
        "TZ",
        "LD_LIBRARY_PATH",
        "TESSDATA_PREFIX",
        "VIRTUAL_ENV",
        "PYTHONPATH",
    }
)
ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def confine(memory: int, written: int, folder: str) -> None:
    """Limits and manners of a child, set once at its start."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, written),
    ):
        _lower(limit, value, for_good=True)
    for name in os.environ.keys() - _KEPT_ENVIRONMENT:
        if not name.startswith(("LC_", "PYTHON")):
            del os.environ[name]  # no password of ours beside a hostile file
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    with contextlib.suppress(ImportError):
        importlib.import_module("cv2").setNumThreads(1)


def _lower(limit: int, value: int, for_good: bool = False) -> None:
    """Sets a limit of this process, within what it was allowed before."""
    hard = resource.getrlimit(limit)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (value, value if for_good else hard))


def work(
    what: str, functions: Mapping[str, str], name: str, data: bytes, member: int | None, alarm: float
) -> tuple[Any, float, int]:
    """One job: its answer, the CPU seconds it took, the child's peak memory in bytes."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, alarm)
    # also for programs it starts, should it die before them; counted from the child's birth
    _lower(resource.RLIMIT_CPU, math.ceil(time.process_time() + alarm))
    began = _cpu_seconds()
    answer: tuple[Any, ...]
    try:
        answer = ("done", _DO[what](functions, name, data, member))
    except MemoryError:
        answer = ("refused", Refusal.OUT_OF_MEMORY.value, "memory ran out")
    except Refused as refused:
        answer = ("refused", refused.refusal.value, refused.detail)
    except ToolMissing:
        raise
    except Exception as error:  # its message may quote the document: only its name leaves the child
        answer = ("refused", Refusal.CRASHED.value, type(error).__name__)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return answer, _cpu_seconds() - began, peak * 1024


def _cpu_seconds() -> float:
    """What this process and the programs it started have taken."""
    taken = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in taken)


def _function(path: str) -> Callable[[str, bytes], Any]:
    module, _, name = path.rpartition(".")
    function: Callable[[str, bytes], Any] = getattr(importlib.import_module(module), name)
    return function


def _document(functions: Mapping[str, str], name: str, data: bytes, member: int | None) -> tuple[str, bytes]:
    if member is None:
        return name, data
    found = next(itertools.islice(_function(functions["members"])(name, data), member, None))
    return found.name, found.data


def _read(functions: Mapping[str, str], name: str, data: bytes, member: int | None) -> Json:
    return document_json(_function(functions["read"])(*_document(functions, name, data, member)))


def _members(
    functions: Mapping[str, str], name: str, data: bytes, member: int | None
) -> list[tuple[str, str, int, bool]]:
    return [
        (one.name, hashlib.sha256(one.data).hexdigest(), len(one.data), one.data == data)
        for one in _function(functions["members"])(name, data)
    ]


def _pictures(functions: Mapping[str, str], name: str, data: bytes, member: int | None) -> list[bytes]:
    drawn = []
    for picture in _function(functions["pictures"])(*_document(functions, name, data, member)):
        file = io.BytesIO()
        picture.save(file, "PNG")
        drawn.append(file.getvalue())
    return drawn


_DO: Mapping[str, Callable[[Mapping[str, str], str, bytes, int | None], Any]] = {
    "read": _read,
    "members": _members,
    "pictures": _pictures,
}

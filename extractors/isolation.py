"""Documents are opened in children with limits on time and memory; what kills its child costs only itself.

The limits nest: OCR of a page < the job < the kernel's alarm. The job's limit is kept by the pool, which
kills the child; the alarm kills a child that hangs in native code even when the parent is gone. A document
whose child died or ran out of time or memory gets a second chance, alone and with doubled limits, and is then
refused with its reason. Only plain data crosses the border.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import itertools
import math
import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pebble import ProcessExpired, ProcessPool

from dossier.json_form import Json, document_json
from dossier.reading import Document, Refusal, Status
from extractors.opening import Refused, ToolMissing

READ = "extractors.reading.read"
MEMBERS = "extractors.members.members"
PICTURES = "extractors.pictures.page_pictures"

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
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_MEGA = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take. Address space in bytes; seconds for a job, and more for each megabyte."""

    seconds: float = 180.0
    seconds_a_mega: float = 20.0
    most_seconds: float = 900.0
    memory: int = 6 << 30
    written: int = 1 << 30
    alarm_after: float = 30.0
    jobs_a_child: int = 100

    def doubled(self) -> Limits:
        """The limits of the second chance; a child of its own for each."""
        return replace(
            self,
            seconds=2 * self.seconds,
            seconds_a_mega=2 * self.seconds_a_mega,
            most_seconds=2 * self.most_seconds,
            memory=2 * self.memory,
            jobs_a_child=1,
        )

    def job_seconds(self, size: int) -> float:
        return min(self.most_seconds, self.seconds + self.seconds_a_mega * size / _MEGA)


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be opened: its name, its bytes, and for a member of an archive its place in there, from 0."""

    name: str
    data: bytes
    member: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """One document of a file: its name (inside, for an archive's), digest, size. ``itself``: a plain file."""

    name: str
    sha256: str
    size: int
    itself: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer came, twice, or the file was refused."""

    refusal: Refusal
    detail: str


@dataclass(frozen=True, slots=True)
class Spent:
    """What jobs took so far: CPU seconds in children, the largest child in bytes, second chances given."""

    cpu_seconds: float = 0.0
    peak_memory: int = 0
    second_chances: int = 0


class Isolation:
    """A pool of children that open documents. Use as a context; safe to be asked from several threads.

    ``workers`` children at a time. ``functions`` names by dotted path what they call, under the keys "read",
    "members" and "pictures". Its methods raise `opening.ToolMissing` when the installation lacks a program.
    """

    def __init__(
        self, workers: int, limits: Limits | None = None, functions: Mapping[str, str] | None = None
    ) -> None:
        self._workers = workers
        self._limits = limits or Limits()
        self._functions = {"read": READ, "members": MEMBERS, "pictures": PICTURES, **(functions or {})}
        self._alone = threading.Lock()
        self._spending = threading.Lock()
        self._folder = ""
        self._pool: ProcessPool | None = None
        self._context = multiprocessing.get_context("forkserver")
        self.spent = Spent()

    def __enter__(self) -> Self:
        for name in _ONE_THREAD:
            os.environ.setdefault(name, "1")  # before the children's parent starts: libraries look once
        self._context.set_forkserver_preload([path.rpartition(".")[0] for path in self._functions.values()])
        _sweep()
        self._folder = tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-")
        self._pool = self._new_pool(self._workers, self._limits)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble types only part of itself
            self._pool.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def read(self, jobs: Sequence[Job]) -> Iterator[tuple[int, Json]]:
        """Each job's place and its document in JSON form, as they come in. A document always comes."""
        for place, answer in self._each("read", jobs):
            job = jobs[place]
            yield place, refused(job, answer) if isinstance(answer, Failed) else answer

    def members(self, jobs: Sequence[Job]) -> Iterator[tuple[int, tuple[Opened, ...] | Failed]]:
        """Each job's place and the documents that its file holds: itself alone, or an archive's members."""
        for place, answer in self._each("members", jobs):
            yield place, answer if isinstance(answer, Failed) else tuple(Opened(*one) for one in answer)

    def pictures(self, job: Job) -> tuple[bytes, ...] | Failed:
        """The pages of a document as PNG, upright."""
        for _, answer in self._each("pictures", [job]):
            return answer if isinstance(answer, Failed) else tuple(answer)
        raise AssertionError("each job is answered")

    def _each(self, what: str, jobs: Sequence[Job]) -> Iterator[tuple[int, Any]]:
        pool = self._pool
        if pool is None:
            raise RuntimeError("the pool is not open")
        running = {self._submit(pool, self._limits, what, job): place for place, job in enumerate(jobs)}
        try:
            while running:
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    place = running.pop(future)
                    answer = self._answer(future)
                    if isinstance(answer, Failed) and answer.refusal in _CHILD_LOST:
                        answer = self._second_chance(what, jobs[place], answer)
                    yield place, answer
        finally:
            for future in running:
                future.cancel()

    def _second_chance(self, what: str, job: Job, first: Failed) -> Any:
        limits = self._limits.doubled()
        with self._alone, self._new_pool(1, limits) as pool:
            self._spend(0.0, 0, second_chances=1)
            answer = self._answer(self._submit(pool, limits, what, job))
            if isinstance(answer, Failed) and answer.refusal in _CHILD_LOST:
                return replace(answer, detail=f"{answer.detail}, twice")
            return answer

    def _submit(self, pool: ProcessPool, limits: Limits, what: str, job: Job) -> Future[Any]:
        seconds = limits.job_seconds(len(job.data))
        arguments = (what, self._functions, job.name, job.data, job.member, seconds + limits.alarm_after)
        future: Future[Any] = pool.schedule(_work, args=arguments, timeout=seconds)
        return future

    def _answer(self, future: Future[Any]) -> Any:
        try:
            answer, cpu, peak = future.result()
        except TimeoutError:
            return Failed(Refusal.TIMEOUT, "the time allowed to one document ran out")
        except ProcessExpired as end:
            return _lost(end.exitcode)
        except ToolMissing:
            raise  # no document's fault: every one after it would be refused for nothing
        except Exception as error:  # an answer that can't cross the border
            return Failed(Refusal.CRASHED, type(error).__name__)
        self._spend(cpu, peak)
        return Failed(Refusal(answer[1]), answer[2]) if answer[0] == "refused" else answer[1]

    def _spend(self, cpu: float, peak: int, second_chances: int = 0) -> None:
        with self._spending:
            self.spent = Spent(
                self.spent.cpu_seconds + cpu,
                max(self.spent.peak_memory, peak),
                self.spent.second_chances + second_chances,
            )

    def _new_pool(self, workers: int, limits: Limits) -> ProcessPool:
        return ProcessPool(
            max_workers=workers,
            max_tasks=limits.jobs_a_child,
            initializer=_confine,
            initargs=(limits.memory, limits.written, self._folder),
            context=self._context,
        )


_FOLDER = "servicefait-children-"


def _sweep() -> None:
    """Remove what runs left that were killed hard: their folders may hold pictures of pages."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
        owner = folder.name.removeprefix(_FOLDER).partition("-")[0]
        if owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's
    return True


_CHILD_LOST = frozenset({Refusal.TIMEOUT, Refusal.OUT_OF_MEMORY, Refusal.CRASHED})


def refused(job: Job, failed: Failed) -> Json:
    """The document that a file becomes when nothing could be read of it."""
    digest = hashlib.sha256(job.data).hexdigest() if job.member is None else ""
    reason = f"{failed.refusal.value}: {failed.detail}"
    return document_json(Document(job.name, digest, 0, Status.REFUSED, reason))


def _lost(exitcode: int | None) -> Failed:
    if exitcode in (-signal.SIGALRM, -signal.SIGXCPU):
        return Failed(Refusal.TIMEOUT, "the kernel ended the process after the time allowed")
    if exitcode == -signal.SIGKILL:
        return Failed(
            Refusal.OUT_OF_MEMORY, "the process was killed, as the system does when memory runs out"
        )
    return Failed(Refusal.CRASHED, f"the process ended with code {exitcode}")


# From here on, in the child.


def _confine(memory: int, written: int, folder: str) -> None:
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
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    with contextlib.suppress(ImportError):
        importlib.import_module("cv2").setNumThreads(1)


def _lower(limit: int, value: int, for_good: bool = False) -> None:
    """Sets a limit of this process, within what it was allowed before."""
    hard = resource.getrlimit(limit)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (value, value if for_good else hard))


def _work(
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

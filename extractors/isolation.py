"""Documents are opened in children with limits on time and memory; what kills its child costs only itself.

The limits nest: OCR of a page < the job < the kernel's alarm. The job's limit is kept by the pool, which
kills the child; the alarm kills a child that hangs in native code even when the parent is gone. A document
whose child died or ran out of time or memory gets a second chance, alone and with doubled limits, and is then
refused with its reason. Only plain data crosses the border.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pebble import ProcessExpired, ProcessPool

from dossier.json_form import Json, document_json
from dossier.reading import Document, Refusal, Status
from extractors.in_child import ONE_THREAD, confine, work
from extractors.opening import ToolMissing

READ = "extractors.reading.read"
MEMBERS = "extractors.members.members"
PICTURES = "extractors.pictures.page_pictures"

_MEGA = 1 << 20
_LOOK_SECONDS = 2.0
"""How often the pool is asked whether it is still at work, while no answer comes."""

_PAUSES = (0.0, 1.0, 10.0, 60.0)
"""Seconds before each try to start a pool where one broke: what the machine lacks may come back."""


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
        self._renewing = threading.Lock()
        self._folder = ""
        self._pool: ProcessPool | None = None
        self._context = multiprocessing.get_context("forkserver")
        self.spent = Spent()

    def __enter__(self) -> Self:
        for name in ONE_THREAD:
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
        pool, running = self._sent(what, jobs, range(len(jobs)))
        try:
            while running:
                done, _ = wait(running, _LOOK_SECONDS, FIRST_COMPLETED)
                if not done and not pool.active:  # its own threads ended: nothing would ever come
                    pool, running = self._sent(what, jobs, tuple(running.values()))
                for future in done:
                    place = running.pop(future)
                    answer = self._answer(future)
                    if isinstance(answer, Failed) and answer.refusal in _CHILD_LOST:
                        answer = self._second_chance(what, jobs[place], answer)
                    yield place, answer
        finally:
            for future in running:
                future.cancel()

    def _sent(
        self, what: str, jobs: Sequence[Job], places: Iterable[int]
    ) -> tuple[ProcessPool, dict[Future[Any], int]]:
        """The jobs at ``places`` given to the pool, to a new one where it broke."""
        if self._pool is None:
            raise RuntimeError("the pool is not open")
        for pause in _PAUSES:
            time.sleep(pause)
            with contextlib.suppress(RuntimeError, OSError):  # it broke, or can't begin
                with self._renewing:
                    if not self._pool.active:
                        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble types only part of itself
                        self._pool = self._new_pool(self._workers, self._limits)
                    pool = self._pool
                return pool, {self._submit(pool, self._limits, what, jobs[at]): at for at in places}
        raise RuntimeError("no process can be started to open documents in: see what the machine lacks")

    def _second_chance(self, what: str, job: Job, first: Failed) -> Any:
        limits = self._limits.doubled()
        self._spend(0.0, 0, second_chances=1)
        for pause in _PAUSES:
            time.sleep(pause)
            with contextlib.suppress(OSError, RuntimeError), self._alone, self._new_pool(1, limits) as pool:
                future = self._submit(pool, limits, what, job)
                while not wait([future], _LOOK_SECONDS).done and pool.active:
                    pass
                if not future.done():
                    continue
                answer = self._answer(future)
                if isinstance(answer, Failed) and answer.refusal in _CHILD_LOST:
                    return replace(answer, detail=f"{answer.detail}, twice")
                return answer
        return replace(first, detail=f"{first.detail}, and no process could be started for it again")

    def _submit(self, pool: ProcessPool, limits: Limits, what: str, job: Job) -> Future[Any]:
        seconds = limits.job_seconds(len(job.data))
        arguments = (what, self._functions, job.name, job.data, job.member, seconds + limits.alarm_after)
        future: Future[Any] = pool.schedule(work, args=arguments, timeout=seconds)
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
            initializer=confine,
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

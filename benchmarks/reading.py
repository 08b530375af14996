"""What reading costs, against bare tools on the same pages in the same run.

    python -m benchmarks.reading [--uploads FOLDER] [--files 40] [--rounds 3]

Without ``--uploads`` the pages are drawn by our own generator. Text pages: our whole reading (words, lines,
kind, fields, tables) against pdfplumber's ``extract_words`` and ``extract_tables`` alone. Scanned pages:
against one bare Tesseract pass at 200 dpi. CPU of this process and its children, the best of the rounds;
ratios are ours over theirs.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import cv2
import pdfplumber
import pypdfium2 as pdfium
import pytesseract

from dossier.reading import ReadBy, Status
from extractors import reading

MILLI = 1000


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds a page of one file, ours and the bare tool's. ``gridded``: it found a table."""

    ours: float
    bare: float
    scanned: bool
    gridded: bool


def cpu() -> float:
    """CPU seconds of this process and of the children it waited for."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def best(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        before = cpu()
        work()
        times.append(cpu() - before)
    return min(times)


def with_pdfplumber(data: bytes) -> bool:
    """Words and tables of every page; whether any page has a table."""
    found = False
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_words()
            found = bool(page.extract_tables()) or found
            page.close()
    return found


def with_tesseract(data: bytes) -> None:
    """One pass over every page at 200 dpi, the picture handed over as cheaply as it can be."""
    document = pdfium.PdfDocument(data)
    for page in document:
        grey = page.render(scale=200 / 72, grayscale=True).to_numpy()
        with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
            cv2.imwrite(file.name, grey)
            pytesseract.image_to_data(file.name, lang="fra", config="--psm 11 --oem 1 --dpi 200")
    document.close()


def cost_of(data: bytes, rounds: int) -> Cost | None:
    """None for a file that has pages of both kinds, or none that could be read."""
    document = reading.read("benchmark.pdf", data)
    how = {account.read_by for account in document.accounts}
    if document.status is not Status.READ or len(how) != 1 or None in how:
        return None
    scanned = how == {ReadBy.OCR}
    pages = len(document.accounts)
    ours = best(lambda: reading.read("benchmark.pdf", data), rounds)
    gridded = False if scanned else with_pdfplumber(data)
    bare = best(lambda: with_tesseract(data) if scanned else with_pdfplumber(data), rounds)
    return Cost(MILLI * ours / pages, MILLI * bare / pages, scanned, gridded)


def told(name: str, costs: list[Cost]) -> None:
    if not costs:
        return
    ours, bare = sum(c.ours for c in costs), sum(c.bare for c in costs)
    middle = statistics.median(c.ours / c.bare for c in costs)
    print(
        f"{name:28}{len(costs):5} files   ours {ours / len(costs):8.1f} ms a page   "
        f"bare {bare / len(costs):8.1f} ms   ratio {ours / bare:5.2f}   median {middle:5.2f}"
    )


def drawn() -> list[Path]:
    from samples import generate

    folder = Path(tempfile.mkdtemp(prefix="reading-"))
    generate.write(folder, generate.papers(5, generate.MIXES["mixed"]), ())
    return sorted((folder / "uploads").rglob("*.pdf"))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--uploads", type=Path, help="a folder of PDFs (default: our own drawings)")
    ask.add_argument("--files", type=int, default=40, help="how many, by lot of a fixed seed")
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    paths = sorted(given.uploads.rglob("*.pdf")) if given.uploads else drawn()
    random.Random(1).shuffle(paths)
    costs = [cost for path in paths[: given.files] if (cost := cost_of(path.read_bytes(), given.rounds))]
    told("text pages with a table", [c for c in costs if not c.scanned and c.gridded])
    told("text pages without a table", [c for c in costs if not c.scanned and not c.gridded])
    told("scanned pages", [c for c in costs if c.scanned])


if __name__ == "__main__":
    main()

"""Whether a small spaCy pipeline of our own adds anything to the rules: trained and measured, seeded.

    python -m benchmarks.train_language [--seeds 5-14] [--test 100-102] [--scans 12] [--set FOLDER]

Trains on text pages that our generator draws: a text categoriser for the kind of a page, an entity
recogniser for names in prose (trainee, employer, provider, client company, tutor, title of the training).
Measures both against the rules on pages of the test seeds (text, and some scanned), and on a folder that
holds ``truth.json`` and ``uploads/`` of other hands. Nothing is written: `docs/decisions` says what came of
it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from benchmarks.accuracy import span, tasks
from benchmarks.metrics import plain, same
from dossier.kinds import FIELDS, Kind
from extractors import prose
from extractors.kind import kind_of
from extractors.kinds.registry import READERS
from extractors.leaf import Leaf
from extractors.pages import pages_of
from samples.varied import piece

LABELS = {
    "trainee_last_name": "TRAINEE",
    "employer_name": "EMPLOYER",
    "provider_name": "PROVIDER",
    "user_company": "CLIENT",
    "tutor_last_name": "TUTOR",
    "training_title": "TITLE",
}
PROSE_KINDS = (
    Kind.CERTIFICATE, Kind.TRAINING_AGREEMENT, Kind.MISSION_CONTRACT, Kind.CIPI_CONTRACT,
    Kind.TUTOR_CERTIFICATE, Kind.DISABILITY_NOTICE, Kind.TERMINATION, Kind.DISTANCE_EVIDENCE,
    Kind.CERTIFICATION_RECORD,
)  # fmt: skip
"""Kinds in which names stand in sentences."""

WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document read up to its leaves, with its truth."""

    kind: Kind
    leaves: tuple[Leaf, ...]
    fields: Mapping[str, Any]


def drawn(seeds: Iterable[int], channel: str, limit: int = 0) -> Iterator[Sheet]:
    """Papers of our own, the same lots as the accuracy benchmark's ``--full``."""
    work = [task for task in tasks(seeds, full=True) if task.channel == channel]
    if limit:
        work = sorted(random.Random(1).sample(work, min(limit, len(work))), key=lambda task: task.layout)
    for task in work:
        data, _, _, truth = piece(task.seed, task.kind, task.layout, channel)
        leaves = tuple(Leaf(page) for _, page in pages_of(data) if page is not None)
        yield Sheet(task.kind, leaves, truth["fields"])  # type: ignore[arg-type]  # its JSON form


def filed(folder: Path, channel: str) -> Iterator[Sheet]:
    """Documents of another hand: those of one part, on one channel."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    for entry in truth["documents"]:
        path = folder / "uploads" / entry["file"]
        single = len(entry["parts"]) == 1 and not entry.get("duplicate_of") and not entry.get("unreadable")
        if not single or entry["channel"] != channel or "!" in entry["file"] or path.suffix != ".pdf":
            continue
        leaves = tuple(Leaf(page) for _, page in pages_of(path.read_bytes()) if page is not None)
        yield Sheet(Kind(entry["parts"][0]["kind"]), leaves, entry["parts"][0]["fields"])


def doc_of(nlp: Language, text: str) -> Doc:
    """``text`` in words and signs, so that every value begins and ends with a token."""
    found = list(WORD.finditer(text))
    words = [match[0] for match in found]
    spaces = [match.end() < len(text) and text[match.end()].isspace() for match in found]
    return Doc(nlp.vocab, words=words, spaces=spaces)


def page_text(leaf: Leaf) -> str:
    return " ".join(leaf.folded.split()[:400])


def kinds_pipe(sheets: list[Sheet], rounds: int = 12) -> Language:
    nlp = spacy.blank("xx")
    bag = {
        "@architectures": "spacy.TextCatBOW.v3",
        "exclusive_classes": True,
        "no_output_layer": False,
        "ngram_size": 2,
        "length": 65536,
    }
    pipe: Any = nlp.add_pipe("textcat", config={"model": bag})
    for kind in Kind:
        pipe.add_label(kind.value)
    examples = []
    for sheet in sheets:
        cats = {kind.value: float(kind is sheet.kind) for kind in Kind}
        examples += [Example.from_dict(doc_of(nlp, page_text(leaf)), {"cats": cats}) for leaf in sheet.leaves]
    return trained(nlp, examples, rounds)


def spans_of(text: str, fields: Mapping[str, Any]) -> list[tuple[int, int, str]]:
    """Where the truth's names stand in ``text``; what overlaps an earlier one is left out."""
    held: list[tuple[int, int, str]] = []
    for name, label in LABELS.items():
        value = fields.get(name)
        value = value[0] if isinstance(value, list) else value
        if not value:
            continue
        pattern = r"\s+".join(re.escape(word) for word in str(value).replace("’", "'").split())
        for match in re.finditer(pattern, text):
            if all(match.end() <= a or b <= match.start() for a, b, _ in held):
                held.append((*match.span(), label))
    return sorted(held)


def names_pipe(sheets: list[Sheet], rounds: int = 12) -> Language:
    nlp = spacy.blank("xx")
    pipe: Any = nlp.add_pipe("ner")
    for label in LABELS.values():
        pipe.add_label(label)
    examples = []
    for sheet in sheets:
        for leaf in sheet.leaves:
            for passage in leaf.paragraphs:
                doc = doc_of(nlp, passage.text)
                if len(doc) < 5:
                    continue
                marks = []
                for start, end, label in spans_of(doc.text, sheet.fields):
                    found = doc.char_span(start, end, label)
                    marks += [(start, end, label)] if found is not None else []
                examples.append(Example.from_dict(doc, {"entities": marks}))
    return trained(nlp, examples, rounds)


def trained(nlp: Language, examples: list[Example], rounds: int) -> Language:
    rng = random.Random(0)
    nlp.initialize(lambda: examples)
    for _ in range(rounds):
        rng.shuffle(examples)
        for at in range(0, len(examples), 32):
            nlp.update(examples[at : at + 32], drop=0.2)
    return nlp


def run(nlp: Language, doc: Doc) -> Doc:
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc


def measure_kinds(name: str, sheets: list[Sheet], nlp: Language) -> None:
    """First pages, which carry the title: the rules, the categoriser, and it where the rules are in doubt."""
    tally: Counter[str] = Counter()
    spent = Counter[str]()
    for sheet in sheets:
        if not sheet.leaves:
            continue
        leaf = sheet.leaves[0]
        before = time.process_time()
        ruled = kind_of(leaf)
        middle = time.process_time()
        cats = run(nlp, doc_of(nlp, page_text(leaf))).cats
        spent.update({"rules": middle - before, "pipe": time.process_time() - middle})
        best = max(cats, key=lambda key: cats[key])
        doubtful = ruled.confidence < 0.7
        tally["n"] += 1
        tally["rules"] += ruled.kind is sheet.kind
        tally["pipe"] += best == sheet.kind.value
        tally["both"] += (best if doubtful and cats[best] > 0.8 else ruled.kind.value) == sheet.kind.value
    n = tally["n"] or 1
    print(
        f"kinds, {name}: {n} papers; right: rules {100 * tally['rules'] / n:.1f} %, pipeline "
        f"{100 * tally['pipe'] / n:.1f} %, pipeline where rules doubt {100 * tally['both'] / n:.1f} %; "
        f"CPU a page {1000 * spent['rules'] / n:.2f} ms and {1000 * spent['pipe'] / n:.2f} ms"
    )


def named(sheet: Sheet, nlp: Language) -> dict[str, str]:
    """The first name of each role that the recogniser sees in the document's prose."""
    wanted = {label: name for name, label in LABELS.items()}
    found: dict[str, str] = {}
    for leaf in sheet.leaves:
        for passage in leaf.paragraphs:
            for entity in run(nlp, doc_of(nlp, passage.text)).ents:
                found.setdefault(wanted[entity.label_], entity.text)
    return found


def measure_names(name: str, sheets: list[Sheet], nlp: Language) -> None:
    """By field: the rules alone, the recogniser alone, and what it adds where the rules give nothing."""
    table: dict[str, Counter[str]] = {}
    spent, pages = 0.0, 0
    for sheet in sheets:
        reader = READERS.get(sheet.kind)
        if sheet.kind not in PROSE_KINDS or reader is None or not sheet.leaves:
            continue
        ruled = reader(sheet.leaves).fields
        before = time.process_time()
        seen = named(sheet, nlp)
        spent += time.process_time() - before
        pages += len(sheet.leaves)
        for field in LABELS.keys() & sheet.fields.keys():
            if field not in FIELDS[sheet.kind]:
                continue
            tally = table.setdefault(field, Counter())
            truth, type_ = sheet.fields[field], FIELDS[sheet.kind][field]
            held = ruled.get(field)
            value = held.value if held is not None else None
            tally["n"] += 1
            tally["rules"] += same(field, type_, truth, value)
            alone = same(field, type_, truth, seen.get(field))
            tally["alone"] += alone
            if value is None and plain(seen.get(field)):
                tally["filled right" if alone else "filled wrong"] += 1
    print(f"names, {name}: CPU {1000 * spent / max(pages, 1):.1f} ms a page")
    for field, tally in sorted(table.items()):
        n = tally["n"]
        print(
            f"  {field:18} n {n:4}  rules {100 * tally['rules'] / n:5.1f} %  "
            f"recogniser {100 * tally['alone'] / n:5.1f} %  "
            f"where rules give nothing: right {tally['filled right']}, wrong {tally['filled wrong']}"
        )


def measure_forms(name: str, sheets: list[Sheet]) -> None:
    """The PhraseMatcher's sentence forms on and off, over all fields of the kinds that have prose."""
    table: dict[str, Counter[str]] = {}
    for sheet in sheets:
        reader = READERS.get(sheet.kind)
        if sheet.kind not in PROSE_KINDS or reader is None or not sheet.leaves:
            continue
        on = reader(sheet.leaves).fields
        bare = tuple(Leaf(leaf.page) for leaf in sheet.leaves)
        for leaf in bare:
            leaf.__dict__["statements"] = ()  # the cached property: no sentence form stands on this page
        off = reader(bare).fields
        for field, truth in sheet.fields.items():
            type_ = FIELDS[sheet.kind][field]
            tally = table.setdefault(field, Counter())
            tally["n"] += 1
            for way, fields in (("on", on), ("off", off)):
                held = fields.get(field)
                tally[way] += same(field, type_, truth, _json(held.value if held else None))
    print(f"sentence forms, {name}:")
    for field, tally in sorted(table.items()):
        if tally["on"] != tally["off"]:
            n = tally["n"]
            print(
                f"  {field:18} n {n:4}  on {100 * tally['on'] / n:5.1f} %"
                f"  off {100 * tally['off'] / n:5.1f} %"
            )
    before = time.process_time()
    passages = [passage for sheet in sheets for leaf in sheet.leaves for passage in leaf.paragraphs]
    for passage in passages:
        prose.statements(passage)
    pages = sum(len(sheet.leaves) for sheet in sheets)
    print(f"  CPU {1000 * (time.process_time() - before) / max(pages, 1):.2f} ms a page")


def _json(value: object) -> object:
    """Values as the truth's JSON holds them."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):  # minutes
        return str(round(value / 60, 2))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seeds", type=span, default=range(5, 15))
    ask.add_argument("--test", type=span, default=range(100, 103))
    ask.add_argument("--scans", type=int, default=12, help="how many scanned papers of the test seeds")
    ask.add_argument("--set", type=Path, help="a folder of another hand with truth.json and uploads/")
    given = ask.parse_args()
    fix_random_seed(0)
    began = time.process_time()
    sheets = list(drawn(given.seeds, "native"))
    ready = time.process_time()
    kinds = kinds_pipe(sheets)
    between = time.process_time()
    names = names_pipe([sheet for sheet in sheets if sheet.kind in PROSE_KINDS])
    done = time.process_time()
    print(
        f"{len(sheets)} papers drawn and laid out in {ready - began:.0f} s CPU; trained in "
        f"{between - ready:.0f} s and {done - between:.0f} s; sizes {len(kinds.to_bytes()) >> 10} KB and "
        f"{len(names.to_bytes()) >> 10} KB"
    )
    sets = [("our test seeds, text", list(drawn(given.test, "native")))]
    if given.scans:
        sets.append(("our test seeds, scans", list(drawn(given.test, "scan", given.scans))))
    if given.set:
        sets.append(("another hand, text", list(filed(given.set, "native"))))
    for name, held in sets:
        measure_kinds(name, held, kinds)
        measure_names(name, held, names)
        measure_forms(name, held)


if __name__ == "__main__":
    main()

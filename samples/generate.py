"""Writes sample dossiers: ``requests.json``, ``uploads/`` and ``truth.json``, in the forms of the contract.

    python -m samples.generate --to FOLDER [--seed 1] [--size demo|full|papers] [--channels text|mixed|worn]

``demo`` is one small night, ``full`` every scenario once, ``papers`` single documents of each kind and layout.
The same arguments give the same dossiers; Factur-X and encrypted files bear the moment they were made.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import samples.scenarios_packs
import samples.scenarios_professional
import samples.scenarios_proofs
import samples.scenarios_temporary  # noqa: F401  these register themselves
from dossier.requests_json import claim_json, request_json
from samples.documents.all_kinds import LAYOUTS, all_layouts
from samples.dossiers import Dossier, Piece
from samples.filing import Filing, Mix, Upload
from samples.maker import Maker, sample_facts
from samples.scenarios import SCENARIOS

DEMO = (
    "certificate_alone", "sheets_alone", "overrun_paid", "invoice_electronic_and_printed", "all_in_one_pdf", "second_instalment",
    "declared_above_certificate", "half_days_not_signed", "nothing_signed", "reserved_after_the_start", "no_programme",
    "certificate_not_signed", "certificate_of_another_trainee", "certificate_encrypted", "provider_paid", "employer_paid_back",
    "tutor_beyond_six_months", "account_was_changed",
)  # fmt: skip
MIXES = {
    "text": Mix(0.0, 0.0, 0.0),
    "mixed": Mix(scan=0.22, fax=0.02, photo=0.06),
    "worn": Mix(scan=0.55, fax=0.15, photo=0.30),
}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--to", type=Path, required=True, help="folder to write to; it is made")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--size", choices=("demo", "full", "papers"), default="demo")
    ask.add_argument("--channels", choices=sorted(MIXES), default="mixed")
    given = ask.parse_args()
    if (given.to / "uploads").exists():
        ask.error(f"--to: {given.to} holds uploads already: name another folder")
    if given.size == "papers":
        write(given.to, papers(given.seed, MIXES[given.channels]), ())
    else:
        dossiers = SCENARIOS.made(Maker(given.seed), DEMO if given.size == "demo" else SCENARIOS.names())
        write(given.to, filed(dossiers, MIXES[given.channels]), dossiers)


def filed(dossiers: Iterable[Dossier], mix: Mix) -> list[Upload]:
    return [upload for dossier in dossiers for upload in Filing(dossier, mix).uploads()]


def papers(seed: int, mix: Mix) -> list[Upload]:
    """One document of every kind in each of its layouts, each its own file."""
    made: list[Upload] = []
    refs: set[str] = set()
    for kind in LAYOUTS:
        for layout in sorted(all_layouts(kind)):
            rng = random.Random(f"{seed}|{kind.value}|{layout}")
            facts = sample_facts(rng, kind)
            holder = Maker(rng.randrange(10_000)).temporary("paper")
            while holder.request.ref in refs:
                holder = Maker(rng.randrange(10_000)).temporary("paper")
            refs.add(holder.request.ref)
            letter = layout.startswith("letter")
            facts = replace(facts, cdii=letter)
            holder.pieces = [Piece(kind, facts, layout=layout, level="claim", name=None)]
            holder.facts = facts
            made += Filing(holder, mix).uploads()
    return made


def write(folder: Path, uploads: Iterable[Upload], dossiers: Iterable[Dossier]) -> None:
    """Writes all three; an upload's path is below ``folder/uploads``. Raises `FileExistsError` where one is."""
    documents: list[dict[str, Any]] = []
    for upload in uploads:
        path = folder / "uploads" / upload.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:  # two papers of one name would leave one, and the truth of two
            file.write(upload.data)
        documents += upload.truth
    held = list(dossiers)
    requests = {
        "requests": [request_json(dossier.request) for dossier in held],
        "claims": [claim_json(dossier.claim) for dossier in held],
    }
    truth = {"claims": [dossier.truth() for dossier in held], "documents": documents}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("requests.json", requests), ("truth.json", truth)):
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (folder / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

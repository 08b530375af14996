"""The hours that a certificate says were done, told from those that were foreseen, agreed or missed.

They stand at labels, in the columns of a table ("Prévues | Réalisées"), in sentences ("a suivi 63 h sur les
70 h prévues"). A duration that says neither counts as done unless one that does stands by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossier.reading import Field
from extractors.candidate import LABELLED, NEAR, Candidate, candidate, less_sure, settle
from extractors.french.hours import HoursFound, hours_in, hours_of
from extractors.french.letters import fold
from extractors.kinds.course_hours import beside_days, short_hours, words_around
from extractors.kinds.notice_hours import column_under, is_time
from extractors.leaf import Leaf
from extractors.marks import Mark
from extractors.seek import Where, anywhere, hours, hours_candidate, spoken_hours
from extractors.view import Run

Leaves = Sequence[Leaf]

_NOT_DONE = re.compile(
    r"\b(?:prevue?s?|previsionnel\w*|theorique\w*|convention(?:nel|ne)\w*|contractuel\w*|au contrat"
    r"|programmee?s?|au programme|initiale?s?|conservation|absen\w*|hebdomadaires?|par jour|dont"
    r"|a distance)\b"
)


def done_and_planned(leaves: Leaves) -> tuple[Field | None, Field | None]:
    """Hours done and hours foreseen, each None where nothing says them."""
    said = [*_said(leaves), *_headed(leaves), *_both(leaves)]
    foreseen = [made for sort, made in said if sort == "planned"]
    planned = settle([*_labelled(leaves, "hours_planned"), *foreseen])
    plain = [*_labelled(leaves, "hours_done"), *(made for sort, made in said if sort == "done")]
    done = list(plain)
    if not plain:
        done += _labelled(leaves, "hours", _of_the_course)
        done += (c for c in spoken_hours(leaves, "hours") if not _NOT_DONE.search(words_around(leaves, c)))
        done = done or [*short_hours(leaves), *beside_days(leaves)]
        done = [c for c in done if not any(made.box == c.box for made in foreseen)]
    found = settle(done)
    if found is None:
        return None, planned
    if planned is not None and found.value == planned.value and found.box == planned.box:
        found = less_sure(found, 0.4, "the paper says these hours are the planned ones")
    if not plain and _not_all_followed(leaves):
        found = less_sure(found, 0.6, "not all hours were followed, and these may be the planned ones")
    return found, planned


def _of_the_course(leaf: Leaf, mark: Mark) -> bool:
    return not _NOT_DONE.search(fold(mark.run.text))


_PART = re.compile(
    r"\b(?:certificat|attestation)\W[\w\W]{0,30}\b(?:intermediaire|partiel)|\babandon|\binterrompu"
    r"|(?:taux|assiduite)\D{0,40}\b(?:\d|[1-9]\d)(?:[.,]\d+)?\s?%"
)


def _not_all_followed(leaves: Leaves) -> bool:
    """The paper speaks of absences, of a part of the course, of a rate of attendance under a hundred."""
    missed = any(isinstance(c.value, int) and c.value > 0 for c in hours(leaves, "hours_absent"))
    return missed or any(_PART.search(leaf.folded) for leaf in leaves)


# ---------------------------------------------------------------- labels and tables


def _labelled(leaves: Leaves, concept: str, where: Where = anywhere) -> Iterator[Candidate]:
    """The duration at each label, or what the column comes to that the label heads."""
    heads = [
        (mark, made)
        for leaf in leaves
        for mark in leaf.labels.of(concept)
        if where(leaf, mark) and mark.value_at >= len(mark.run.text.rstrip())
        if (made := _column(leaf, mark.run)) is not None
    ]
    yield from (made for _, made in heads)
    headed = {id(mark.run) for mark, _ in heads}
    yield from hours(
        leaves, concept, where=lambda leaf, mark: id(mark.run) not in headed and where(leaf, mark)
    )


def _column(leaf: Leaf, head: Run) -> Candidate | None:
    """The total of a column of several durations: printed in its row, else their sum, which is less sure."""
    column = column_under(leaf, head)
    if column is None:
        return None
    total = _total_under(leaf, head, column.runs[-1])
    first = column.runs[0]
    if _of_people(leaf, head):
        one = hours_of(first.text)
        alike = len({hours_of(run.text) for run in column.runs}) == 1
        return None if one is None else hours_candidate(first.passage, one, NEAR if alike else 0.4)
    if total is None:
        note = "sum of a column"
        return candidate(column.minutes, first.passage, 0, len(first.text), 0.85, note)
    run, one = total
    adds_up = one.minutes == column.minutes
    return hours_candidate(run.passage, one, LABELLED if adds_up else 0.6)


_TOTAL = re.compile(r"^\W*(?:sous-total|totaux|total|cumul|ensemble|soit)\b")


def _of_people(leaf: Leaf, head: Run) -> bool:
    """Each row of the table is about somebody else: what they followed is not added up."""
    beside = [mark for run in leaf.view.rows[head.row] for mark in leaf.labels.in_run(run)]
    return any(mark.says("trainee", "last_name", "first_name") for mark in beside)


def _total_under(leaf: Leaf, head: Run, last: Run) -> tuple[Run, HoursFound] | None:
    for row in leaf.view.rows[last.row + 1 : last.row + 4]:
        if not _TOTAL.match(fold(row[0].text)):
            continue
        for run in row[1:]:
            found = hours_of(run.text) if _under(head, run) else None
            if found is not None:
                return run, found
    return None


def _under(head: Run, run: Run) -> bool:
    return run.box.x0 < head.box.x1 + 0.02 and run.box.x1 > head.box.x0 - 0.02


_HEAD = re.compile(
    r"\W*(?:(?P<planned>prevu|programme|conventionne|theorique|contractuel|previsionnel)"
    r"|(?P<done>realise|effectue|suivi|accompli|effectif|effective|presence))(?:e|le)?s?\W*"
)


def _headed(leaves: Leaves) -> Iterator[tuple[str, Candidate]]:
    """Under "Prévu" and "Réalisé" that stand alone as heads: their column, or the one duration there."""
    for leaf in leaves:
        for run in leaf.view.runs:
            match = _HEAD.fullmatch(fold(run.text))
            if match is None:
                continue
            made = _column(leaf, run) or _one_under(leaf, run)
            if made is not None:
                yield str(match.lastgroup), made


def _one_under(leaf: Leaf, head: Run) -> Candidate | None:
    for row in leaf.view.rows[head.row + 1 : head.row + 3]:
        for run in row:
            near = run.box.y0 - head.box.y1 < 2.2 * leaf.view.tall
            found = hours_of(run.text) if near and _under(head, run) else None
            if found is None:
                continue
            timed = re.search(r"heure|duree|temps", fold(" ".join(r.text for r in leaf.view.rows[head.row])))
            if found.end - found.start < len(run.text.strip()) - 2 or (found.bare and not timed):
                return None
            return hours_candidate(run.passage, found, NEAR)
    return None


_BOTH = re.compile(
    r"(?:prevu|programme|conventionne)e?s?\W{1,5}(?:et )?(?:realise|effectue|suivi)e?s?\W{0,3}:?\s*"
)


def _both(leaves: Leaves) -> Iterator[tuple[str, Candidate]]:
    """ "Durée (prévue / réalisée) : 70 h / 63 h 30": two durations in the order of their label."""
    for leaf in leaves:
        for row in leaf.view.rows:
            text = leaf.view.passage(word for run in row for word in run.line.words)
            match = _BOTH.search(fold(text.text))
            found = hours_in(text.text[match.end() :]) if match is not None else ()
            if match is not None and len(found) == 2:
                yield "planned", hours_candidate(text, found[0], NEAR, 0, match.end())
                yield "done", hours_candidate(text, found[1], NEAR, 0, match.end())


# ---------------------------------------------------------------- sentences

_DOES = r"(?:suivi|effectue|realise|accompli|totalise|dispense|valide)e?s?"
_ADVERBS = r"(?:(?:bien|effectivement|reellement|integralement|ainsi|donc|deja|ete|ont|a)\s+)*"
_IS_DONE = re.compile(
    rf"^\s*(?:stagiaires?\s+|(?:de|d')\s?(?:formation|stage|cours|enseignement)\s+)?{_ADVERBS}"
    rf"(?:{_DOES}|de (?:presence|participation)|effectives?|en presence)\b"
)
_HAS = rf"(?:a|ont|avoir|ayant)\s+{_ADVERBS}"
_DONE_BEFORE = re.compile(
    rf"\b{_DOES}\s*(?::|=|->|→)\s*$"
    r"|\b(?:presence|assiduite|duree|volume(?: horaire)?|total)\s"
    r"(?:effecti(?:f|ve)|reel(?:le)?|constatee?|realisee?|suivie?|effectuee?)[^.;]{0,40}\b(?:a|de|est)\s*:?\s*$"
    r"|\b(?:temps|duree|heures) de (?:presence|participation)\b[^.;]{0,80}\b(?:a|de|est|sont)\s*:?\s*$"
    rf"|\b{_HAS}(?:suivi|effectue|realise|accompli|totalise|justifie)(?: de| les)?\s*$"
    rf"|\b{_HAS}(?:{_DOES}|participe|assiste|present\w*|justifie)\b[^.;]{{0,120}}?"
    r"\b(?:pendant|durant|pour|soit|un total de|a hauteur de|(?:d')?une duree (?:totale |effective )?de)\s*$"
)
_IS_PLANNED = re.compile(
    r"^\s*(?:(?:de|d')\s?(?:formation|stage)\s+)?(?:initialement\s+)?"
    r"(?:prevu|programme|convention|contractu|inscrit|theorique|commande|planifie)"
)
_PLANNED_BEFORE = re.compile(
    r"\b(?:prevu|programme|conventionne|contractuel|theorique|previsionnel)(?:l?e)?s?\s*(?::|=|->|→|de)?\s*$"
    r"|\bsur\s+(?:(?:les|un total de|une duree (?:totale )?de|un volume de)\s+)?$"
)
_PARTIAL = re.compile(r"^\s*(?:par|/|a distance|d'absence|en distanciel|de fao?d)\b|^\s*/")


def _said(leaves: Leaves) -> Iterator[tuple[str, Candidate]]:
    """Durations whose own sentence says that they were done, or foreseen."""
    for leaf in leaves:
        for block in leaf.view.blocks:
            text = block.passage.text
            folded = fold(text)
            for found in hours_in(text):
                if found.minutes <= 0 or (found.minutes < 1440 and is_time(text, found)):
                    continue
                before, after = folded[max(0, found.start - 200) : found.start], folded[found.end :]
                if _PARTIAL.match(after) or re.search(r"\bnon\s*$|\babsen\w*\W{1,4}$", before):
                    continue
                if _IS_PLANNED.match(after) or _PLANNED_BEFORE.search(before):
                    yield "planned", hours_candidate(block.passage, found, NEAR)
                elif _IS_DONE.match(after) or _DONE_BEFORE.search(before):
                    yield "done", hours_candidate(block.passage, found, LABELLED)

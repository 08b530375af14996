"""The captions that announce where somebody signs: "Signature", "Pour l'organisme", "Le salarié"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.closing import says_made
from extractors.french.letters import fold
from extractors.leaf import Leaf
from extractors.view import Run

_STRONG = re.compile(
    r"^\W*(?:(?:nom|date|cachet|signatures?|visa|tampon|mention|bon pour accord|lu et approuve|qualite"
    r"|paraphe|precede)\b[^.]{0,70})$"
)
_WHEN = re.compile(r"^\W*dates? (?:de |d'|des )(?:la )?signatures?\b")
"""A label for a day, not a place to sign: "Date de signature" over 03/02/2025."""
_SIGNS = re.compile(r"\b(?:signatures?|cachet|visa|tampon|lu et approuve|bon pour accord|paraphe)\b")
_PARTY = re.compile(
    r"^\W*(?:pour\s+(?:l'|la\s|le\s|les\s)?|(?:l'|la\s|le\s(?:ou\sla\s|/\s?la\s)?))\s*"
    r"(?:representante?\s(?:legale?\s)?(?:de\s(?:l'|la\s)?|du\s)?)?\s*"
    r"(?:organisme|prestataire|dispensateur|entreprise|employeur|cliente?\b|societe|agence|stagiaire|salarie|interimaire"
    r"|beneficiaire|apprenant|alternant|participant|titulaire|formateur|formatrice|centre|directeur|directrice|direction|responsable"
    r"|gerant|president|tuteur|tutrice|candidat|tiers)"
)

_BARE = re.compile(
    r"^\W*(?:ett|agence|organisme|prestataire|dispensateur|centre|entreprise|employeur|cliente?|societe|salariee?"
    r"|cocontractante?|commanditaire"
    r"|interimaire|stagiaire|beneficiaire|apprenante?|alternante?|participante?|titulaire|formateur|formatrice"
    r"|tut(?:eur|rice)|candidate?)\b[^:;]{0,30}$"
)

_IN_STAMP = re.compile(
    r"^\W*(?:pour )?(?:le |la )(?:direct(?:eur|rice|ion)|gerante?|presidente?|responsable)\W*$"
)
"""What a stamp may say in its middle: no caption under others that ask for the signatures."""

_OVER = 45.0
"""Millimetres over the closing line in which the boxes to sign in may stand."""


def captions_of(leaf: Leaf) -> list[list[Run]]:
    """The captions of a page, those of one place together; the closing line where no caption stands."""
    closing = leaf.closing
    groups = _grouped(leaf, _out_of_stamps(list(_captions(leaf, closing))))
    return groups or ([[closing]] if closing is not None else [])


def _captions(leaf: Leaf, closing: Run | None) -> Iterator[Run]:
    strong = [run for run in leaf.view.runs if _is_strong(run, closing)]
    start = min(
        [run.box.y0 for run in strong] + ([closing.box.y0] if closing is not None else []), default=0.6
    )
    if len(strong) < 2:
        start = min(start, _row_over(leaf, closing))
    slack = 4.5 * leaf.view.tall
    yield from strong
    yield from (run for run in _row_under(leaf, closing) if run not in strong)
    for run in leaf.view.runs:
        folded = fold(run.text)
        if (
            run in strong
            or run.box.y0 < start - (slack if strong and closing is None else 0.002)
            or run.box.y0 > 0.93
        ):
            continue
        alone = len(leaf.view.rows[run.row]) >= 2 and all(
            _party(fold(other.text)) for other in leaf.view.rows[run.row]
        )
        party = _PARTY.match(folded) or (alone and run.box.y0 >= start)
        if len(folded) <= 75 and party and not re.search(r"[;.]\s\w|:\s*\w", folded):
            yield run


def _out_of_stamps(found: list[Run]) -> list[Run]:
    """Two captions over it make what a stamp may say no third one; beside them, it is one."""
    own = [run for run in found if not _IN_STAMP.match(fold(run.text))]
    return [
        run
        for run in found
        if run in own
        or len([o for o in own if o.box.y1 < run.box.y0]) < 2
        or any(o.row == run.row for o in own)
    ]


def _row_over(leaf: Leaf, closing: Run | None) -> float:
    """Where parties stand side by side over the closing line, or as the last of a page without one. Captions
    that say "Signature" need no such row: one in a table would be taken for it."""
    rows = leaf.view.rows
    last = [*rows[-1:-9:-1]]
    if closing is not None:
        reach = closing.box.y0 - _OVER / 25.4 * 72 / leaf.page.height
        last = [row for row in reversed(rows[: closing.row]) if row[0].box.y0 > reach]
    for row in last:
        parties = [run for run in row if len(run.text) <= 45 and _party(fold(run.text))]
        if len(parties) >= 2 and len(parties) == len(row) and row[0].box.y0 > 0.25:
            return row[0].box.y0
    return 1.0


def _party(folded: str) -> bool:
    return bool(_PARTY.match(folded) or _BARE.match(folded))


def _row_under(leaf: Leaf, closing: Run | None) -> tuple[Run, ...]:
    """Parties named without an article side by side right under the closing line: "ETT", "Salarié"."""
    for row in leaf.view.rows[closing.row + 1 : closing.row + 5] if closing is not None else ():
        if len(row) >= 2 and all(_BARE.match(fold(run.text)) for run in row):
            return row
    return ()


def _is_strong(run: Run, closing: Run | None) -> bool:
    folded = fold(run.text).strip()
    if len(folded) > 85 or not _SIGNS.search(folded) or _WHEN.match(folded) or run.box.y0 < 0.2:
        return False
    if closing is not None and run.box.y1 < closing.box.y0 - 0.2:
        return False
    return bool(_STRONG.match(folded) or (_PARTY.match(folded) and not folded.endswith(".")))


def _grouped(leaf: Leaf, captions: Iterable[Run]) -> list[list[Run]]:
    """Captions that stand one under another in a column announce one place."""
    step = 4.5 * leaf.view.tall
    groups: list[list[Run]] = []
    for run in sorted(captions, key=lambda r: (r.box.y0, r.box.x0)):
        for group in groups:
            last = group[-1]
            same = (
                min(run.box.x1, last.box.x1) - max(run.box.x0, last.box.x0) > 0
                or abs(run.box.x0 - last.box.x0) < 0.03
            )
            goes_on = _side_by_side(last, run) and 0 <= run.box.x0 - last.box.x1 < 0.025
            if goes_on or (same and 0 <= run.box.y0 - last.box.y0 < step):
                group.append(run)
                break
        else:
            groups.append([run])
    return [_with_name(leaf, group) for group in groups]


def _side_by_side(one: Run, other: Run) -> bool:
    """On one line, though OCR may have set them in two rows."""
    shared = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    return one.row == other.row or shared > 0.5 * min(one.height, other.height)


def _with_name(leaf: Leaf, group: list[Run]) -> list[Run]:
    """The name or party printed right above "Signature" belongs to its caption."""
    first = group[0]
    if not re.match(r"^\W*(?:date et )?signature", fold(first.text)):
        return group
    for row in reversed(leaf.view.rows[max(0, first.row - 3) : first.row]):
        for run in row:
            near = abs(run.box.x0 - first.box.x0) < 0.02 and first.box.y0 - run.box.y1 < 1.2 * leaf.view.tall
            if near and len(run.text) < 80 and not says_made(run):
                return _with_more(leaf, [run, *group])
    return group


def _with_more(leaf: Leaf, group: list[Run]) -> list[Run]:
    """A wrapped name: one more line above."""
    first = group[0]
    for run in leaf.view.rows[first.row - 1] if first.row else ():
        if abs(run.box.x0 - first.box.x0) < 0.01 and leaf.view.follows(run, first) and "(" in run.text:
            return [run, *group]
    return group

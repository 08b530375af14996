"""Columns that are answers, "Présent" and "Absent": what a tick under one of them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dossier.reading import Mark
from extractors.kinds.attendance_cells import Meaning
from extractors.kinds.attendance_facts import Head
from extractors.kinds.attendance_status import status_of
from extractors.kinds.attendance_ticks import is_box, is_ticked
from extractors.kinds.attendance_words import Column
from extractors.table import Table


def answered(table: Table, cells: Sequence[Meaning], heads: Sequence[Head]) -> list[Meaning]:
    """The row with the words of its answer in each ticked cell under one, and none in those not ticked.

    A cross under "Présent" may cross out as well as tick, and is left as it is.
    """
    found = []
    for said in cells:
        head = heads[said.cell.col]
        caption = table.at(*head.origin) if head.labelled and head.kind is Column.STATUS else None
        answer = status_of(caption.text) if caption is not None and caption.row < said.cell.row else None
        if caption is None or answer not in (Mark.SIGNED, Mark.ABSENT) or said.cell.colspan > 1:
            found.append(said)
        elif is_ticked(said.text) and (answer is Mark.ABSENT or is_box(said.text)):
            found.append(replace(said, cell=replace(said.cell, words=caption.words), status=answer))
        elif is_box(said.text):
            found.append(replace(said, cell=replace(said.cell, words=())))
        else:
            found.append(said)
    return found

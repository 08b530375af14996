"""CSV exports of the two tables, brought to the form that the JSON file has (``docs/csv.md``)."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

DELIMITERS = ",;\t"
LISTS = frozenset({"programmes", "paid", "lines"})
FLAGS = frozenset({"training.distance", "contract.employers_group"})
TRUE, FALSE = frozenset({"true", "1", "oui", "vrai"}), frozenset({"false", "0", "non", "faux"})
INDEXED = re.compile(r"^(?P<list>[a-z]+)[.\[](?P<index>\d+)\]?(?:\.(?P<rest>.+))?$")


class TableError(ValueError):
    """The file can't be taken for one of the two tables: file, line and what is wrong."""


def read_tables(path: Path) -> dict[str, list[Any]]:
    """``{"requests": rows, "claims": rows}`` from the folder ``path`` or the folder that ``path`` stands in.

    Raises `TableError`, OSError, UnicodeDecodeError.
    """
    folder = path if path.is_dir() else path.parent
    return {table: read_table(folder / f"{table}.csv") for table in ("requests", "claims")}


def read_table(path: Path) -> list[Any]:
    if not path.exists():
        raise TableError(f"{path}: not there")
    text = path.read_text(encoding="utf-8-sig")
    first = text.partition("\n")[0]
    if not first.strip():
        raise TableError(f"{path}: line 1: no header")
    delimiter = max(DELIMITERS, key=first.count)
    rows = []
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader)]
        if len(set(header)) != len(header):
            raise TableError(f"{path}: line 1: a column stands twice")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                raise TableError(
                    f"{path}: line {reader.line_num}: {len(cells)} cells for {len(header)} columns"
                )
            rows.append(nested(dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        raise TableError(f"{path}: line {reader.line_num}: {error}") from error
    return rows


def nested(row: dict[str, str]) -> dict[str, Any]:
    """One row as the object that JSON would hold. An empty cell is a value that is not there."""
    tree: dict[str, Any] = {}
    for column, cell in row.items():
        text = cell.strip()
        if not text or not column:
            continue
        match = INDEXED.match(column)
        if match and match["list"] in LISTS:
            put_in_list(tree, match["list"], int(match["index"]), match["rest"], text)
        else:
            put(tree, column.split("."), value_in(column, text))
    for name in LISTS:
        if isinstance(tree.get(name), dict):
            tree[name] = [tree[name][index] for index in sorted(tree[name])]
    return tree


def value_in(column: str, text: str) -> Any:
    if column in FLAGS:
        return True if text.lower() in TRUE else False if text.lower() in FALSE else text
    if column in LISTS or text[0] in "[{":
        if text[0] in "[{":
            try:
                return json.loads(text, parse_float=Decimal)
            except json.JSONDecodeError:
                return text  # refused further on with its place: not a list
        return [part.strip() for part in re.split(r"[;,|]", text)]
    return None if text.lower() == "null" else text


def put(tree: dict[str, Any], path: list[str], value: Any) -> None:
    for name in path[:-1]:
        below = tree.setdefault(name, {})
        if not isinstance(below, dict):
            return
        tree = below
    tree[path[-1]] = value


def put_in_list(tree: dict[str, Any], name: str, index: int, rest: str | None, text: str) -> None:
    items = tree.setdefault(name, {})
    if not isinstance(items, dict):
        return
    if rest is None:
        items[index] = text
    else:
        put(items.setdefault(index, {}), rest.split("."), text)

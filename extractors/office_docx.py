"""What a DOCX says, in reading order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from extractors.office_items import Break, Drawing, Grid, Item, Package, Text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_EMU = 12700
"""English metric units in a point."""

_TITLES = {
    "title": 20.0,
    "titre": 20.0,
    "heading1": 16.0,
    "titre1": 16.0,
    "heading2": 13.0,
    "titre2": 13.0,
    "subtitle": 13.0,
}


@dataclass(frozen=True, slots=True)
class _Looks:
    size: float = 11.0
    bold: bool = False
    align: str = "left"


@dataclass(frozen=True, slots=True)
class _Source:
    """One XML part of the package, with the pictures that it refers to and the styles of the document."""

    package: Package
    pictures: Mapping[str, str]
    styles: Mapping[str, _Looks]


def docx_items(package: Package) -> Iterator[Item]:
    """Header, body, footer. Raises KeyError when the text is not where it must be."""
    root = package.xml("word/document.xml")
    styles = _styles(package)
    relations = _relations(package, "word/document.xml")
    source = _Source(package, relations, styles)
    body = root.find(f"{_W}body")
    if body is None:
        return
    for name in _edges(body, relations, "header"):
        yield from _blocks(package.xml(name), _Source(package, _relations(package, name), styles))
    yield from _blocks(body, source)
    for name in _edges(body, relations, "footer"):
        yield from _blocks(package.xml(name), _Source(package, _relations(package, name), styles))


def _relations(package: Package, name: str) -> dict[str, str]:
    """Member names by relation id, for relations that stay inside the package."""
    folder, _, file = name.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    if rels not in package.names:
        return {}
    found = {}
    for relation in package.xml(rels):
        target = relation.get("Target") or ""
        if relation.get("TargetMode") == "External" or not target:
            continue
        inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if inside in package.names:
            found[relation.get("Id") or ""] = inside
    return found


def _edges(body: etree._Element, relations: Mapping[str, str], which: str) -> list[str]:
    """Headers or footers, each once."""
    found: dict[str, None] = {}
    for reference in body.iter(f"{_W}{which}Reference"):
        name = relations.get(reference.get(f"{_R}id") or "")
        if name is not None:
            found.setdefault(name)
    return list(found)


def _styles(package: Package) -> dict[str, _Looks]:
    if "word/styles.xml" not in package.names:
        return {}
    found: dict[str, _Looks] = {}
    for style in package.xml("word/styles.xml").iter(f"{_W}style"):
        name = style.get(f"{_W}styleId") or ""
        size = _TITLES.get(name.lower())
        run, held = style.find(f"{_W}rPr"), style.find(f"{_W}pPr")
        base = _Looks(size or 11.0, size is not None)
        found[name] = _looks(held, _sized(run, base))
    return found


def _sized(run: etree._Element | None, base: _Looks) -> _Looks:
    if run is None:
        return base
    size, bold = run.find(f"{_W}sz"), run.find(f"{_W}b")
    points = base.size
    if size is not None and (size.get(f"{_W}val") or "").isdigit():
        points = int(size.get(f"{_W}val") or "22") / 2
    heavy = base.bold if bold is None else bold.get(f"{_W}val") not in ("0", "false")
    return _Looks(points, heavy, base.align)


def _looks(properties: etree._Element | None, base: _Looks) -> _Looks:
    placed = properties.find(f"{_W}jc") if properties is not None else None
    align = placed.get(f"{_W}val") if placed is not None else None
    return _Looks(base.size, base.bold, align or base.align)


def _blocks(parent: etree._Element, source: _Source) -> Iterator[Item]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, source)
        elif child.tag == f"{_W}tbl":
            yield _table(child, source)
        elif child.tag == f"{_W}sdt":
            content = child.find(f"{_W}sdtContent")
            if content is not None:
                yield from _blocks(content, source)
        elif child.tag in (f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
            yield from _blocks(child, source)


def _paragraph(paragraph: etree._Element, source: _Source) -> Iterator[Item]:
    properties = paragraph.find(f"{_W}pPr")
    looks = _Looks()
    text = ""
    if properties is not None:
        style = properties.find(f"{_W}pStyle")
        if style is not None:
            looks = source.styles.get(style.get(f"{_W}val") or "", looks)
        looks = _looks(properties, looks)
        if properties.find(f"{_W}pageBreakBefore") is not None:
            yield Break()
        if properties.find(f"{_W}numPr") is not None:
            text = "• "
    sizes: list[_Looks] = []
    boxed: list[Item] = []
    for piece in _pieces(paragraph, source, looks, sizes):
        if isinstance(piece, str):
            text += piece
        elif isinstance(piece, Break | Drawing):
            if text.strip():
                yield _text(text, looks, sizes)
                text = ""
            yield piece
        else:
            boxed.append(piece)
    if text.strip() or not boxed:
        yield _text(text, looks, sizes)
    yield from boxed
    if properties is not None and properties.find(f"{_W}sectPr") is not None:
        kind = properties.find(f"{_W}sectPr/{_W}type")
        if kind is None or kind.get(f"{_W}val") != "continuous":
            yield Break()


def _text(text: str, looks: _Looks, runs: list[_Looks]) -> Text:
    size = max((run.size for run in runs), default=looks.size)
    bold = all(run.bold for run in runs) if runs else looks.bold
    return Text(text, size, bold, looks.align)


def _pieces(
    node: etree._Element, source: _Source, looks: _Looks, sizes: list[_Looks]
) -> Iterator[str | Item]:
    """Text, breaks, pictures and text boxes of a paragraph, in order; what is hidden or deleted left out."""
    for child in node:
        tag = child.tag
        if tag in (f"{_W}pPr", f"{_W}rPr", f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback"):
            continue
        if tag == f"{_W}r":
            run = child.find(f"{_W}rPr")
            if run is not None and run.find(f"{_W}vanish") is not None:
                continue
            if any((text.text or "").strip() for text in child.iter(f"{_W}t")):
                sizes.append(_sized(run, looks))
            yield from _pieces(child, source, looks, sizes)
        elif tag == f"{_W}t":
            yield child.text or ""
        elif tag == f"{_W}tab":
            yield "\t"
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield Break() if child.get(f"{_W}type") == "page" else "\n"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag == f"{_W}txbxContent":
            yield from _blocks(child, source)
        elif tag in (f"{_A}blip", f"{_V}imagedata"):
            name = source.pictures.get(child.get(f"{_R}embed") or child.get(f"{_R}id") or "")
            if name is not None:
                yield Drawing(source.package.read(name), _extent(child))
        else:
            yield from _pieces(child, source, looks, sizes)


def _extent(blip: etree._Element) -> float | None:
    """The width in points at which a picture is shown."""
    for above in blip.iterancestors(f"{_WP}inline", f"{_WP}anchor"):
        extent = above.find(f"{_WP}extent")
        across = extent.get("cx") if extent is not None else None
        return int(across) / _EMU if across and across.isdigit() else None
    return None


def _table(table: etree._Element, source: _Source) -> Grid:
    rows = []
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue
        cells = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            value = span.get(f"{_W}val") if span is not None else None
            wide = int(value) if value and value.isdigit() else 1
            held = tuple(item for item in _blocks(cell, source) if not isinstance(item, Break))
            cells.append((held, max(1, min(wide, 60))))
        rows.append(tuple(cells))
    return Grid(tuple(rows))

"""What an ODT says, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from extractors.office_items import Break, Drawing, Grid, Item, Package, Text

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"

_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75}
_HEADINGS = {1: 16.0, 2: 13.0}
_MOST_REPEATED = 60


@dataclass(frozen=True, slots=True)
class _Looks:
    size: float = 11.0
    bold: bool = False
    align: str = "left"
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class _Source:
    package: Package
    styles: Mapping[str, _Looks]


def odt_items(package: Package) -> Iterator[Item]:
    """Header, body, footer. Raises KeyError when the text is not where it must be."""
    content = package.xml("content.xml")
    edges = package.xml("styles.xml") if "styles.xml" in package.names else None
    styles = {**(_styles(edges) if edges is not None else {}), **_styles(content)}
    source = _Source(package, styles)
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        return
    yield from _edge(edges, "header", source)
    yield from _blocks(body, source)
    yield from _edge(edges, "footer", source)


def _edge(styles: etree._Element | None, which: str, source: _Source) -> Iterator[Item]:
    found = next(styles.iter(f"{_STYLE}{which}"), None) if styles is not None else None
    if found is not None:
        yield from _blocks(found, source)


def _points(measure: str | None) -> float | None:
    match = re.fullmatch(r"([\d.]+)(pt|cm|mm|in|px)", measure or "")
    return float(match[1]) * _POINTS[match[2]] if match else None


def _styles(root: etree._Element) -> dict[str, _Looks]:
    found = {}
    for style in root.iter(f"{_STYLE}style"):
        text = style.find(f"{_STYLE}text-properties")
        paragraph = style.find(f"{_STYLE}paragraph-properties")
        size = _points(text.get(f"{_FO}font-size")) if text is not None else None
        bold = text is not None and text.get(f"{_FO}font-weight") == "bold"
        align = paragraph.get(f"{_FO}text-align") if paragraph is not None else None
        breaks = paragraph is not None and paragraph.get(f"{_FO}break-before") == "page"
        found[style.get(f"{_STYLE}name") or ""] = _Looks(size or 11.0, bold, align or "left", breaks)
    return found


def _blocks(parent: etree._Element, source: _Source, bullet: str = "") -> Iterator[Item]:
    for child in parent:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield from _paragraph(child, source, bullet)
        elif child.tag == f"{_TABLE}table":
            yield _table(child, source)
        elif child.tag == f"{_TEXT}list":
            for entry in child.iter(f"{_TEXT}list-item", f"{_TEXT}list-header"):
                if next(entry.iterancestors(f"{_TEXT}list")) is child:
                    yield from _blocks(entry, source, "• ")
        elif child.tag in (f"{_TEXT}section", f"{_TEXT}index-body"):
            yield from _blocks(child, source)
        elif child.tag == f"{_DRAW}frame":
            yield from _frame(child, source)


def _paragraph(paragraph: etree._Element, source: _Source, bullet: str) -> Iterator[Item]:
    looks = source.styles.get(paragraph.get(f"{_TEXT}style-name") or "", _Looks())
    size, bold = looks.size, looks.bold
    if paragraph.tag == f"{_TEXT}h":
        level = paragraph.get(f"{_TEXT}outline-level") or "1"
        size, bold = max(size, _HEADINGS.get(int(level) if level.isdigit() else 3, 11.0)), True
    if looks.breaks:
        yield Break()
    text, aside = bullet, list[Item]()
    spans: list[_Looks] = []
    for piece in _pieces(paragraph, source, spans):
        if isinstance(piece, str):
            text += piece
        else:
            aside.append(piece)
    if spans:
        size, bold = max(size, *(span.size for span in spans)), bold or all(span.bold for span in spans)
    if text.strip() or not aside:
        yield Text(text, size, bold, looks.align)
    yield from aside


def _pieces(node: etree._Element, source: _Source, spans: list[_Looks]) -> Iterator[str | Item]:
    yield node.text or ""
    for child in node:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c") or "1"
            yield " " * min(int(count) if count.isdigit() else 1, 80)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag == f"{_DRAW}frame":
            yield from _frame(child, source)
        elif child.tag in (f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}tracked-changes"):
            pass
        elif isinstance(child.tag, str):
            looks = source.styles.get(child.get(f"{_TEXT}style-name") or "")
            if (
                looks is not None
                and child.tag == f"{_TEXT}span"
                and any(str(text).strip() for text in child.itertext())
            ):
                spans.append(looks)
            yield from _pieces(child, source, spans)
        yield child.tail or ""


def _frame(frame: etree._Element, source: _Source) -> Iterator[Item]:
    for child in frame:
        if child.tag == f"{_DRAW}image":
            name = (child.get(f"{_XLINK}href") or "").removeprefix("./")
            if name in source.package.names:
                yield Drawing(source.package.read(name), _points(frame.get(f"{_SVG}width")))
                return  # others are the same picture in other formats
        elif child.tag == f"{_DRAW}text-box":
            yield from _blocks(child, source)


def _table(table: etree._Element, source: _Source) -> Grid:
    rows = []
    for row in table.iter(f"{_TABLE}table-row"):
        if next(row.iterancestors(f"{_TABLE}table")) is not table:
            continue
        cells: list[tuple[tuple[Item, ...], int]] = []
        for cell in row:
            if cell.tag != f"{_TABLE}table-cell":
                continue  # a covered cell belongs to the one that spans it
            held = tuple(item for item in _blocks(cell, source) if not isinstance(item, Break))
            span = _count(cell.get(f"{_TABLE}number-columns-spanned"))
            cells.extend([(held, span)] * _count(cell.get(f"{_TABLE}number-columns-repeated")))
        rows.append(tuple(cells[:_MOST_REPEATED]))
    return Grid(tuple(rows))


def _count(text: str | None) -> int:
    return max(1, min(int(text), _MOST_REPEATED)) if text and text.isdigit() else 1

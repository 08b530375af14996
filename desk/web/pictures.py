"""Pages of pieces as pictures. No byte of an uploader reaches a browser: a process of its own draws them.

Drawn once for each content, most by the night that published the claim, and kept (`records.pictures`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET

from desk.acts import Right
from desk.web.guards import needs
from records.models import StoredDocument
from records.pictures import Pictures
from records.store import StoreError, TooLarge, open_store

Draw = Callable[[str, bytes, int | None], Sequence[bytes] | None]
"""A file's name, its bytes, a member's place in it from 0: its pages as JPEG, None where it has none."""


class NotDrawn(RuntimeError):
    """The document has no pictures: refused, changed since it was read, or its store can't be reached."""


@require_GET
@needs(Right.SEE)
def picture(request: HttpRequest, document: int, page: int) -> HttpResponseBase:
    """One page, from 1. Kept by the browser for an hour, by nothing in between."""
    row = get_object_or_404(StoredDocument, pk=document)
    try:
        path = drawn(row, page)
    except NotDrawn:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    if not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), content_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"}
    )


def drawn(row: StoredDocument, page: int) -> Path:
    """Where the picture of a page stands, once it is drawn: by the night, else now. Raises `NotDrawn`.

    Who comes while another draws the same document waits for that.
    """
    pictures = Pictures(settings.DESK_PICTURE_FOLDER)
    pictures.keep(row.sha256, lambda: _pages(row))
    return pictures.page(row.sha256, page)


def _pages(row: StoredDocument) -> Sequence[bytes]:
    outer = row.container or row
    try:
        data = open_store(settings.DESK_UPLOADS).read(outer.file)
    except (StoreError, TooLarge) as error:
        raise NotDrawn(str(error)) from error
    if hashlib.sha256(data).hexdigest() != outer.sha256:
        raise NotDrawn("other bytes stand there than were read")
    draw = cast(Draw, import_string(settings.DESK_PICTURES))
    pages = draw(outer.file, data, row.place)
    if pages is None:
        raise NotDrawn("no pictures")
    return pages

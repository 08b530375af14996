"""The second reader: RapidOCR's recogniser (PP-OCR, ONNX) on crops of one line. Its model comes in its wheel.

It is of another kind than Tesseract and fails elsewhere. It is loaded when first asked, once a process: 0.8
s, and from 13 to 30 ms of CPU a crop. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np

from extractors.page import Picture

_HEIGHT = 48
"""Pixels high that the model reads."""

_FLAT = 80
"""How often a line's height goes into its width at most: flatter is a rule, and the engine fails on it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The text of one crop, and the mean of its letters' probabilities; no text and 0 for nothing."""

    text: str
    sureness: float


def recognised(crops: Sequence[Picture]) -> tuple[Seen, ...]:
    """Reads each crop, grey or RGB, upright, dark on light, one line of text with a little paper around."""
    return tuple(_one(crop) for crop in crops)


def _one(crop: Picture) -> Seen:
    if crop.ndim == 2:
        crop = np.asarray(cv2.cvtColor(crop, cv2.COLOR_GRAY2RGB), dtype=np.uint8)
    height, width = crop.shape[:2]
    if height < 4 or width < 4 or width > _FLAT * height:
        return Seen("", 0.0)
    factor = _HEIGHT / height
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(crop, (max(8, round(width * factor)), _HEIGHT), interpolation=how)
    # each switch is given at each call: RapidOCR keeps them from one call to the next
    answer = _engine()(sized[:, :, ::-1], use_det=False, use_cls=False, use_rec=True, text_score=0.0)
    texts, scores = answer.txts, answer.scores
    return Seen(str(texts[0]), float(scores[0])) if texts else Seen("", 0.0)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # here: text pages never need it

    one_thread = {f"EngineConfig.onnxruntime.{which}_op_num_threads": 1 for which in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "error", "Rec.rec_img_shape": [3, _HEIGHT, 96], **one_thread})

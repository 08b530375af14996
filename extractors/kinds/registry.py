"""Which reader reads which kind. A kind without one is recognised and says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dossier.kinds import Kind
from extractors.candidate import Reading
from extractors.leaf import Leaf

Reader = Callable[[Sequence[Leaf]], Reading]

READERS: Mapping[Kind, Reader] = {}

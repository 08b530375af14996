"""Many patterns looked for in one text at once.

RE2 tells in one pass which of them may match there; of most texts that is none, and only those are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import re2


class Patterns:
    """Patterns that both RE2 and `re` know: no look-around, no reference back.

    Raises `re2.error` or `re.error` for one that can't be compiled.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._filter = re2.Filter()
        self._forms: list[re.Pattern[str]] = []
        for pattern in patterns:
            self._filter.Add(pattern)
            self._forms.append(re.compile(pattern, re.ASCII))  # as RE2 understands letters
        self._filter.Compile()

    def search(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """The place of each pattern that is found in ``text``, in their order, with its first match."""
        for index in sorted(self._filter.Match(text, True) or ()):
            match = self._forms[index].search(text)
            if match is not None:
                yield index, match

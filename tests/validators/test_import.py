"""Which `validators` is imported: ours. A package on the index bears the same name (docs/decisions/0003)."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import validators
import validators.decide

ROOT = Path(__file__).resolve().parents[2]


def test_ours_is_imported() -> None:
    assert Path(validators.__file__ or "").resolve() == ROOT / "validators" / "__init__.py"


def test_ours_is_imported_from_anywhere(tmp_path: Path) -> None:
    """As the command line does it, with another working folder and no path set."""
    said = subprocess.run(
        [sys.executable, "-c", "import validators.decide as d; print(d.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert Path(said.stdout.strip()).resolve() == ROOT / "validators" / "decide.py"


def test_the_other_is_not_installed() -> None:
    installed = {(dist.metadata["Name"] or "").lower() for dist in metadata.distributions()}
    assert "validators" not in installed

"""`servicefait parameters check`: a value without a reference fails, one long not looked at is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import validators.parameters as shipped
from servicefait.cli import main

Captured = pytest.CaptureFixture[str]


def checked(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["parameters", "check", *arguments])
    said = capsys.readouterr()
    return int(end.value.code or 0), " ".join(said.out.split()), said.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "parameters"
    shutil.copytree(
        Path(shipped.__file__).parent, copied, ignore=shutil.ignore_patterns("*.py", "__pycache__")
    )
    return copied


def test_what_is_shipped_has_its_references(capsys: Captured) -> None:
    code, out, _ = checked(capsys, "--as-of", "2026-11-25")
    assert code == 0
    assert "each with its reference" in out and "all compared" in out


def test_a_year_later_each_is_named(capsys: Captured) -> None:
    code, out, _ = checked(capsys, "--as-of", "2028-01-01")
    assert code == 0
    assert "rate.overrun_share" in out and "not compared with their source for a year" in out


def test_a_value_without_a_reference_fails_with_its_place(folder: Path, capsys: Captured) -> None:
    file = folder / "all" / "tolerance.yaml"
    text = file.read_text(encoding="utf-8")
    reference = next(line for line in text.splitlines() if "reference:" in line)
    file.write_text(text.replace(reference, '      reference: ""', 1), encoding="utf-8")
    code, _, said = checked(capsys, "--parameters", str(folder))
    assert code == 2
    assert "tolerance.yaml" in said and "no reference" in said


def test_a_folder_without_any_is_said(tmp_path: Path, capsys: Captured) -> None:
    code, _, said = checked(capsys, "--parameters", str(tmp_path))
    assert code == 2 and "no parameters in it" in said

"""Each setting does what its line in docs/deploy.md says, and none is missing there."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import EXAMPLE_DEBTOR, NAMES, PREFIX, Settings, SettingsError

ROOT = Path(__file__).resolve().parents[2]
LEAST = {f"{PREFIX}{name}": value for name, value in (("REQUESTS", "r"), ("UPLOADS", "u"), ("OUT", "/o"))}


def test_each_setting_stands_in_the_guide() -> None:
    guide = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{PREFIX}{name}`" not in guide] == []


def test_three_settings_are_enough() -> None:
    settings = Settings.of(LEAST)
    assert settings.database == "sqlite:////o/servicefait.sqlite3"
    assert settings.workers >= 1
    assert settings.debtor is EXAMPLE_DEBTOR


@pytest.mark.parametrize("name", ["REQUESTS", "UPLOADS", "OUT"])
def test_one_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{PREFIX}{name} is not set"):
        Settings.of({**LEAST, f"{PREFIX}{name}": ""})


@pytest.mark.parametrize("workers", ["0", "-1", "two", "1000"])
def test_a_number_of_workers_that_is_none_is_named(workers: str) -> None:
    with pytest.raises(SettingsError, match="WORKERS"):
        Settings.of({**LEAST, f"{PREFIX}WORKERS": workers})


def test_half_a_debtor_is_none() -> None:
    with pytest.raises(SettingsError, match="go together"):
        Settings.of({**LEAST, f"{PREFIX}DEBTOR_NAME": "OPCO"})
    settings = Settings.of({**LEAST, f"{PREFIX}DEBTOR_NAME": "OPCO", f"{PREFIX}DEBTOR_IBAN": "FR76"})
    assert (settings.debtor.name, settings.debtor.iban) == ("OPCO", "FR76")

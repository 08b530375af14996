"""`servicefait parameters check`: does each dated value say where it is from, and who looked last?"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from servicefait.ending import WrongArgument

HOW = "servicefait parameters check"


def check_parameters(folder: Path | None, day: dt.date) -> None:
    """Print how many values there are and those that nobody compared with their source for a year.

    Raises `WrongArgument` with the file and the place of the first that has no reference or can't be taken.
    """
    from validators.parameters import ParametersError, load, unchecked

    if folder is not None and not folder.is_dir():
        raise WrongArgument(f"--parameters: {folder}: no such folder")
    try:
        parameters = load(folder)
    except ParametersError as error:
        raise WrongArgument(f"--parameters: {error}") from error
    if not parameters.entries:
        raise WrongArgument(f"--parameters: {folder}: no parameters in it (<group>/<matter>.yaml)")
    console = Console(highlight=False)
    old = unchecked(parameters, day)
    values = sum(len(entry.values) for entry in parameters.entries.values())
    console.print(f"{len(parameters.entries)} parameters, {values} dated values, each with its reference")
    if not old:
        console.print("all compared with their sources in the year before")
        return
    for entry in old:
        console.print(
            f"  {entry.group}/{entry.key}  last checked {entry.last_checked}  "
            f"[dim]{escape(entry.values[-1][2])}[/]",
            soft_wrap=True,
        )
    console.print(f"[yellow]{len(old)} not compared with their source for a year[/]: look, set last_checked")


def warn_of_old(folder: Path | None, day: dt.date, console: Console) -> None:
    """One line at the end of a run where parameters went a year without being looked at."""
    from validators.parameters import load, unchecked

    if old := unchecked(load(folder), day):
        console.print(f"[yellow]{len(old)} parameters not compared with their source for a year[/]: {HOW}")

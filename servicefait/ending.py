"""How a command ends: exit code 0, 1 or 2, and an error in one line that says what and where."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class WrongArgument(ValueError):
    """An argument or a file named by one is wrong: exit code 2. The message names the place."""


class CommandFailed(RuntimeError):
    """The command could not do its work: exit code 1. The message is one line."""


def ended(command: Any, arguments: Sequence[str] | None) -> int:
    """Run a command of the command line to its exit code; what it raises is said on standard error."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        code = command.main(args=arguments, prog_name="servicefait", standalone_mode=False)
    except KeyboardInterrupt:
        return _say("interrupted: what was done is kept, run it again to go on", 1)
    except WrongArgument as error:
        return _say(str(error), 2)
    except CommandFailed as error:
        return _say(str(error), 1)
    except BrokenPipeError:
        sys.stderr.close()  # who read our output went away
        return 1
    except Exception as error:
        said = getattr(error, "format_message", None)
        if said is not None:  # typer's, of an argument
            return _say(said(), 2) if said() else 2
        return _say(f"failed: {place_of(error)}", 1)
    return code if isinstance(code, int) else 0


def place_of(error: BaseException) -> str:
    """The kind of an error and where in the code it arose; never its message, which may quote a dossier."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _say(text: str, code: int) -> int:
    line = " ".join(text.split())
    sys.stderr.write(f"servicefait: {line}\n")
    return code

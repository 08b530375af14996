"""`servicefait`: the commands and their arguments. What they do is loaded when it is asked for."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from dossier.paris import today
from servicefait.ending import WrongArgument, ended

app = typer.Typer(
    name="servicefait",
    help="Contrôle de service fait: read the proofs of training, check them against what was agreed, "
    "decide what is paid.",
    epilog="Start with: servicefait run --requests requests.json --uploads uploads/ --out out/",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
audit = typer.Typer(help="The audit chain of what was decided and paid.", no_args_is_help=True)
app.add_typer(audit, name="audit")
queue = typer.Typer(help="The desk's queue of exceptions.", no_args_is_help=True)
app.add_typer(queue, name="queue")
parameters = typer.Typer(help="The dated parameters of the rules.", no_args_is_help=True)
app.add_typer(parameters, name="parameters")

Out = Annotated[Path, typer.Option("--out", help="The folder of a run's results.", metavar="OUT")]
Database = Annotated[
    str | None,
    typer.Option(
        "--database", help="sqlite:///path or postgresql://… (default: a SQLite file in OUT)", metavar="URL"
    ),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, max=256, help="Documents read at a time (default: one a processor)"),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The day of the run, 2026-05-04; deadlines are counted to it (default: today in Paris)",
    ),
]


@app.command()
def run(
    requests: Annotated[
        Path,
        typer.Option(
            "--requests",
            metavar="FILE",
            help="Agreed requests and claims: a JSON file, or a folder with requests.csv and claims.csv.",
        ),
    ],
    uploads: Annotated[
        str, typer.Option("--uploads", metavar="STORE", help="The uploads: a folder or s3://bucket/prefix.")
    ],
    out: Out,
    as_of: AsOf = None,
    database: Database = None,
    workers: Workers = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Show Prefect's log, and where in the code a failure came from.")
    ] = False,
) -> None:
    """One night: read what came in, decide each claim, write payments, report and letters.

    The flow is the one that the schedule runs; Prefect's server for it starts and ends with this command.

    Run it again whenever you like: what was decided is not decided twice, what was paid is not paid twice. A
    run killed anywhere goes on from there.

    Uploads lie in STORE/<request>/<claim>/ or STORE/<request>/; a file at the root is matched to a request by
    what it says. An S3 store takes boto3's usual environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    AWS_REGION, AWS_ENDPOINT_URL.

    Writes decisions.json, documents.json, payments.xml, report.html, failures.csv and letters/ to OUT. Exit
    code 0: the run ended, whatever was decided; 1: it failed, run it again; 2: an argument or the requests
    file is wrong.
    """
    from servicefait.foreground import run_night

    run_night(requests, uploads, out, _day(as_of), database, workers, verbose)


@app.command()
def explain(
    claim: Annotated[str, typer.Argument(help="The claim's id.", metavar="CLAIM")],
    out: Out,
    database: Database = None,
) -> None:
    """Why a claim was decided as it was, in French: each rule looked at, what was expected, what was read
    where.
    """
    from servicefait.explaining import explain_claim

    explain_claim(claim, _database(out, database))


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A document, an archive or a mail.", metavar="FILE")],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where the pictures and the JSON go.")],
) -> None:
    """What one file says: its parts, each value with its place, and a picture of each page with boxes on
    them.
    """
    from servicefait.showing import read_file

    read_file(file, to)


@app.command()
def serve(
    out: Out,
    uploads: Annotated[
        str, typer.Option("--uploads", metavar="STORE", help="The uploads, for the pictures of pages.")
    ],
    database: Database = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8000,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Make tables, roles and rules, and end: before a first night.")
    ] = False,
) -> None:
    """The desk on this machine, at http://127.0.0.1:8000/: for trying it, with an account for each role.

    Their passwords are printed once. In production a WSGI server runs desk.wsgi: docs/deploy.md.
    """
    from servicefait.serving import prepare_desk, serve_desk

    if prepare:
        prepare_desk(database, out, uploads)
    else:
        serve_desk(database, out, uploads, port)


@audit.command()
def verify(out: Out, database: Database = None) -> None:
    """Check that no entry of the chain was changed, removed or put in later. Exit code 1 where one was."""
    from servicefait.auditing import verify_chain

    verify_chain(_database(out, database))


@queue.command()
def rebuild(out: Out, database: Database = None) -> None:
    """Make the queue anew from the decisions that stand. It is kept with each decision: only a doubt needs
    this.
    """
    from servicefait.auditing import rebuild_queue

    rebuild_queue(_database(out, database))


@parameters.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Option("--parameters", metavar="FOLDER", help="The folder to check (default: the package's)"),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Check that each value has its reference; warn of those not compared with their source for a year.

    Exit code 2 where a file can't be taken, said with the file and the place; a warning is none.
    """
    from servicefait.checking import check_parameters

    check_parameters(folder, _day(as_of) or today())


@app.command()
def evaluate(
    out: Out,
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")] = False,
) -> None:
    """How exactly production reads and decides, from what staff corrected: by kind, field and channel, and
    the share of automatic decisions that staff overturned, by month. Writes nothing.
    """
    from servicefait.evaluating import evaluate_desk

    evaluate_desk(_database(out, database), as_json)


@app.command()
def replay(
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="The day to decide as of, 2026-05-04.")
    ],
    out: Out,
    database: Database = None,
    parameters: Annotated[
        Path | None,
        typer.Option(
            "--parameters", metavar="FOLDER", help="Dated parameters to try (default: the package's)"
        ),
    ] = None,
) -> None:
    """Decide past claims again and show what would change, in claims and euros. Writes nothing."""
    from servicefait.replaying import replay_claims

    day = _day(as_of)
    if day is None:
        raise WrongArgument("--as-of: empty")
    replay_claims(_database(out, database), day, parameters)


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise WrongArgument(f"--as-of: {text!r} is no date such as 2026-05-04") from None


def _database(out: Path, database: str | None) -> str:
    """The database of a run that was: without a URL its file must be there, for none is to be made by
    asking.
    """
    if database:
        return database
    from flows.settings import DATABASE_FILE, database_in

    if not (out / DATABASE_FILE).is_file():
        raise WrongArgument(f"--out: {out / DATABASE_FILE}: no such file; no run wrote to this folder")
    return database_in(out)


def main(arguments: Sequence[str] | None = None) -> None:
    """The program. Ends with the exit code of the contract, an error said in one line."""
    sys.exit(ended(typer.main.get_command(app), arguments))

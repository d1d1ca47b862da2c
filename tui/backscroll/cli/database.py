"""The commands about the database itself: db start, stop, status, migrate, languages, rollback."""

import asyncio

import typer
from typer import Typer

from backscroll.archive import administration, migrations
from backscroll.archive.opening import Archive
from backscroll.cli.confirming import Yes, confirm
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson
from backscroll.cli.session import Session, status
from backscroll.cli.waiting import bar
from backscroll.errors import AppError
from backscroll.model.languages import language_name

app = Typer(help="Start, stop, look at and migrate the database.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def start(context: typer.Context) -> None:
    """Start the embedded server and keep it running until `db stop`."""
    session: Session = context.obj
    print_lines([f"Running: {administration.start(session.settings(), status)}"])


@app.command()
def stop(context: typer.Context) -> None:
    """Stop the embedded server."""
    session: Session = context.obj
    print_lines(["Stopped." if administration.stop(session.settings()) else "It was not running."])


@app.command("status")
def show_status(context: typer.Context, as_json: AsJson = False) -> None:
    """Say whether the database runs, its version and the archive's revision; starts nothing."""
    session: Session = context.obj
    found = asyncio.run(administration.inspect(session.settings()))
    row = {
        "running": found.running,
        "server_version": found.server_version,
        "dsn": found.dsn,
        "schema_revision": found.schema_revision,
        "home": str(found.home),
    }
    if as_json:
        print_json([row])
    else:
        print_lines(f"{key.replace('_', ' '):16} {value if value is not None else '-'}" for key, value in row.items())


@app.command()
def migrate(context: typer.Context, yes: Yes = False) -> None:
    """Bring the archive's schema to this version."""
    session: Session = context.obj
    settings = session.settings()
    plan = asyncio.run(administration.plan(settings, status))
    if plan.found == plan.wanted:
        print_lines([f"The archive is at revision {plan.found}; nothing to do."])
        return
    what = f"from revision {plan.found}" if plan.found else "which holds no archive yet"
    confirm(f"Migrate {plan.dsn} {what} to {plan.wanted}?", yes=yes)
    asyncio.run(administration.migrate(settings, status))
    print_lines([f"The archive is at revision {plan.wanted}."])
    if advice := migrations.advice(plan.found):
        print_lines([advice])


@app.command()
def languages(context: typer.Context, as_json: AsJson = False) -> None:
    """Tell the languages of chats that have none yet, and let search know other forms of their words.

    May be cancelled; doing it again goes on. `chat CHAT --language` chooses the language of one chat.
    """
    from backscroll.importing.stemming import settle_languages  # here: other commands do not pay for it

    async def work(archive: Archive) -> None:
        with bar() as tell:
            await settle_languages(archive, progress=lambda done, total: tell("", done, total, done))
        found = await archive.languages.present()
        if as_json:
            print_json({"language": code, "chats": count} for code, count in found.items())
        else:
            print_lines(f"{language_name(code):16} {count:>7,} chats" for code, count in found.items())

    context.obj.run(work)


@app.command()
def rollback(context: typer.Context, yes: Yes = False) -> None:
    """Take the newest step of the schema back. The first step is the archive itself: everything in it goes."""
    session: Session = context.obj
    settings = session.settings()
    plan = asyncio.run(administration.plan(settings, status))
    if plan.found is None:
        raise AppError("There is nothing to take back", "The database holds no archive.", code="no_archive")
    confirm(f"Take revision {plan.found} of {plan.dsn} back, with all that it holds?", yes=yes)
    asyncio.run(administration.rollback(settings, status))
    print_lines([f"Revision {plan.found} was taken back."])

"""The commands about the codebook: codes, and codes add, change, move, merge, split, retire, restore."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.notes import ENDS, PATIENCE
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson, Limit
from backscroll.cli.session import Session
from backscroll.coding.naming import named_code
from backscroll.coding.rows import change_line, change_row, code_line, code_row
from backscroll.model.code import Code, Codebook
from backscroll.model.code_fields import FIELDS
from backscroll.model.code_rules import effect
from backscroll.model.code_writes import (
    ChangeCode,
    CodeWrite,
    MakeCode,
    MergeCode,
    MoveCode,
    Part,
    RestoreCode,
    RetireCode,
    SplitCode,
)
from backscroll.model.ids import new_id
from backscroll.text import safe_line
from backscroll.writing.desk import Desk

app = typer.Typer(
    rich_markup_mode=None, help="List the codes; make, change, move, merge, split, retire and share them."
)

CodeName = Annotated[
    str, typer.Argument(metavar="CODE", help="A code's name, its path (Theme/Part), or the beginning of its id.")
]
Under = Annotated[str | None, typer.Option("--under", metavar="CODE", help="The code that it stands under.")]
Name = Annotated[str | None, typer.Option(help="What it is called.")]
Colour = Annotated[str | None, typer.Option(help="Its colour, as #rrggbb.")]
Key = Annotated[str | None, typer.Option(help="The digit or letter that sets it.")]
Description = Annotated[str | None, typer.Option(help="When it applies.")]
Examples = Annotated[str | None, typer.Option(help="Words that it was or would be given to.")]
Position = Annotated[int | None, typer.Option(min=1, help="Its place among the codes beside it, from 1.")]


@app.callback(invoke_without_command=True)
def codes(
    context: typer.Context,
    with_retired: Annotated[bool, typer.Option("--all", help="Retired codes, too.")] = False,
    history: Annotated[bool, typer.Option("--history", help="What was done to the codes, the newest first.")] = False,
    code: Annotated[str | None, typer.Option("--code", help="Only this code, and those below it.")] = None,
    limit: Limit = 1000,
    as_json: AsJson = False,
) -> None:
    """List the codes as a tree, with how many annotations bear each (and those below it)."""
    if context.invoked_subcommand is not None:
        return

    async def work(archive: Archive) -> None:
        book = await archive.codes.book()
        chosen = named_code(book, code, with_retired=True) if code else None
        if history:
            changes = await archive.codes.history(chosen.id if chosen else None, limit=limit)
            if as_json:
                print_json(change_row(book, change) for change in changes)
            else:
                print_lines(change_line(book, change) for change in changes)
            return
        within = book.branch(chosen.id) if chosen else None
        walked = [
            (depth, one)
            for depth, one in book.walk(with_retired=with_retired or within is not None)
            if (with_retired or one.is_alive or one == chosen) and (within is None or one.id in within)
        ]
        if as_json:
            print_json(code_row(book, one) for _, one in walked)
        else:
            print_lines(code_line(book, one, depth) for depth, one in walked)

    context.obj.run(work)


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    under: Under = None,
    colour: Colour = None,
    key: Key = None,
    description: Description = None,
    examples: Examples = None,
    position: Position = None,
    as_json: AsJson = False,
) -> None:
    """Make a code."""
    identity = new_id()
    said = {"colour": colour, "key": key, "description": description, "examples": examples}

    def made(book: Codebook) -> CodeWrite:
        parent = named_code(book, under).id if under else None
        fields = {field: value for field, value in said.items() if value}
        return MakeCode(identity, name, parent, position=_place(position), **fields)

    _do(context, lambda _: identity, made, "Made", as_json=as_json)


@app.command()
def change(
    context: typer.Context,
    code: CodeName,
    name: Name = None,
    colour: Colour = None,
    key: Key = None,
    description: Description = None,
    examples: Examples = None,
    as_json: AsJson = False,
) -> None:
    """Change what a code is called, its colour, key, description or examples; '' empties one."""
    values = zip(FIELDS, (name, colour, key, description, examples), strict=True)
    now = {field: value for field, value in values if value is not None}
    if not now:
        raise typer.BadParameter("say what to change: --name, --colour, --key, --description or --examples")

    def changed(one: Code) -> CodeWrite:
        return ChangeCode(one.id, {field: getattr(one, field) for field in now}, now)

    _do_to(context, code, lambda _, one: changed(one), "Changed", as_json=as_json)


@app.command()
def move(
    context: typer.Context,
    code: CodeName,
    under: Under = None,
    to_top: Annotated[bool, typer.Option("--top", help="To the top of the tree.")] = False,
    position: Position = None,
    as_json: AsJson = False,
) -> None:
    """Put a code, with all below it, under another one or at another place."""
    if to_top == (under is not None) and (to_top or position is None):
        raise typer.BadParameter("say where to: --under CODE, --top, or --position N")

    def moved(book: Codebook, one: Code) -> CodeWrite:
        parent = one.parent_id if not to_top else None
        return MoveCode(one.id, named_code(book, under).id if under else parent, _place(position))

    _do_to(context, code, moved, "Moved", as_json=as_json)


@app.command()
def merge(
    context: typer.Context,
    code: CodeName,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The code that takes over.")],
    as_json: AsJson = False,
) -> None:
    """Give a code's annotations, and the codes below it, to another code; `codes restore` takes it back."""
    _do_to(context, code, lambda book, one: MergeCode(one.id, named_code(book, into).id), "Merged", as_json=as_json)


@app.command()
def split(
    context: typer.Context,
    code: CodeName,
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="What the new codes are called.")],
    is_kept: Annotated[bool, typer.Option("--keep", help="Keep the code, with the new ones below it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make several codes of one; it is retired, and annotations keep it until somebody gives them another one."""
    parts = tuple(Part(new_id(), name) for name in names)
    _do_to(context, code, lambda _, one: SplitCode(one.id, parts, is_kept), "Split", as_json=as_json)


@app.command()
def retire(context: typer.Context, code: CodeName, as_json: AsJson = False) -> None:
    """Take a code and those below it out of use; annotations keep it."""
    _do_to(context, code, lambda _, one: RetireCode(one.id), "Retired", as_json=as_json)


@app.command()
def restore(context: typer.Context, code: CodeName, as_json: AsJson = False) -> None:
    """Take a retired code into use again; one that was merged gets its annotations back."""
    _do_to(context, code, lambda _, one: RestoreCode(one.id), "Restored", as_json=as_json, with_retired=True)


def _place(position: int | None) -> int | None:
    return None if position is None else position - 1


def _do_to(
    context: typer.Context,
    name: str,
    made: Callable[[Codebook, Code], CodeWrite],
    done: str,
    *,
    as_json: bool,
    with_retired: bool = False,
) -> None:
    """Does something to the code of this name."""

    def found(book: Codebook) -> Code:
        return named_code(book, name, with_retired=with_retired)

    _do(context, lambda book: found(book).id, lambda book: made(book, found(book)), done, as_json=as_json)


def _do(
    context: typer.Context,
    about: Callable[[Codebook], UUID],
    made: Callable[[Codebook], CodeWrite],
    done: str,
    *,
    as_json: bool,
) -> None:
    session: Session = context.obj

    async def work(archive: Archive, desk: Desk) -> None:
        book = desk.overlay().on_codebook(await archive.codes.book())
        identity, write = about(book), replace(made(book), author=session.settings().reviewer)
        after = effect(book, write, datetime.now(UTC)).on(book)  # what breaks a rule is told before it is kept
        outcome = await desk.send(write, PATIENCE)
        code = after.get(identity)
        if code is None:
            return
        if as_json:
            print_json([{**code_row(after, code), "state": outcome or "waiting"}])
        else:
            print_lines([f"{done}: {safe_line(after.path(code))}", *([ENDS[outcome]] if outcome in ENDS else [])])

    session.write(work)

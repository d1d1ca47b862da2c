"""The commands that share a codebook: codes export, codes import."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import print_json, print_lines, print_remark
from backscroll.cli.read import AsJson
from backscroll.coding.formats import format_of
from backscroll.coding.taking import taking
from backscroll.exporting.target import refuse, whole_file
from backscroll.text import safe_line


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to those about codes."""
    app.command("export")(export_codes)
    app.command("import")(import_codes)


def export_codes(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="codebook.qdc (REFI-QDA), .csv or .yaml.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Write the codebook to a file."""
    form = format_of(file)
    refuse(file, overwrite=force)

    async def work(archive: Archive) -> None:
        book = await archive.codes.book()
        async with whole_file(file, overwrite=force) as part:
            form.write(part, book)
        print_lines([f"Written: {safe_line(str(file))} ({form.title})"])

    context.obj.run(work)


def import_codes(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A codebook: .qdc (REFI-QDA), .csv or .yaml.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would come of it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take the codes of a file into the codebook, found again by their ids, else by their paths."""
    read = format_of(file).read(file)

    async def work(archive: Archive) -> None:
        taken = taking(await archive.codes.book(), read.entries, datetime.now(UTC))
        if not dry_run:
            await archive.codes.take(taken.writes)
        remarks = [*read.remarks, *taken.remarks]
        if as_json:
            print_json([{"new": taken.new, "changed": taken.changed, "equal": taken.equal, "remarks": remarks}])
            return
        for title, paths in (("new", taken.new), ("changed", taken.changed)):
            print_lines(f"{title}: {safe_line(path)}" for path in paths)
        print_lines([f"{len(taken.new)} new, {len(taken.changed)} changed, {len(taken.equal)} equal"])
        for remark in remarks:
            print_remark(remark)

    context.obj.run(work)

"""The commands for reviews: reviews, and review start, open, status, agreement, disagreements, write, close, reopen."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson
from backscroll.cli.review_output import (
    disagreement_lines,
    disagreement_row,
    figures_lines,
    figures_row,
    progress_row,
    review_line,
    review_row,
    status_lines,
)
from backscroll.cli.session import Session
from backscroll.cli.waiting import bar
from backscroll.coding.naming import named_code
from backscroll.model.code import Codebook
from backscroll.model.query import Query
from backscroll.model.review import Pass, Review, Sample, SampleKind, Stratum
from backscroll.reviewing.beginning import EVERYTHING, Plan, begin
from backscroll.reviewing.comparing import disagreements as differing
from backscroll.reviewing.comparing import to_talk_about
from backscroll.reviewing.decided import decided
from backscroll.reviewing.passes import check_sight
from backscroll.reviewing.result import write_result
from backscroll.reviewing.wording import written_words
from backscroll.searching.language import parse
from backscroll.settings import zone_named
from backscroll.writing.desk import Desk

ReviewName = Annotated[str, typer.Argument(metavar="REVIEW", help="A review's title or id, or the beginning of it.")]

group = typer.Typer(help="Code messages one after another, with others, and see how far you agree.")


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    app.command()(reviews)
    app.add_typer(group, name="review")


def reviews(context: typer.Context, as_json: AsJson = False) -> None:
    """List reviews, the newest first."""

    async def work(archive: Archive) -> None:
        found = await archive.reviews.all()
        if as_json:
            print_json(map(review_row, found))
        else:
            print_lines(map(review_line, found))

    context.obj.run(work)


@group.command()
def start(
    context: typer.Context,
    title: Annotated[str, typer.Option(help="What the review is called.")],
    query: Annotated[str, typer.Option(help="A search whose hits are reviewed; without one, all messages.")] = "",
    chat: Annotated[str | None, typer.Option(help="Only messages of this chat: its title or id.")] = None,
    sample: Annotated[
        SampleKind, typer.Option(help="All of them, some by chance, or some of each part.")
    ] = SampleKind.ALL,
    size: Annotated[int | None, typer.Option(help="How many messages.")] = None,
    by: Annotated[Stratum, typer.Option(help="With --sample stratified: what the parts are.")] = Stratum.CHAT,
    seed: Annotated[int, typer.Option(help="The same seed chooses the same messages.")] = 0,
    codes: Annotated[
        list[str] | None, typer.Option(help="Codes that are used, apart by commas; without any, the whole codebook.")
    ] = None,
    blind: Annotated[bool, typer.Option("--blind/--sighted", help="Whether others' codes are hidden at first.")] = True,
    browse: Annotated[bool, typer.Option("--open", help="Begin to code at once.")] = False,
    as_json: AsJson = False,
) -> None:
    """Begin a review: its messages are drawn now and stay the same."""
    if sample is not SampleKind.ALL and size is None:
        raise typer.BadParameter(f"--sample {sample.value} needs --size")
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)
    asked = parse(query, zone) if query.strip() else EVERYTHING
    chosen = Sample(sample, size, seed, by if sample is SampleKind.STRATIFIED else None)
    begun: list[Review] = []

    async def work(archive: Archive) -> None:
        where = await _inside(archive, asked, chat)
        plan = Plan(title, where, chosen, await _codes(archive, codes or []), blind)
        begun.append(await begin(archive, plan, zone))
        if as_json:
            print_json(map(review_row, begun))
        elif not browse:
            print_lines(f"Begun: {review_line(review)}" for review in begun)

    session.run(work)
    if browse:
        _browse(session, begun[0])


async def _inside(archive: Archive, query: Query, chat: str | None) -> Query:
    return query.inside((await archive.conversations.resolve(chat)).id) if chat is not None else query


async def _codes(archive: Archive, given: list[str]) -> tuple[UUID, ...]:
    names = [name for text in given for name in text.split(",") if name.strip()]
    book = await archive.codes.book() if names else Codebook()
    return tuple(dict.fromkeys(named_code(book, name).id for name in names))


def _browse(session: Session, review: Review) -> None:
    from backscroll.cli.browse import open_browser

    open_browser(session.settings(), review=review)


@group.command("open")
def open_review(context: typer.Context, review: ReviewName) -> None:
    """Go on with a review in the browser, where you left off."""
    found: list[Review] = []

    async def work(archive: Archive) -> None:
        found.append(await archive.reviews.named(review))

    context.obj.run(work)
    _browse(context.obj, found[0])


@group.command()
def status(context: typer.Context, review: ReviewName, as_json: AsJson = False) -> None:
    """Show how far each reviewer is."""

    async def work(archive: Archive) -> None:
        found = await archive.reviews.named(review)
        progress = (await archive.reviews.progress([found.id]))[found.id]
        if as_json:
            print_json([review_row(found) | {"progress": [progress_row(p) for p in progress]}])
        else:
            print_lines(status_lines(found, progress))

    context.obj.run(work)


@group.command()
def agreement(
    context: typer.Context,
    review: ReviewName,
    made_in: Annotated[int, typer.Option("--pass", min=1, max=2, help="Of the first or the second pass.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Show how far reviewers agree: all of them and each pair, on all codes at once and on each code.

    In percent, by Cohen's kappa (pairs) and by Krippendorff's alpha with its 95 % interval (all reviewers).
    """

    async def work(archive: Archive, desk: Desk) -> None:
        found = await decided(archive, desk.overlay(), await archive.reviews.named(review))
        rows = found.figures(Pass(made_in))
        if as_json:
            print_json(figures_row(row, found.book) for row in rows)
        else:
            print_lines(figures_lines(rows, found.book))

    context.obj.write(work)


@group.command()
def disagreements(
    context: typer.Context,
    review: ReviewName,
    flagged: Annotated[bool, typer.Option("--flagged", help="Also those that somebody flagged.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the messages on which reviewers differ, with what each of them gave."""
    name = context.obj.settings().reviewer

    async def work(archive: Archive, desk: Desk) -> None:
        found = await decided(archive, desk.overlay(), await archive.reviews.named(review))
        author = await archive.reviews.reviewer(found.review.id, name)
        check_sight(found.review, found.decisions, author)
        outcomes = {outcome.position: outcome for outcome in (to_talk_about if flagged else differing)(found.decisions)}
        for item in await archive.reviews.items(found.review.id, list(outcomes)):
            if as_json:
                print_json([disagreement_row(item, outcomes[item.position], found.book)])
            else:
                print_lines(disagreement_lines(item, outcomes[item.position], found.book))

    context.obj.write(work)


@group.command()
def write(context: typer.Context, review: ReviewName, as_json: AsJson = False) -> None:
    """Write the result as annotations of your own: what was settled, or what all reviewers agree on.

    Each is written once, however often this is done.
    """

    async def work(archive: Archive, desk: Desk) -> None:
        found = await decided(archive, desk.overlay(), await archive.reviews.named(review))
        with bar() as tell:
            title = found.review.title
            written = await write_result(archive, found, lambda done, total: tell(title, done, total, done))
        if as_json:
            print_json([asdict(written)])
        else:
            print_lines([written_words(written)])

    context.obj.write(work)


@group.command()
def close(context: typer.Context, review: ReviewName, as_json: AsJson = False) -> None:
    """End a review: nothing more is decided in it."""
    _end(context.obj, review, as_json, is_closed=True)


@group.command()
def reopen(context: typer.Context, review: ReviewName, as_json: AsJson = False) -> None:
    """Take the end of a review back: reviewers go on where they left off."""
    _end(context.obj, review, as_json, is_closed=False)


def _end(session: Session, review: str, as_json: bool, *, is_closed: bool) -> None:
    async def work(archive: Archive) -> None:
        found = await archive.reviews.named(review)
        await (archive.reviews.close(found.id) if is_closed else archive.reviews.reopen(found.id))
        after = await archive.reviews.named(str(found.id))
        if as_json:
            print_json([review_row(after)])
        else:
            print_lines([f"{'Closed' if is_closed else 'Reopened'}: {review_line(after)}"])

    session.run(work)

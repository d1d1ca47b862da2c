"""Whatever is typed is a query that the server understands, or an error that says what is wrong and where."""

from datetime import UTC
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from backscroll.archive.opening import Archive
from backscroll.archive.steps import Sought
from backscroll.errors import AppError, QueryError
from backscroll.model.condition import Condition
from backscroll.model.query import Either, Order, Query
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse

ORDERS: tuple[Order, ...] = ("newest", "oldest", "rank")


@given(st.text(max_size=80))
def test_any_text_is_a_query_or_a_clear_error(text: str) -> None:
    try:
        parse(text, UTC)
    except QueryError as error:
        assert error.hint
        assert 0 <= error.start <= error.end <= len(text)


SIGNS = [
    '"',
    "(",
    ")",
    "-",
    "*",
    "'",
    "\\",
    ":",
    "&",
    "|",
    "!",
    "<->",
    "%",
    "{0}",
    "{",
    "$1",
    "~",
    " OR ",
    " ",
    " ",
    "\n",
]
LETTERS = ["a", "Ana", "駅", "😂", "é", "%(sent_at)s", "null", "keys", '"x y"', "a_b", "\x00", "\ud800", "2021", "3w"]
NAMES = ["in:", "from:", "to:a", "with:", "thread:", "tag:", "code:", "source:", "in:fam", "from:bo", '"Bo Berg"']
OTHERS = [
    "older_than:",
    "has:",
    "is:",
    "link",
    "reply",
    "note",
    "code",
    "unread",
    "type:",
    "text",
    "id:",
    "near:",
    "abcd",
    "..",
]
PATTERNS = ["/", "/a+/", "/(/", "\\m", "["]


def typed(draw: Random, pieces: list[str]) -> Query | None:
    try:
        return parse("".join(draw.choices(pieces, k=draw.randint(1, 12))), UTC)
    except AppError as error:
        assert error.code == "bad_query"
        return None


async def test_the_server_understands_10000_inputs(searched: Archive) -> None:
    draw, search = Random(7), Finding(searched)
    quarter = (await searched.search.quarters())[0]
    conditions: list[Condition] = []
    pieces = SIGNS + LETTERS + NAMES + OTHERS + PATTERNS
    for query in [typed(draw, pieces) for _ in range(10_000)]:
        try:
            conditions += [(await search.resolve(query)).condition] if query else []
        except AppError as error:
            assert error.code in {"bad_query", "no_such_message"}
    assert len(conditions) > 3000
    for i in range(0, len(conditions), 50):  # one by one, the planner alone would take a minute
        assert await searched.search.count([quarter], Sought(Either(tuple(conditions[i : i + 50]))), 1) == 0


async def test_whatever_can_be_asked_can_be_searched_for_in_every_order(searched: Archive) -> None:
    draw, search = Random(8), Finding(searched)
    pieces = [*SIGNS, *LETTERS, *NAMES, *OTHERS, *PATTERNS, "before:2024", "on:", "date:2021.."]
    for _ in range(150):
        query = typed(draw, pieces)
        try:
            for order in ORDERS if query else ():
                async for _ in search.find(query, limit=3, order=order):
                    pass
        except AppError as error:
            assert error.code in {"bad_query", "no_such_message"}

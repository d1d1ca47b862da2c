"""How a stretch and what was made of it are told to a person."""

from datetime import timedelta, tzinfo

from backscroll.dates import day_of, long_day
from backscroll.model.summary import Method, Scope, Status, Stretch, Summary
from backscroll.text import safe_line


def about(stretch: Stretch, zone: tzinfo | None, thread: str | None = None) -> str:
    """What a stretch is, on one safe line; `thread` is the title of its thread."""
    days = _days(stretch, zone)
    names = {
        Scope.CHAT: "The whole chat",
        Scope.THREAD: f"Thread: {safe_line(thread or '') or 'untitled'}",
        Scope.WEEK: f"Week: {days}",
        Scope.UNREAD: f"Unread: {days}",
        Scope.SEARCH: f"Search: {safe_line(stretch.query)}",
    }
    return names.get(stretch.scope) or days or "The whole chat"


def _days(stretch: Stretch, zone: tzinfo | None) -> str:
    first = long_day(day_of(stretch.since, zone)) if stretch.since else ""
    last = long_day(day_of(stretch.until - timedelta(microseconds=1), zone)) if stretch.until else ""
    if not first or not last:
        return f"from {first}" if first else f"to {last}" if last else ""
    return first if first == last else f"{first} to {last}"


def made_of(summary: Summary) -> str:
    """From how many messages a summary was made, how, and what that cost, on one safe line."""
    count = summary.message_count
    parts = [f"{count:,} message{'s' if count != 1 else ''}"]
    parts.append(
        safe_line(summary.model or "") or "a language model" if summary.method is Method.MODEL else summary.method
    )
    if summary.cost:
        parts.append(f"{summary.cost.tokens_in + summary.cost.tokens_out:,} tokens")
        parts += [f"cost {summary.cost.price:,.4f}"] if summary.cost.price is not None else []
    parts += ["masked"] if summary.is_masked else []
    parts += [f"{summary.status}"] if summary.status is not Status.COMPLETED else []
    return ", ".join(parts)


def change_told(summary: Summary) -> str:
    """What has changed since a summary was made; empty where nothing has."""
    count = abs(summary.change)
    messages = f"{count:,} message{'s' if count != 1 else ''}"
    if not count:
        return ""
    return f"{messages} came since" if summary.change > 0 else f"{messages} taken out since"

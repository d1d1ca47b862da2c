"""How a moment is written on the screen, in the person's zone."""

from datetime import date, datetime, timedelta, tzinfo

from backscroll.dates import Span, local, long_day


def clock_time(moment: datetime, zone: tzinfo | None) -> str:
    """Hours and minutes, always five cells."""
    return f"{local(moment, zone):%H:%M}"


def span_title(span: Span) -> str:
    """Some days by their name: Tue 2 Mar 2021, the week of Mon 1 Mar 2021, March 2021, Q1 2021 or 2021."""
    first, days = span.first, (span.after - span.first).days
    if days == 1:
        return long_day(first)
    if days == 7:
        return f"the week of {long_day(first)}"
    if days <= 31:
        return f"{first:%B} {first.year}"
    return f"Q{first.month // 3 + 1} {first.year}" if days <= 92 else str(first.year)


def stretch_title(span: Span) -> str:
    """Any days by the first and the last of them; the ends of the calendar are open."""
    if span.first == date.min:
        return f"before {long_day(span.after)}"
    if span.after == date.max:
        return f"since {long_day(span.first)}"
    last = span.after - timedelta(days=1)
    if last == span.first:
        return long_day(last)
    begin = f"{span.first.day} {span.first:%b}" + (f" {span.first.year}" if span.first.year != last.year else "")
    return f"{begin} – {last.day} {last:%b} {last.year}"


def short_time(moment: datetime, now: datetime, zone: tzinfo | None) -> str:
    """As much as tells it from its neighbours in a list: 09:14, Mon, 12 Mar, or Mar 2019."""
    here, today = local(moment, zone), local(now, zone).date()
    days = (today - here.date()).days
    if days == 0:
        return f"{here:%H:%M}"
    if 0 < days < 7:
        return f"{here:%a}"
    if here.year == today.year:
        return f"{here.day} {here:%b}"
    return f"{here:%b} {here.year}"

"""A rowing club, parents and gardeners, whose groups are summarised day by day."""

from datetime import datetime, timedelta
from typing import Any

import psycopg

from tests.syncing.rows import insert
from tests.syncing.stories import lines, make_tables

_NAMES = {"ines": "Inês Duarte", "tom": "Tom", "mags": "Mags ⛵", "yusuf": "Yusuf", "cleo": "Cleo Park"}
_GROUPS = {
    "harbour-rowing@g.us": """
        2024-05-10
        18:01 mags: Regatta is in two weeks. Who is in for the coxed four?
        18:03 tom: Me. Bow or two, I don't mind
        18:04 yusuf: In 🙋
        18:09 cleo: I can cox, if nobody minds my shouting
        18:10 ines: Nobody ever minded 😄
        18:12 mags: Then Inês at stroke. Boat is the Kittiwake, entry fee 48
        18:30 tom: I'll pay it tonight, give it back to me whenever
        18:34 yusuf: Seat three of the Kittiwake is loose, by the way. I'd not race on it
        18:36 mags: I'll ask Ewa for the key of the workshop
        2024-05-11
        07:15 cleo: Fog until nine. Do we go out?
        07:18 ines: Not in that. Breakfast at the Anchor instead?
        07:19 tom: Best training plan of the year
        07:24 yusuf: Ewa says the workshop is open at 10. Bring a 13 mm spanner
        10:48 yusuf: Seat is fixed. It was one washer
        10:52 mags: Hero. Four laps to the lighthouse then, 11:30
        13:20 ines: 2:06 per 500 on the last one!
        13:22 cleo: And you all still had breath to complain
        2024-05-12
        09:02 mags: Entry is confirmed: heat 3, lane 2, 23 May 10:40
        09:05 tom: Who drives the trailer?
        09:11 ines: My brother's van has a hitch. He wants lunch for it
        09:12 mags: Lunch is granted
        09:30 yusuf: Rain gear: the club has four jackets, one of them is mine since 2019
        09:31 cleo: So that is where it went
        18:40 tom: Saturday 7:00 at the slip, trailer leaves at 7:30. Don't be Tom last year
        18:41 mags: You are Tom
        18:42 tom: Exactly
    """,
    "class-3b-parents@g.us": """
        2024-05-12
        19:05 cleo: Does anybody have the list for the trip?
        19:11 tom: Packed lunch, raincoat, no phones
    """,
    "allotment-12@g.us": """
        2024-05-12
        08:15 yusuf: Slugs got all of the lettuce
        08:40 ines: Beer traps. They die happy
        20:05 mags: I have 12 tomato plants left over, by the gate
    """,
}
_SUMMARIES = {
    "2024-05-10": "The crew for the regatta is set: Tom, Yusuf, Mags and Inês at stroke, with Cleo as cox, in the "
    "Kittiwake. Tom pays the fee of 48. Seat three is loose; Mags asks Ewa for the key of the workshop.",
    "2024-05-11": "Training was put off for fog. Yusuf fixed seat three with a washer. Four laps to the lighthouse at "
    "11:30, the last at 2:06 per 500 metres.",
    "2024-05-12": "The entry is confirmed: heat 3, lane 2, 23 May 10:40. Inês's brother tows and gets lunch "
    "for it. Everybody is at the slip on Saturday at 7:00; the trailer leaves at 7:30.",
}


def write(connection: psycopg.Connection[Any]) -> None:
    """Makes the tables and writes all of it."""
    make_tables(connection, "group_summaries")
    for group, script in _GROUPS.items():
        for line in lines(script):
            identity = f"3EB0{len(group):02X}{line.number:04X}"
            insert(
                connection,
                "messages",
                message_id=identity,
                group_id=group,
                sender_id=f"{line.who}@c.us",
                sender_name=_NAMES[line.who],
                message_text=line.text,
                timestamp=line.at,
            )
    people, group = list(_NAMES.values()), next(iter(_GROUPS))
    said = [line.at.date().isoformat() for line in lines(_GROUPS[group])]
    for day, words in _SUMMARIES.items():
        about = datetime.fromisoformat(f"{day}T00:00+02:00")
        insert(
            connection,
            "summaries",
            group_id=group,
            content=words,
            message_count=said.count(day),
            date=about,
            generated_at=about + timedelta(hours=23, minutes=30),
            participants=people,
        )
    insert(connection, "message_logs", error_type="parse_error", data={"type": "poll_update", "from": group})

"""Writing chats as rows of a tab-separated file with a header, the way a community's archive is often handed on."""

import csv
import io

from tests.sample_writer.schedule import Post
from tests.sample_writer.script import Script

COLUMNS = ("chat_id", "chat", "sent_at", "sender_id", "sender", "id", "text", "parent")


def row_id(script: Script, number: int) -> str:
    """The id of the chat's message at this place."""
    return f"{script.settings['id']}-{number + 1:05}"


def export_table(chats: list[tuple[Script, list[Post]]]) -> str:
    """The file's text; a text with a line break, a tab or a quote is quoted as in CSV."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for script, posts in chats:
        for number, post in enumerate(posts):
            parent = "" if post.parent is None else row_id(script, post.parent)
            sender = post.sender or ""
            writer.writerow(
                (
                    script.settings["id"],
                    script.settings["title"],
                    f"{post.at:%Y-%m-%dT%H:%M:%S}Z",
                    sender.lower().replace(" ", "."),
                    sender,
                    row_id(script, number),
                    post.text,
                    parent,
                )
            )
    return out.getvalue()

"""All files of the sample: chats played, written in their formats, and the notes beside them."""

import io
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from tests.sample_writer.notes import Place, notes_json
from tests.sample_writer.schedule import Post, play
from tests.sample_writer.script import SCENES, Script, read_script
from tests.sample_writer.slack import Workspace, timestamp
from tests.sample_writer.table import export_table, row_id
from tests.sample_writer.whatsapp import export_chat


def build() -> dict[str, bytes]:
    """The content of every shipped file by its path below the sample's folder."""
    files: dict[str, bytes] = {}
    places: dict[str, list[Place]] = {}
    scripts = [read_script(path.stem) for path in sorted(SCENES.glob("*.txt"))]
    chats = [(script, play(script)) for script in scripts]
    for script, posts in _of(chats, "whatsapp"):
        files |= _whatsapp(script, posts)
        places[script.key] = [Place("whatsapp", script.settings["title"], post, None) for post in posts]
    workspace, slack = Workspace(), _of(chats, "slack")
    files["exports/Lanternfish Slack export.zip"] = _zip(workspace.export(slack))
    for script, posts in slack:
        places[script.key] = [
            Place(workspace.identity, script.settings["id"], post, timestamp(post, number))
            for number, post in enumerate(posts)
        ]
    table = _of(chats, "delimited")
    files["exports/community rooms.tsv"] = export_table(table).encode()
    for script, posts in table:
        places[script.key] = [
            Place("delimited", script.settings["id"], post, row_id(script, number)) for number, post in enumerate(posts)
        ]
    files["notes.json"] = notes_json(places).encode()
    return files


def _of(chats: list[tuple[Script, list[Post]]], form: str) -> list[tuple[Script, list[Post]]]:
    return [(script, posts) for script, posts in chats if script.settings["format"] == form]


def _whatsapp(script: Script, posts: list[Post]) -> dict[str, bytes]:
    export = export_chat(script, posts)
    name = script.settings["file"]
    if not name.endswith(".zip"):
        return {f"exports/{name}": export.text.encode()}
    text_name = "_chat.txt" if script.settings["dialect"].startswith("ios") else name.removesuffix(".zip") + ".txt"
    return {f"exports/{name}": _zip({text_name: export.text} | export.files)}


def _zip(members: dict[str, str] | dict[str, bytes] | dict[str, str | bytes]) -> bytes:
    """A zip that is the same everywhere: stored, not packed, and every member from the first day that zip knows."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, content in members.items():
            info = ZipInfo(name)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()

"""How codes and their history are said: rows with the documented keys, and plain lines."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from backscroll.json_lines import Row
from backscroll.model.code import Code, Codebook, CodeChange
from backscroll.text import safe_line

_COLUMNS: Final = {"parent_id": "under", "retired_at": "retired", "merged_into": "into", "codes": "into"}
_IDS: Final = {"parent_id", "merged_into"}
_ANNOTATIONS: Final = ("replaced", "joined")
"""Lists of annotations that a merge keeps for the way back; a person is told how many they are."""


def code_row(book: Codebook, code: Code) -> Row:
    """A code with its documented keys."""
    uses = book.uses(code.id)
    return {
        "id": code.id,
        "parent_id": code.parent_id,
        "path": book.path(code),
        "name": code.name,
        "colour": code.colour,
        "key": code.key,
        "description": code.description,
        "examples": code.examples,
        "position": code.position + 1,
        "annotations": uses.own,
        "annotations_with_below": uses.whole,
        "version": code.version,
        "created_at": code.created_at,
        "updated_at": code.updated_at,
        "retired_at": code.retired_at,
        "merged_into": code.merged_into,
    }


def code_line(book: Codebook, code: Code, depth: int) -> str:
    """A code as a line of a tree: its name, its key, and how many annotations bear it of those of its branch."""
    uses = book.uses(code.id)
    figures = f"{uses.own:,}" if uses.own == uses.whole else f"{uses.own:,} of {uses.whole:,}"
    key = f" [{code.key}]" if code.key else ""
    return f"{'  ' * depth}{safe_line(code.name)}{key}  {figures}{state_of(book, code)}"


def state_of(book: Codebook, code: Code) -> str:
    """Why a code is not in use; empty where it is."""
    into = book.get(code.merged_into) if code.merged_into else None
    if into is not None:
        return f" (merged into {safe_line(book.path(into))})"
    return "" if code.is_alive else " (retired)"


def change_row(book: Codebook, change: CodeChange) -> Row:
    """A line of the history with its documented keys."""
    code = book.get(change.code_id)
    return {
        "id": change.id,
        "code_id": change.code_id,
        "path": book.path(code) if code else None,
        "change": change.change,
        "reviewer": change.author,
        "user": change.user,
        "before": _counted(change.before),
        "after": _counted(change.after),
        "changed_at": change.changed_at,
    }


def change_line(book: Codebook, change: CodeChange) -> str:
    """When, by whom, what, and how it was and became."""
    code = book.get(change.code_id)
    by = safe_line(change.author or change.user)
    path = safe_line(book.path(code)) if code else str(change.code_id)[:8]
    told = "; ".join(told_of(book, change))
    return f"{change.changed_at:%Y-%m-%d %H:%M} {by} {change.change} {path}{f' ({told})' if told else ''}"


def told_of(book: Codebook, change: CodeChange) -> list[str]:
    """What a change did, column by column, as it may be shown."""
    if change.change == "made":
        return []
    before, after = _counted(change.before) or {}, _counted(change.after) or {}
    told = [f"{count} annotations" for count in (before.get("annotations"),) if count]
    for column, value in after.items():
        if column in {"position", "retired_at"}:
            continue
        name, now = _COLUMNS.get(column, column), _said(book, column, value)
        then = _said(book, column, before.get(column))
        is_new = column in {"merged_into", "codes"}
        told.append(f"{name}: {now}" if is_new else f"{name}: {then or '–'} → {now or '–'}")
    return told


def _said(book: Codebook, column: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_said(book, "parent_id", one) for one in value)
    if column in _IDS and isinstance(value, str):
        code = book.get(UUID(value))
        return safe_line(book.path(code)) if code else value[:8]
    if isinstance(value, datetime):
        return value.isoformat()
    return safe_line(str(value or ""))[:80]


def _counted(columns: Mapping[str, object] | None) -> dict[str, object] | None:
    if columns is None:
        return None
    kept = {name: value for name, value in columns.items() if name not in _ANNOTATIONS}
    moved = sum(len(ids) for name in _ANNOTATIONS if isinstance(ids := columns.get(name), list))
    return kept | ({"annotations": moved} if moved else {})

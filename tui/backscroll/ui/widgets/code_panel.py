"""The codes of a review beside a message: their keys, which are given, and what others gave where one may see it."""

from collections.abc import Mapping

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from backscroll.model.code import Code
from backscroll.reviewing.comparing import Reviewers
from backscroll.reviewing.queue import Draft
from backscroll.reviewing.sitting import Sitting
from backscroll.text import safe, safe_line

_NAME = 4
"""Cells of a reviewer's name above a column."""


class CodePanel(Static):
    """One line a code, and below it when it applies where that is asked for; each can be clicked."""

    def __init__(self) -> None:
        super().__init__(id="codes", markup=False)
        self.auto_links = False  # the codes have colours of their own
        self.defines = False
        self._lines = 0

    def show(self, sitting: Sitting, keys: Mapping[str, Code], reviewers: Reviewers) -> None:
        """Draws the codes as they are set on the message in hand."""
        draft = sitting.queue.draft
        key_of = {code.id: key for key, code in keys.items()}
        lines = list[Content]()
        for code in sitting.codes:
            lines.append(self._line(sitting, code, key_of.get(code.id, ""), draft, reviewers))
            lines += self._definition(code) if self.defines else ()
        if reviewers:
            head = "".join(safe_line(name)[:_NAME].rjust(_NAME + 1) for name in reviewers)
            lines.insert(0, Content.styled(head.rjust(self._width), "$foreground-muted"))
        lines += [Content(""), *_state(draft), *_remarks(reviewers)]
        # Another layout takes longer than all the rest, and most keys change no height.
        self.update(Content("\n").join(lines), layout=len(lines) != self._lines)
        self._lines = len(lines)

    def clear(self) -> None:
        """Shows no codes: no message is in hand."""
        self._lines = 0
        self.update("")

    def _definition(self, code: Code) -> list[Content]:
        words = Content(safe_line(code.description)).wrap(max(1, self._width - 6)) if code.description else []
        return [Content("      ").append(line).stylize("$foreground-muted") for line in words]

    @property
    def _width(self) -> int:
        return max(20, self.content_region.width)

    def _line(self, sitting: Sitting, code: Code, key: str, draft: Draft, reviewers: Reviewers) -> Content:
        is_set = code.id in draft.codes
        marks = "".join(("✓" if code.id in said.codes else "·").rjust(_NAME + 1) for said in reviewers.values())
        room = self._width - 6 - len(marks)
        name = Content(safe_line(sitting.book.path(code))).truncate(max(room, 1), ellipsis=True, pad=True)
        line = Content.assemble(
            (f"{key or ' '} ", "bold $text-accent"),
            ("▣ " if is_set else "☐ ", "bold $text-success" if is_set else "$foreground-muted"),
            ("■ ", code.colour or "$foreground-muted"),
            name.stylize("bold") if is_set else name,
            (marks, "$text-warning"),
        )
        return line.stylize(Style.from_meta({"@click": f"screen.code({key!r})"})) if key else line


def _state(draft: Draft) -> list[Content]:
    flag = [Content.styled("⚑ flagged", "$text-warning")] if draft.is_flagged else []
    return flag + ([Content.assemble(("✎ ", "$text-accent"), safe(draft.remark))] if draft.remark else [])


def _remarks(reviewers: Reviewers) -> list[Content]:
    said = {name: decision for name, decision in reviewers.items() if decision.remark or decision.is_flagged}
    return [
        Content.assemble((safe_line(name), "bold"), " ⚑ " if decision.is_flagged else " ", safe(decision.remark))
        for name, decision in said.items()
    ]

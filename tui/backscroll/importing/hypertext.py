"""HTML as the plain text that one reads: paragraphs, lists, quotes, code between fences, links with their addresses."""

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset({
    "address", "article", "blockquote", "div", "dl", "dt", "dd", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
})  # fmt: skip
_APART: Final = frozenset({"p", "blockquote", "pre", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN: Final = frozenset({"script", "style", "head", "title", "template", "noscript"})
_VOID: Final = frozenset({"br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr", "source", "embed"})
_BLANK: Final = re.compile(r"[ \t\r\n\f]+")
_EMOJI: Final = re.compile(r"\bemoji-([0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,9})\b")
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_TEX: Final = "application/x-tex"


def plain(html: str) -> str:
    """The text that the HTML shows; whatever is not well formed is read as far as it goes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Gathers lines. A tag inside `_skipping` is not seen until that one is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._open: list[str] = []
        self._skipping: int | None = None  # how many tags were open when what is not shown began
        self._quotes = 0
        self._lists: list[int | None] = []
        self._pre = 0
        self._language = ""
        self._as_written: set[int] = set()  # lines of code: their blank ones stay
        self._links: list[tuple[str, int]] = []

    def text(self) -> str:
        """What was gathered, without blanks at the ends of lines and with one empty line at most between others."""
        told: list[str] = []
        blank = False
        for number, line in enumerate(self._lines):
            if not line.strip("> ") and number not in self._as_written:
                blank = bool(told)
                continue
            if blank:
                told.append("> " * min(_depth(told[-1]), _depth(line)))
            told.append(line)
            blank = False
        return "\n".join(line.rstrip(" ") for line in told).strip("\n ")

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Passes what looks like a declaration of SGML and is none, where Python's parser would stop."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i, report=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
        if self._skipping is not None:
            if tag == "annotation" and told.get("encoding") == _TEX:  # the formula as it was written
                self._open.append("$")
        elif self._is_unseen(tag, told):
            self._skipping = len(self._open)
        elif tag in _BLOCKS:
            self._language = told.get("data-code-language", self._language).lower()
            self._begin(tag)
        else:
            self._run(tag, told)

    def _run(self, tag: str, told: dict[str, str]) -> None:
        """A tag inside a line."""
        if tag == "br":
            self._lines.append(self._margin())
        elif tag == "img":
            self._say(told.get("alt", ""))
        elif tag == "a":
            self._links.append((told.get("href", ""), self._length()))
        elif tag in ("td", "th") and self._lines[-1].strip("> "):
            self._say(" | ")
        elif tag == "code" and not self._pre:
            self._say("`")

    def _is_unseen(self, tag: str, told: dict[str, str]) -> bool:
        emoji = _EMOJI.search(told.get("class", "")) if tag == "span" else None
        if emoji:
            self._say("".join(chr(min(int(code, 16), 0x10FFFF)) for code in emoji[1].split("-")))
        kinds = told.get("class", "").split()
        return (
            emoji is not None
            or tag in _UNSEEN
            or "katex" in kinds
            or "message_inline_image" in kinds
            or _HIDDEN.search(told.get("style", "")) is not None
        ) and tag not in _VOID

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open:
            closed = self._open.pop()
            if self._skipping is not None:
                if len(self._open) < self._skipping:
                    self._skipping = None
            else:
                self._end(closed)
            if closed == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._skipping is not None:
            if self._open and self._open[-1] == "$":
                self._say(f"${data.strip()}$")
            return
        if self._pre:
            first, *others = data.split("\n")
            self._lines[-1] += first
            self._as_written.update(range(len(self._lines), len(self._lines) + len(others)))
            self._lines += [self._margin() + line for line in others]
            return
        words = _BLANK.sub(" ", data)
        self._say(words.lstrip(" ") if self._lines[-1] == self._margin() or self._lines[-1].endswith(" ") else words)

    def _begin(self, tag: str) -> None:
        self._break(apart=tag in _APART and not self._lists)
        if tag == "blockquote":
            self._quotes += 1
            self._lines[-1] = self._margin()
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._lines[-1] = self._margin() + self._bullet()
        elif tag == "pre":
            self._pre += 1
            self._say("```" + self._language)
            self._language = ""
            self._lines.append(self._margin())

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "  " * max(len(self._lists) - 1, 0) + "• "
        self._lists[-1] += 1
        return "  " * (len(self._lists) - 1) + f"{self._lists[-1]}. "

    def _end(self, tag: str) -> None:
        if tag == "pre" and self._pre:
            self._pre -= 1
            if self._lines[-1] == self._margin():
                self._lines.pop()
                self._as_written.discard(len(self._lines))
            self._lines.append(self._margin() + "```")
        elif tag == "blockquote":
            self._quotes = max(self._quotes - 1, 0)
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "code" and not self._pre:
            self._say("`")
        elif tag == "a" and self._links:
            self._address(*self._links.pop())
        if tag in _BLOCKS:
            self._break(apart=tag in _APART and not self._lists)

    def _address(self, address: str, begun: int) -> None:
        label = "".join(self._lines)[begun:].strip()
        if address.startswith(("http://", "https://", "mailto:")):
            address = address.removeprefix("mailto:")
            if address.rstrip("/") not in (label.rstrip("/"), "http://" + label, "https://" + label):
                self._say(f" ({address})" if label else address)

    def _length(self) -> int:
        return sum(map(len, self._lines))

    def _margin(self) -> str:
        return "> " * self._quotes

    def _say(self, words: str) -> None:
        self._lines[-1] += words

    def _break(self, *, apart: bool) -> None:
        if self._lines[-1].strip("> "):
            self._lines.append(self._margin())
        else:
            self._lines[-1] = self._margin()
        if apart and len(self._lines) > 1 and self._lines[-2].strip("> "):
            self._lines.append(self._margin())


def _depth(line: str) -> int:
    """How many quotes a line stands in."""
    depth = 0
    while line.startswith("> ", 2 * depth):
        depth += 1
    return depth

"""The colours of program text, by the language that its fence names."""

from functools import lru_cache

from textual.content import Content, Span
from textual.highlight import HighlightTheme, highlight

from backscroll.ui.widgets.look import Styles

_NAMES = """
    bash c c# c++ clojure cpp cs csharp css csv dart diff docker dockerfile elixir erlang go golang graphql groovy
    haskell hcl html http ini java javascript js json jsx julia kotlin kt latex lua make makefile nginx ocaml perl php
    postgres powershell protobuf ps1 py python r rb ruby rs rust scala scss sh shell sql swift terraform tex toml ts tsx
    typescript vb vim xml yaml yml zig zsh
"""
_LANGUAGES = frozenset(_NAMES.split())
"""What people name on a fence; others are shown without colours."""

_LONGEST = 8_000
"""Characters of a program that is coloured: a longer one would take several times as long to draw as plain text."""


class _Theme(HighlightTheme):
    """Names of our own styles in place of colours, which are the stylesheet's."""

    STYLES = {  # noqa: RUF012  (declared so by Textual)
        ("Keyword",): "keyword",
        ("Name", "Builtin"): "keyword",
        ("Name", "Tag"): "keyword",
        ("Operator", "Word"): "keyword",
        ("Literal", "String"): "literal",
        ("Literal", "Number"): "number",
        ("Keyword", "Constant"): "number",
        ("Comment",): "comment",
        ("Name", "Function"): "definition",
        ("Name", "Class"): "definition",
        ("Name", "Decorator"): "definition",
        ("Name", "Attribute"): "definition",
        ("Generic", "Heading"): "definition",
        ("Generic", "Inserted"): "literal",
        ("Generic", "Deleted"): "number",
    }


def coloured(content: Content, language: str, start: int, end: int, styles: Styles) -> Content:
    """The content with a program in it coloured; where the language is not known, as it is."""
    if language.lower() not in _LANGUAGES or end - start > _LONGEST:
        return content
    spans = _spans(content.plain[start:end], language.lower())
    return content.add_spans([Span(start + first, start + last, getattr(styles, name)) for first, last, name in spans])


@lru_cache(256)
def _spans(program: str, language: str) -> tuple[tuple[int, int, str], ...]:
    drawn = highlight(program, language=language, theme=_Theme)
    return tuple(
        (span.start, span.end, str(span.style)) for span in drawn.spans if span.style in _Theme.STYLES.values()
    )

"""Pages of HTML: one file, nothing in it that runs or is fetched, and every text escaped."""

from html import escape
from typing import Final

from backscroll.model.links import link_spans
from backscroll.text import safe, safe_line

_STYLE: Final = """
:root { color-scheme: light dark; --soft: #8883; --mark: #b8860b; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1rem; border-bottom: 1px solid var(--soft); margin-top: 2rem; }
article { margin: .8rem 0; }
article header { font-size: .85rem; opacity: .8; }
p, blockquote, li { white-space: pre-wrap; overflow-wrap: anywhere; margin: .1rem 0; }
blockquote { border-left: 3px solid var(--soft); padding-left: .6rem; opacity: .8; }
aside { border-left: 3px solid var(--mark); padding-left: .6rem; margin: .3rem 0; font-size: .9rem; }
ul { margin: .2rem 0; padding-left: 1.2rem; }
"""


def page_head(title: str) -> str:
    """Everything before the first piece of a page."""
    shown = line(title)
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n"""
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{shown}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1 dir="auto">{shown}</h1>\n'
    )


PAGE_FOOT: Final = "</body>\n</html>\n"


def line(text: str) -> str:
    """A foreign text on one line, cleaned and escaped."""
    return escape(safe_line(text))


def paragraph(text: str, tag: str = "p") -> str:
    """A foreign text, cleaned and escaped, its web addresses as links."""
    shown = safe(text).strip("\n")
    parts, position = [], 0
    for start, end in link_spans(shown):
        address = escape(shown[start:end])
        parts += [escape(shown[position:start]), f'<a href="{address}" rel="noreferrer noopener">{address}</a>']
        position = end
    return f'<{tag} dir="auto">{"".join([*parts, escape(shown[position:])])}</{tag}>\n'

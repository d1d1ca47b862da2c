"""What the codebook's screen says about the code in hand."""

from backscroll.coding.rows import state_of
from backscroll.model.code import Code, Codebook
from backscroll.text import safe, safe_line
from backscroll.ui.widgets.hanging import Hanging


def code_facts(book: Codebook, code: Code) -> Hanging:
    """What a code means and how often it was given."""
    uses = book.uses(code.id)
    return Hanging(
        [
            ("name", safe_line(code.name)),
            ("under", safe_line("/".join(above.name for above in book.line(code)[:-1]))),
            ("key", code.key),
            ("colour", code.colour),
            ("given", f"{uses.own:,}" + (f", with those below {uses.whole:,}" if uses.whole != uses.own else "")),
            ("applies", safe(code.description)),
            ("examples", safe(code.examples)),
            ("state", state_of(book, code).strip(" ()")),
            ("id", str(code.id)),
        ],
        10,
    )

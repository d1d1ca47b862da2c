"""All that was decided in a review, as it will be once what waits has come to the archive."""

from dataclasses import dataclass

from backscroll.archive.opening import Archive
from backscroll.model.code import Code, Codebook
from backscroll.model.review import Decision, Pass, Review
from backscroll.reviewing.comparing import Figures, figures, in_use
from backscroll.reviewing.queue import laid_over
from backscroll.writing.overlay import Overlay


@dataclass(frozen=True, slots=True)
class Decided:
    """A review, its decisions in codes that are in use, and the codes that may be given, in the codebook's order."""

    review: Review
    decisions: list[Decision]
    book: Codebook
    codes: tuple[Code, ...]

    def figures(self, made_in: Pass) -> list[Figures]:
        """How far reviewers agree in one pass; of a review of the whole codebook, on the codes that were given."""
        chosen = [code.id for code in self.codes] if self.review.codes else []
        return figures(self.decisions, chosen, made_in=made_in)


async def decided(archive: Archive, overlay: Overlay, review: Review) -> Decided:
    """What was decided in a review. The overlay is from before: what comes to the archive meanwhile counts once."""
    book = overlay.on_codebook(await archive.codes.book())
    found = laid_over(await archive.reviews.decisions(review.id), overlay.decided_in(review.id))
    named = {code.id for identity in review.codes if (code := book.living(identity))}
    codes = tuple(code for _, code in book.walk() if not named or code.id in named)
    return Decided(review, in_use(found, book), book, codes)

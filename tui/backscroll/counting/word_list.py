"""How a text sounds by a list of English words: VADER (Hutto and Gilbert, 2014), from the `sentiment` extra."""

from collections.abc import Iterable
from typing import Final

from backscroll.errors import AppError
from backscroll.model.statistics import Sentiment

LANGUAGE: Final = "en"
"""The language of the list; texts in another one cannot be judged by it."""
NOT_INSTALLED: Final = "no_sentiment"
"""The code of the error that says so."""
_EDGE: Final = 0.05
"""From here on a text sounds one way or the other, as its authors say."""
_LONGEST: Final = 10_000
"""Characters of a text that are read: the list is made for short ones, whose score its words do not fill up."""


class WordList:
    """The words, once loaded; safe in threads. `name` tells them from those of another version."""

    def __init__(self) -> None:
        """Raises AppError where the extra is not installed."""
        try:
            import vader
        except ImportError:
            raise AppError(
                "What tells how messages sound is not installed",
                "pip install 'backscroll[sentiment]'",
                code=NOT_INSTALLED,
            ) from None
        self.name = f"VADER {vader.__version__}"
        self._analyzer = vader.SentimentIntensityAnalyzer()

    def judge(self, texts: Iterable[str]) -> Sentiment:
        """How these texts sound together."""
        positive = neutral = negative = unlisted = total = 0
        for text in texts:
            scores = self._analyzer.polarity_scores(text[:_LONGEST])
            score = scores["compound"]
            positive += score >= _EDGE
            negative += score <= -_EDGE
            neutral += -_EDGE < score < _EDGE
            unlisted += not (scores["pos"] or scores["neg"] or score)
            total += round(score * 10_000)
        return Sentiment(positive, neutral, negative, unlisted, total)

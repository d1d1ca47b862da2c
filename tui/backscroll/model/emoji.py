"""What an emoji is in a text: a pattern that Python and the server read alike."""

from typing import Final

# Drawn as pictures by themselves (Unicode's Emoji_Presentation; of the hearts and faces that are not, those that people
# type), and signs that a variation selector makes pictures.
_PICTURES: Final = (
    r"\u231A\u231B\u23E9-\u23EC\u23F0\u23F3\u25FD\u25FE\u2614\u2615\u2639\u263A\u2648-\u2653\u2665\u267F\u2693\u26A1"
    r"\u26AA\u26AB\u26BD\u26BE\u26C4\u26C5\u26CE\u26D4\u26EA\u26F2\u26F3\u26F5\u26FA\u26FD\u2705\u270A\u270B\u2728"
    r"\u274C\u274E\u2753-\u2755\u2757\u2764\u2795-\u2797\u27B0\u27BF\u2B1B\u2B1C\u2B50\u2B55"
    r"\U0001F004\U0001F0CF\U0001F18E\U0001F191-\U0001F19A\U0001F201\U0001F21A\U0001F22F\U0001F232-\U0001F236"
    r"\U0001F238-\U0001F23A\U0001F250\U0001F251\U0001F300-\U0001F64F\U0001F680-\U0001F6FF\U0001F7E0-\U0001F7EB"
    r"\U0001F7F0\U0001F90C-\U0001F9FF\U0001FA70-\U0001FAFF"
)
_SIGNS: Final = r"\u00A9\u00AE\u203C-\u3299\U0001F170-\U0001F17F"
_ONE: Final = (
    rf"(?:[{_PICTURES}]\uFE0F?|[{_SIGNS}]\uFE0F)[\U0001F3FB-\U0001F3FF]?[\U000E0020-\U000E007F]*"  # tones and tags
)
EMOJI: Final = rf"(?:[\U0001F1E6-\U0001F1FF]{{2}}|{_ONE}(?:\u200D{_ONE})*)"
"""An emoji as one sees it: a flag is one, a family is one, and so is a hand of any colour."""
SELECTOR: Final = "\ufe0f"
"""Says that a sign is drawn as a picture; some write it, others do not, so it tells no emoji from another."""

"""Reviews: sampling messages, coding them in turn, and how far those who coded agree."""

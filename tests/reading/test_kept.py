"""Records of live sources in words: what is said, and what is left out."""

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from backscroll.reading.kept import in_words
from backscroll.text import safe_line

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def test_moments_stand_in_ones_own_zone_and_what_is_for_programs_is_left_out() -> None:
    record = {
        "id": "0c3a3761-ac9e-46bf-b5ae-a746793bd238",
        "user": "Nora",
        "roles": ["analyst", "guest"],
        "is_active": True,
        "until": None,
        "changes": {"tag": "new", "by": {}},
        "created_at": "2024-04-20T15:00:00.25+02:00",
        "updated_at": "2024-04-21T15:00:00",
    }
    said = "user Nora, roles (analyst; guest), is_active yes, changes (tag new), created_at 2024-04-20 13:00:00"
    assert in_words(record, UTC) == said


@given(JSON)
def test_whatever_a_source_keeps_becomes_one_line(value: object) -> None:
    said = in_words(value, UTC)
    assert said == safe_line(said)

"""What was asked before is found again by a few letters."""

from datetime import UTC, datetime
from uuid import UUID

from backscroll.model.saved import SavedSearch
from backscroll.searching.recalling import Recalling

NOW = datetime(2026, 3, 31, tzinfo=UTC)


def saved(name: str, query: str) -> SavedSearch:
    return SavedSearch(UUID(int=1), name, query, "newest", None, None, None, None, (), NOW, NOW)


BEFORE = Recalling([saved("Lost things", "keys OR wallet"), saved("Bo", "from:bo")], ["plant from:ana", "keys", "Café"])


def found(typed: str) -> list[str]:
    return [asked.query for asked in BEFORE.fitting(typed)]


def test_saved_searches_stand_before_the_history() -> None:
    assert found("") == found("  ") == ["keys OR wallet", "from:bo", "plant from:ana", "keys", "Café"]


def test_parts_of_the_name_or_the_query_lead_to_a_search_whatever_their_case_and_accents() -> None:
    assert found("THING")[0] == "keys OR wallet"
    assert found("ana pla")[0] == "plant from:ana"
    assert found("cafe")[0] == "Café"


def test_a_slip_of_the_finger_is_forgiven_and_nonsense_finds_nothing() -> None:
    assert found("walet")[0] == "keys OR wallet"
    assert found("qqqqqq") == []

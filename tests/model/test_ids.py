"""The same export gives the same ids on any machine."""

from uuid import UUID

from backscroll.model import ids


def test_ids_never_change_between_versions() -> None:
    chat = ids.conversation_id("slack:T1", "C1")
    assert chat == UUID("6e25121e-8795-5b1d-945e-8751d2143eaf")
    assert ids.message_id(chat, "1433558319.000002") == UUID("1e0c4d85-bcb0-596e-8a76-3651ca587e0a")
    name = ids.message_name("2024-03-12T09:14:00", "Ana", "ok", 0)
    assert name == "2024-03-12T09:14:00\x1fAna\x1f0\x1fok"


def test_equal_messages_of_one_moment_are_told_apart_by_their_ordinal() -> None:
    first, second = (ids.message_name("2024-03-12T09:14:00", "Ana", "ok", n) for n in (0, 1))
    assert first != second


def test_new_ids_are_of_version_seven_and_grow_with_time() -> None:
    made = [ids.new_id() for _ in range(50)]
    assert {i.version for i in made} == {7}
    assert len(set(made)) == 50
    milliseconds = [i.int >> 80 for i in made]
    assert milliseconds == sorted(milliseconds)

"""Mappings of columns are kept by name, replaced, taken away, and fit to be used before they are kept."""

import pytest

from backscroll.errors import AppError
from backscroll.importing.mappings import Mapping, Mappings

GITTER = Mapping("gitter", "delimited", ("sent_at", "sender", "text"), "Gitter", "Europe/Berlin", "dmy")


def test_a_mapping_comes_back_as_it_was_kept(tmp_path):
    kept = Mappings(tmp_path / "home")
    assert kept.all() == []
    kept.save(Mapping("z", None, ("sent_at=ts", "sender=user.name", "text")))
    kept.save(GITTER)
    assert kept.all() == [GITTER, Mapping("z", "jsonl", ("sent_at=ts", "sender=user.name", "text"))]
    kept.save(Mapping("gitter", None, ("sent_at", "sender_id", "text")))
    assert kept.named(" gitter ").columns == ("sent_at", "sender_id", "text")
    assert kept.remove("gitter").source is None
    assert [one.name for one in kept.all()] == ["z"]
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["mappings.json"]


def test_what_is_said_now_stands_over_what_was_kept():
    said = Mapping("", None, None, "Elsewhere", None, "mdy").over(GITTER)
    assert said == Mapping("gitter", "delimited", GITTER.columns, "Elsewhere", "Europe/Berlin", "mdy")


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        (Mapping("", None, GITTER.columns), "bad_name"),
        (Mapping("x" * 201, None, GITTER.columns), "bad_name"),
        (Mapping("x"), "bad_columns"),
        (Mapping("x", None, ("sent_at", "text")), "bad_columns"),
        (Mapping("x", "jsonl", ("sent_at=a", "wat=b")), "bad_columns"),
        (Mapping("x", "slack", GITTER.columns), "bad_columns"),
    ],
)
def test_what_makes_no_message_is_not_kept(tmp_path, mapping, code):
    with pytest.raises(AppError) as caught:
        Mappings(tmp_path).save(mapping)
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["{broken", '"text"', '[1, {"name": 3, "columns": "x"}]'])
def test_a_file_that_was_spoilt_is_told_or_gives_what_it_has(tmp_path, content):
    (tmp_path / "mappings.json").write_text(content)
    try:
        assert all(isinstance(one, Mapping) for one in Mappings(tmp_path).all())
    except AppError as error:
        assert error.code == "bad_mappings"
    with pytest.raises(AppError):
        Mappings(tmp_path).named("gone")

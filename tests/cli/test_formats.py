"""The command line lists what can be imported, without an archive."""

from pathlib import Path

from backscroll.importing.formats import FORMATS
from tests.cli.running import rows, run_on


def test_every_format_is_listed_with_what_it_carries_and_no_archive_is_made(tmp_path: Path) -> None:
    home = tmp_path / "home"
    listed = rows(run_on(None, "formats", "--json", home=home))
    assert [row["name"] for row in listed] == [one.name for one in FORMATS]
    assert all(list(row) == ["name", "title", "carries", "recognised"] and all(row.values()) for row in listed)
    plain = run_on(None, "formats", home=home).stdout
    assert all(one.title in plain and one.carries in plain and one.recognised in plain for one in FORMATS)
    assert not home.exists()

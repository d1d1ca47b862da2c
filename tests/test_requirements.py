"""The table of what others ask of a database stays true: its tests exist, and what is missing has its reason."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = (ROOT / "docs" / "requirements.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in DOCUMENT.splitlines() if line.startswith("| ")
]


def test_every_test_that_is_named_exists() -> None:
    defined = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)
    known = {name for path in (ROOT / "tests").rglob("test_*.py") for name in defined.findall(path.read_text("utf-8"))}
    named = set(re.findall(r"`(test_\w+)`", DOCUMENT))
    assert len(named) > 50
    assert named - known == set()


def test_what_no_test_shows_is_left_out_for_a_reason() -> None:
    demands = [row for row in ROWS if row[0] != "demand"]
    assert len(demands) > 80
    assert [row for row in ROWS if len(row) != 3] == []
    assert [row for row in demands if "`test_" not in row[2] and not re.match(r"\*\*No\*\*[^:]*: \w", row[1])] == []

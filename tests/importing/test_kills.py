"""An import that is killed at any moment and begun again ends like one that was not; so does taking it back."""

from contextlib import AbstractContextManager
from pathlib import Path
from random import Random

from backscroll.archive.server.supervisor import EmbeddedServer
from tests.conftest import copied
from tests.killing import Outcome, disturbed, undisturbed


def test_killed_imports_end_like_an_undisturbed_one(server: EmbeddedServer, template: str, tmp_path: Path) -> None:
    def fresh(name: str) -> AbstractContextManager[str]:
        return copied(server, template, f"kills {name}")

    golden = undisturbed(tmp_path, fresh)
    assert len(golden.after["messages"]) > 4_000
    random, outcome = Random(7), Outcome(0, 0, ())
    while outcome.kills < 2:
        outcome += disturbed(golden, fresh, random)
    assert outcome.wrong == ()

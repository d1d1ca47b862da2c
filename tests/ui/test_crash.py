"""What a crash of the browser leaves behind: where it happened, and nothing of what was being read."""

import pytest
from textual.app import App

from backscroll.archive.opening import Archive
from tests.ui.seen import browser, still

CANARY = "egassem-a-fo-sdrow"


async def test_a_crash_report_holds_no_values(reading: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    app = browser(reading)

    def stumble() -> None:
        raise ZeroDivisionError(CANARY[::-1])

    with pytest.raises(ZeroDivisionError):  # noqa: PT012  (the app raises when it ends)
        async with app.run_test() as pilot:
            await still(pilot)
            app.call_later(stumble)
            await pilot.pause()
    report = "".join(map(str, app._exit_renderables)) + capsys.readouterr().err
    assert "ZeroDivisionError" in report
    assert "stumble" in report
    assert CANARY[::-1] not in report
    assert type(app)._fatal_error is not App._fatal_error

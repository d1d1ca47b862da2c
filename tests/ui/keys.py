"""Keys as a person presses them, and words that are pasted: a frame for each letter is most of a test's time."""

from textual.events import Paste
from textual.pilot import Pilot

PASTED = "paste:"


async def strike(pilot: Pilot[None], key: str) -> None:
    """Presses a key, or pastes what stands after `paste:`."""
    if not key.startswith(PASTED):
        await pilot.press(key)
        return
    assert pilot.app._driver is not None
    pilot.app._driver.send_message(Paste(key.removeprefix(PASTED)))
    await pilot.pause()

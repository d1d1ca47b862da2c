"""What is said before anything is sent to a language model for the first time, and that somebody agreed to it."""

import json
import os
from pathlib import Path

from backscroll.errors import AppError
from backscroll.settings import Settings
from backscroll.summarising.by_model.endpoint import Endpoint
from backscroll.summarising.by_model.modelling import Plan


def told(plan: Plan, endpoint: Endpoint, *, is_masked: bool) -> list[str]:
    """What would be sent, to whom, and what it would cost; a line each."""
    where = "on this machine" if endpoint.is_here else "encrypted" if endpoint.is_encrypted else "NOT encrypted"
    if is_masked:
        what = "Names of participants, addresses, numbers and links are masked; names of others are not known."
    else:
        what = "Names of participants and everything that they wrote are in clear."
    price = endpoint.price(plan.tokens_in, plan.tokens_out)
    cost = "" if price is None else f"; about {price:,.4f} by your prices"
    requests = f"{plan.requests:,} request{'s' if plan.requests != 1 else ''}"
    return [
        f"{plan.messages:,} messages go to {endpoint.host} ({where}), to {endpoint.model}: when, who, and the text.",
        f"{what} Files, reactions, ids and the chat's title are not sent.",
        f"About {plan.tokens_in:,} tokens in {requests}, and {plan.tokens_out:,} back{cost}.",
    ]


class Consent:
    """Which endpoints somebody agreed to, kept in the archive's home: to masked messages, or to all."""

    def __init__(self, settings: Settings) -> None:
        self._file = settings.home.expanduser() / "model-consent.json"

    def is_given(self, endpoint: Endpoint, *, is_masked: bool) -> bool:
        """Whether messages may go there; who agreed to all agreed to masked ones."""
        given = _read(self._file).get(endpoint.address)
        return given == "all" or (is_masked and given == "masked")

    def give(self, endpoint: Endpoint, *, is_masked: bool) -> None:
        """Somebody agrees. Raises AppError where that cannot be kept."""
        if self.is_given(endpoint, is_masked=is_masked):
            return
        known = _read(self._file) | {endpoint.address: "masked" if is_masked else "all"}
        draft = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(known, indent=1), "utf-8")
            draft.replace(self._file)
        except OSError:
            raise AppError(
                "What you agreed to cannot be kept", f"Look at {self._file.parent}.", code="not_kept"
            ) from None


def _read(path: Path) -> dict[str, str]:
    try:
        held = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}

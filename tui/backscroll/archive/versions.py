"""Earlier texts of messages: the typed face of sql/queries/versions.sql."""

from psycopg.rows import class_row

from backscroll.archive.gateway import Gateway
from backscroll.archive.queries import queries
from backscroll.model.conversation import Place
from backscroll.model.record import EarlierText

_SQL = queries("versions")


class Versions:
    """What messages said before they were changed."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def of_message(self, place: Place) -> list[EarlierText]:
        """The texts that a message had before, oldest first."""
        parameters = {"conversation": place.conversation_id, "message": place.cursor.id}
        return await self._gateway.fetch_all(_SQL["of_message"], parameters, class_row(EarlierText))

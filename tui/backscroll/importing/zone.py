"""The zone in which wall-clock times are read, and whether an export needed it."""

from datetime import datetime, timedelta, tzinfo


class AskedZone(tzinfo):
    """Another zone that notes whether it was ever asked: the times of many exports say themselves when they were."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self.was_asked = False

    def __str__(self) -> str:
        return str(self._zone)

    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        """As the zone itself."""
        self.was_asked = True
        return self._zone.utcoffset(moment)

    def dst(self, moment: datetime | None, /) -> timedelta | None:
        """As the zone itself."""
        return self._zone.dst(moment)

    def tzname(self, moment: datetime | None, /) -> str | None:
        """As the zone itself."""
        return self._zone.tzname(moment)

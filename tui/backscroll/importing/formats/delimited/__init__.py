"""Tables of messages: CSV, TSV and their like, one message a row, columns named by the person or by a header row."""

from backscroll.importing.formats.delimited.reader import Delimited

__all__ = ["Delimited"]

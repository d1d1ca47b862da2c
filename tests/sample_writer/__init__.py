"""The writer of the sample archive: plays the chats in `scenes/` and writes them in the formats that Backscroll reads.

`python -m tests.sample_writer` writes tui/backscroll/sample/exports and notes.json again, byte for byte the same.
"""

"""The browser, and the only importer of textual."""

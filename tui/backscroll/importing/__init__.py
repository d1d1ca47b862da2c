"""Bringing exports in: detect the format, parse it as a stream, store it once."""

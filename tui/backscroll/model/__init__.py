"""Frozen dataclasses and pure rules; imports nothing of ours."""

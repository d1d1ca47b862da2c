"""Brings notes back out of files that `exporting` wrote, here or elsewhere."""

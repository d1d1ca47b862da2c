"""Tests of backscroll.exporting."""

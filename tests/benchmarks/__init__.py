"""Measures Backscroll beside its references on a generated corpus: `python -m tests.benchmarks --help`."""

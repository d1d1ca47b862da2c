"""REFI-QDA projects (.qdpx): what programs for qualitative research exchange."""

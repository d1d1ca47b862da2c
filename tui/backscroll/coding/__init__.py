"""Works with the codebook: what a person calls a code, and codebooks as files of this and of other programs."""

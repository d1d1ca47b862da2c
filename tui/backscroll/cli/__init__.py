"""The command line, and the composition root: settings in, an open archive through, a screen or lines out."""

"""Takes messages and what people wrote about them out of the archive, as files for people and for other programs."""

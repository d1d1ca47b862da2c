"""Statistics: what a chat, a person in it, or the hits of a search come to in figures."""

"""What WhatsApp writes itself instead of somebody's words, in the languages that its exports come in.

Phrases stand as the application writes them, without the full stop that some versions add.
"""

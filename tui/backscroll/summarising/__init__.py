"""Makes summaries of stretches of conversations: out of their own sentences, or by a language model."""

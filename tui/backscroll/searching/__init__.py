"""Search: from what a person types to hits in their conversations."""

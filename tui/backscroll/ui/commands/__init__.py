"""What the command palette, the switcher and the path field find while someone types."""

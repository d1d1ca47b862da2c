"""What people write: kept on this machine first, shown at once, and sent to the archive in its order."""

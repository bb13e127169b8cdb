"""Projects of firms that look for a place: who offers one, where it goes, and whether it is ever built."""

"""The explorer: a page on this machine whose answers are real runs, and the engine behind it without a page."""

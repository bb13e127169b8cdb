"""The explorer: a page on this machine whose answers are real runs, and its engine, which needs none."""

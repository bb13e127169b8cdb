"""What statistics count of what firms do."""

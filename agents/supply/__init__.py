"""Supply links: what firms of the province buy of each other, and the large firms that buy by name."""

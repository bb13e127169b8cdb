"""How national markets move, and the yearly census of firms in them."""

"""What needs two kinds of actor: goods, research grants, public orders."""

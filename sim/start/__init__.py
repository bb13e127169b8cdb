"""The economy at the end of 2015: firms synthesised from published totals, and everybody around them."""

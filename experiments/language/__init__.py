"""Both languages: which one is spoken, the words of each, numbers as each writes them."""

"""Universities and institutes, their inventions, the technology market, and knowledge that spills over."""

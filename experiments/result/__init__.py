"""One object for people who program: what a sweep came to, as tables, answers and figures."""

"""What values and chances of targets hang on: a screening of all that runs draw, then shares of variance."""

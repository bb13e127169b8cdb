"""Ways to learn parameters from figures, compared on truths that are known: sanxiang calibrate --methods."""

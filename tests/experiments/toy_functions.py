"""Functions whose indices are known, in place of a model: of even places between 0 and 1 [row, input]."""

import numpy as np


def ishigami(places):
    """Ishigami and Homma (1990), with a = 7 and b = 0.1, of three places."""
    x = np.pi * (2.0 * places - 1.0)
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(places):
    """Sobol's g-function, with a = 0, 1, 4.5, 9."""
    a = np.array([0.0, 1.0, 4.5, 9.0])
    return np.prod((np.abs(4.0 * places - 2.0) + a) / (1.0 + a), axis=1)

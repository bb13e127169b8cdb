"""Where founders go: free land, what it displaces, and what prefectures imitate of the leading one."""

import numpy as np

from agents.engine.rules import stage
from agents.numbers.elementary import log_


@stage
def weigh_entry(weights, pull, displacement, entry):
    """Writes the weights of entry by cell, given the usual ones and the pull of each prefecture.

    Of what a prefecture gains, or of those for whom it has no room, a share comes from or goes to other
    prefectures of the province, in the same industry; the rest is founded in addition, or not at all.
    Where the pull is 1 everywhere the weights are the usual ones to the last bit.
    """
    places = len(pull)
    for first in range(0, len(weights), places):
        usual, pulled = 0.0, 0.0
        for a in range(places):
            usual += weights[first + a]
            pulled += weights[first + a] * pull[a]
        kept = usual + (1.0 - displacement) * (pulled - usual)
        scale = kept / pulled if pulled > 0.0 else 1.0
        for a in range(places):
            entry[first + a] = weights[first + a] * pull[a] * scale


@stage
def log_pull(pull, tilt, worth):
    """Writes the log of what draws to each cell: the pull of its prefecture times its tilt."""
    for cell in range(len(worth)):
        worth[cell] = log_(max(pull[cell % len(pull)] * tilt[cell], 1e-6))


@stage
def find_imitation(weights, places, imitated, followed, own):
    """Writes how much of each cell's entry follows the leading prefecture, and its entry if none did.

    The leader is the prefecture with most entrants. A share `imitated` of what others place has the leader's
    mix of industries: what is left without it is the place's own specialisation. followed: share of a cell's
    entrants. own: factor on a cell's entry that keeps the place's sum. Both are 0 and 1 for the leader.
    """
    leader, most, all_of_leader = 0, -1.0, 0.0
    for a in range(places):
        here = 0.0
        for first in range(0, len(weights), places):
            here += weights[first + a]
        if here > most:
            leader, most, all_of_leader = a, here, here
    for a in range(places):
        here, left = 0.0, 0.0
        for first in range(0, len(weights), places):
            here += weights[first + a]
        for first in range(0, len(weights), places):
            copied = imitated * weights[first + leader] / max(all_of_leader, 1e-300) * here
            left += max(weights[first + a] - copied, 0.0)
        for first in range(0, len(weights), places):
            cell, held = first + a, weights[first + a]
            copied = imitated * weights[first + leader] / max(all_of_leader, 1e-300) * here
            followed[cell], own[cell] = 0.0, 1.0
            if a != leader and held > 0.0 and left > 0.0:
                followed[cell] = min(1.0, copied / held)
                own[cell] = max(held - copied, 0.0) / held * here / left


def tilt_of(coordination: float, own: np.ndarray) -> np.ndarray:
    """Factor on entry by cell when a share `coordination` of what follows the leader no longer does."""
    tilt: np.ndarray = 1.0 - coordination + coordination * own
    return tilt


@stage
def coordinate(coordination, followed, tilt, match_loss, lift):
    """Adds to `lift` what founders of coordinated prefectures are spared, mean over a cell's founders.

    What follows the leader matches its place worse by `match_loss` log points, which the usual level of
    founders holds; a share `coordination` of it goes where the place is specialised instead. At 0 nothing
    changes.
    """
    for c in range(len(lift)):
        still = (1.0 - coordination) * followed[c] / tilt[c] if tilt[c] > 0.0 else followed[c]
        lift[c] += match_loss * (followed[c] - still)

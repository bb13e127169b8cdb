"""Institutes that join the universities and institutes of the start: a row in every array for each."""

from typing import NamedTuple

import numpy as np

from agents.science.universities import KINDS, Universities

INSTITUTE = KINDS.index("institute")


class Joined(NamedTuple):
    """Institutes that join, one element each.

    ids: for luck. fields: shares of knowledge by industry. research: what each is planned for [yuan/year].
    """

    names: tuple[str, ...]
    ids: np.ndarray
    prefecture: np.ndarray
    fields: np.ndarray
    research: float


def join_institutions(universities: Universities, joined: Joined, year: int) -> None:
    """They have neither core funds nor knowledge nor patents yet.

    What they file and invent follows from their research as with the institutes of the start.
    """
    n, of_start = len(joined.names), universities.kind[: universities.core]
    sector = 4.0 * sum(universities.expected_research(year)[of_start == INSTITUTE].tolist())
    new = {
        "members": joined.ids,
        "kind": np.full(n, INSTITUTE),
        "prefecture": joined.prefecture,
        "weights": np.full(n, joined.research / max(sector, 1.0)),
        "fields": joined.fields,
        "high_value_share": usual_high_value(universities, joined.fields),
        "granted_plain": np.zeros(n),
        "research": np.zeros(n, np.int64),
        "knowledge": np.zeros(n),
        "valid": np.zeros(n, np.int64),
        "high_value": np.zeros(n, np.int64),
        "patent_scale": np.full(n, universities.parameters.institute_patents_per_research),
    }
    for name, values in new.items():
        both = np.concatenate([getattr(universities, name), values])
        setattr(universities, name, np.ascontiguousarray(both))
    waiting = np.zeros((len(universities.pending), n), np.int64)
    universities.pending = np.concatenate([universities.pending, waiting], axis=1)
    universities.names += joined.names


def usual_high_value(universities: Universities, fields: np.ndarray) -> np.ndarray:
    """Share of grants of high value in given fields, as that of the institutions of the start in them."""
    start = slice(universities.core)
    of_start = universities.fields[start]
    by_field = of_start.T @ universities.high_value_share[start] / of_start.sum(axis=0).clip(1e-9)
    shares: np.ndarray = fields @ by_field
    return shares

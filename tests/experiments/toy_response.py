"""Responses to levers without a model, and results folders that keep them."""

import numpy as np
import toy_province

from experiments.answer.dose_response import Response
from experiments.answer.dose_runs import units_of_measures
from experiments.answer.kept_responses import keep
from experiments.store.store import claimed

KEYS = ("rd_subsidy.rate", "high_tech_award.award")


def toy_response(key="rd_subsidy.rate", steps=4, pairs=3, size=1.0):
    """Measures that rise to the middle of the range and no further, with a little luck."""
    doses = np.linspace(0.0, 0.3, steps)
    luck = np.random.default_rng(7).normal(0.0, 0.01, pairs)
    rises = size * np.minimum(doses, doses[steps // 2])[:, None] * (1.0 + luck)
    measures = list(units_of_measures())
    return Response(
        key=key,
        unit="share of the increase in research",
        scale=0.1,
        dose_in_force=0.0,
        doses=doses,
        values={name: 10.0 + (place + 1) * rises for place, name in enumerate(measures)},
        in_force={name: np.full(pairs, 10.0) for name in measures},
        appropriated=doses * 1e10,
    )


def keeping(folder, *responses, today=toy_province.TODAY):
    """The folder, with these responses kept in it."""
    with claimed(folder, today) as store:
        for one in responses or map(toy_response, KEYS):
            keep(store, one)
    return folder

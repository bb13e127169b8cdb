"""A results folder of toy runs made in this process, under today's header, with or without a false hit."""

import toy_model

from experiments.compute.task import Task, columns_of
from experiments.plan.ensemble import ensemble
from experiments.store.header import header
from experiments.store.store import claimed

COLUMNS = columns_of("toy_model")
RUNS = 6
DIGESTS = {"sources": "s", "data": "d"}


def folder_of(folder, *scenarios, forged=None, runs=RUNS):
    """A folder that holds the sweeps of these scenarios, one after the other; its path.

    forged: a column that says yes for every run, whatever its value.
    """
    for one in scenarios or (toy_model.scenario("as_in_2020", 0.1),):
        asked = ensemble(toy_model.units(runs, one), DIGESTS)
        with claimed(folder, header()) as store:
            about = {"words": [], "started": "", "asked": "", "cases": [], "command": "sanxiang sweep"}
            store.keep_sweep(about, asked.table())
            for unit in asked.missing(store.finished()):
                records = Task("toy_model")(unit)
                for record in records:
                    record.run.update({} if forged is None else {forged: True})
                store.append(records, COLUMNS)
    return folder

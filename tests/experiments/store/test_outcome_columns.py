"""The table of runs holds every part of an outcome, under names that writer and readers share."""

import ast
import re
from pathlib import Path

import experiments
from experiments.store.outcome_columns import OutcomeColumns, base_column, bases_stored, targets_stored
from scenarios.targets import Outcome

EXPERIMENTS = Path(experiments.__file__).parent
SPELT = re.compile(r"^(\w*_(hit|unscaled|also|also_hit)|base_)$")


def test_every_part_of_an_outcome_has_a_column():
    assert OutcomeColumns._fields == Outcome._fields


def test_a_second_definition_has_cells_only_where_there_is_one():
    one = OutcomeColumns.of("carriers")
    assert one.cells(Outcome(2.0, 1.0, True)) == {
        "carriers": 2.0,
        "carriers_unscaled": 1.0,
        "carriers_hit": True,
    }
    both = one.cells(Outcome(2.0, 1.0, True, 0.5, False))
    assert (both["carriers_also"], both["carriers_also_hit"]) == (0.5, False)


def test_the_targets_of_a_table_are_found_and_a_second_definition_is_none():
    cells = OutcomeColumns.of("a").cells(Outcome(2.0, 1.0, True, 0.5, False))
    assert targets_stored(["scale", *cells, "b", "b_hit"]) in (["a", "b"], ["b", "a"])


def test_bases_are_found_by_the_columns_they_were_stored_in():
    assert bases_stored(["point", base_column("hnte_2020")]) == {"hnte_2020": "base_hnte_2020"}


def test_no_other_module_spells_these_columns():
    spelt = {}
    for path in sorted(EXPERIMENTS.rglob("*.py")):
        texts = [node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if is_text(node)]
        if path.name != "outcome_columns.py" and any(SPELT.search(text) for text in texts):
            spelt[path.name] = [text for text in texts if SPELT.search(text)]
    assert spelt == {}


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)

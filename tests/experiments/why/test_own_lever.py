"""A lever from outside in whole sweeps: its programme is public cost, and its effect is explained."""

from pathlib import Path

import numpy as np
import pytest

from experiments import compare, rerun, sweep
from experiments.change.cost import programmes
from experiments.why.measured import COST

pytestmark = pytest.mark.usefixtures("computed_here")
EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "own_lever"
LEVERS, NAME = EXAMPLE / "levers", "small_firm_voucher"


@pytest.fixture(scope="module")
def found(tmp_path_factory, computed_here):
    words = (f"levers={LEVERS}", f"reform={EXAMPLE / 'with_voucher.yaml'}", "replications=2")
    small = ("population.scale=0.01", "parameters=central")
    return sweep(*words, *small, f"results={tmp_path_factory.mktemp('r') / 'voucher'}", quiet=True)


def test_what_its_programme_spends_is_public_cost(found):
    runs = found.runs.set_index(["point", "n"]).public_spending
    case = next(one for one in found.cases if one.startswith("with_voucher"))
    base = next(one for one in found.cases if one.startswith("as_in_2020"))
    spent = found.annual.groupby("point")[f"programme_{NAME}"].sum()
    assert spent[base] == 0 < spent[case]
    more = (runs[case] - runs[base]).sum()
    others = [name for name in found.annual if name.startswith("programme_") and not name.endswith(NAME)]
    moved = found.annual[found.annual.year > 2020].groupby("point")[others].sum().sum(axis=1)
    assert np.isclose(more, spent[case] + moved[case] - moved[base])


def test_a_comparison_tells_its_programme_apart(found):
    case, base = (f"{found.folder}:{one}" for one in sorted(found.cases, reverse=True))
    told = compare(case, base)
    costs = {(row["group"], row["name"]): row["mean"] for row in told["effect"]["costs"]}
    assert costs["programme", NAME] > 0
    by_programme = sum(value for (group, _), value in costs.items() if group == "programme")
    by_tier = sum(value for (group, _), value in costs.items() if group == "tier")
    assert by_programme == pytest.approx(by_tier, rel=1e-9)
    assert programmes([f"programme_{NAME}"])[NAME].en == "small firm voucher"


def test_its_effect_is_explained_and_its_parts_add_up(found):
    case = next(one for one in found.cases if one.startswith("with_voucher"))
    why = found.explain(case, levers=LEVERS, replications=2, scale=0.01, workers=1)
    assert [one.name for one in why.players] == [NAME]
    assert why.part(COST, NAME).mean > 0
    assert why.remainder(COST) < 1e-9
    table = why.table()
    assert set(table.part) == {NAME, "all"}


def test_a_run_is_computed_again_bit_for_bit_and_its_programme_followed(found):
    done = rerun(found.folder, "with_voucher:1", trace=f"programme:{NAME}", levers=LEVERS)
    assert done.same and len(done.quarters) == 40
    assert rerun(found.folder, "as_in_2020:0", levers=LEVERS).same

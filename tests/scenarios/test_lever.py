"""A lever is one class and one file of the same name, and nothing else."""

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from agents.money.offers import terms_of
from scenarios.lever import Lever, instantiate, lever_class, read_lever, read_levers
from scenarios.lever_offers import offered_anyhow
from scenarios.load import load_levers, load_scenarios
from scenarios.values.errors import InputError


def edited(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_levers_are_found_by_name_and_ordered_by_id(small_configs: Path, small_levers: str):
    assert list(read_levers(small_configs / "lever", small_levers)) == ["yearly_prize", "voucher"]


def test_a_file_without_module_is_refused(small_configs: Path, small_levers: str):
    (small_configs / "lever/voucher.yaml").rename(small_configs / "lever/coupon.yaml")
    with pytest.raises(InputError) as refusal:
        read_levers(small_configs / "lever", small_levers)
    assert re.search(r"coupon.yaml: no module .*\.coupon belongs to it", str(refusal.value))
    assert re.search(r"\.voucher: has no file .*voucher.yaml", str(refusal.value))


def test_the_class_has_the_name_of_the_module_in_capitals(small_levers: str):
    assert lever_class("yearly_prize", small_levers).__name__ == "YearlyPrize"


def test_a_module_without_its_class_is_refused(tmp_path: Path, small_levers: str):
    (tmp_path / small_levers / "voucher.py").write_text("class Other: pass")
    with pytest.raises(InputError, match=r"has no frozen dataclass Voucher\(Lever\)"):
        lever_class("voucher", small_levers)


REFUSED = {
    "a field the class lacks": ("share:", "rate:", "'rate' is no field of the lever's class"),
    "a field the file lacks": ("share:", "rate:", "has no 'share', which the lever's class needs"),
    "a field without source": ("source: s, ", "", "share has no 'source'"),
    "a value for 2021": (
        "2018: 0.1",
        "2021: 0.1",
        "share has a value for 2021; scenarios say what follows 2020",
    ),
    "no value for 2016": ("2016: 0,", "", "share has no value for 2016"),
    "no label in Chinese": (", zh: 工具", "", "has no 'label.zh'"),
    "no id": ("id: L41\n", "", "has no 'id'"),
    "a passage without quote": (", quote: 加强", "", "has no 'plan.0.quote'"),
}


@pytest.mark.parametrize(("old", "new", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_no_lever(small_configs: Path, small_levers: str, old: str, new: str, reason: str):
    path = edited(small_configs / "lever/voucher.yaml", old, new)
    with pytest.raises(InputError) as refusal:
        read_lever(path, small_levers)
    assert any(reason in message and message.startswith(str(path)) for message in refusal.value.messages)


def test_a_field_of_whole_numbers_takes_no_fraction(small_configs: Path, small_levers: str):
    path = edited(small_configs / "lever/yearly_prize.yaml", '"2016": 10', '"2016": 10.5')
    with pytest.raises(InputError, match=r"winners is 10.5; expected a whole number"):
        read_lever(path, small_levers)


def test_a_lever_that_can_never_be_zero_is_refused(small_configs: Path, small_levers: str):
    path = edited(small_configs / "lever/yearly_prize.yaml", "[0, 100]", "[1, 100]")
    with pytest.raises(InputError, match="cannot be switched off"):
        read_lever(path, small_levers)


def test_two_levers_of_one_id_are_refused(small_configs: Path, small_levers: str):
    edited(small_configs / "lever/voucher.yaml", "L41", "L40")
    with pytest.raises(InputError, match="both have the id L40"):
        read_levers(small_configs / "lever", small_levers)


def test_a_lever_has_the_values_that_the_scenario_gives_it_in_a_year(small_configs: Path, small_levers: str):
    plan = load_scenarios(folder=small_configs, package=small_levers)["plan"]
    shares = [instantiate(plan, "voucher", year, small_levers).share for year in (2014, 2018, 2020, 2021)]  # type: ignore[attr-defined]
    assert shares == [0, 0.1, 0.1, 0.5]
    assert type(instantiate(plan, "yearly_prize", 2016, small_levers).winners) is int  # type: ignore[attr-defined]


def test_a_lever_acts_through_apply(small_configs: Path, small_levers: str):
    plan = load_scenarios(folder=small_configs, package=small_levers)["plan"]
    acts: list = []
    economy = SimpleNamespace(
        firms=SimpleNamespace(labour=np.array([10, 1000])),
        offer=lambda family, lever, to, **terms: acts.append((family, lever, to.tolist(), terms)),
        appropriate=lambda programme, budget: acts.append((programme, budget)),
    )
    instantiate(plan, "voucher", 2021, small_levers).apply(economy)
    offered = ("research_support", "voucher", [True, False], {"rate": 0.5, "cap": 1e6})
    assert acts == [offered, ("voucher", 1e8)]
    with pytest.raises(NotImplementedError):
        Lever().apply(economy)


def test_a_lever_that_sees_nothing_of_the_economy_is_heard_once(small_configs: Path, small_levers: str):
    plan, heard_once = load_scenarios()["plan"], []
    for name in load_levers():
        lever, made = instantiate(plan, name, 2023), []
        heard = offered_anyhow(lever)
        if heard is None:
            continue
        lever.offer(SimpleNamespace(offer=lambda family, by, **terms: made.append((family, by, terms))))  # noqa: B023
        assert heard == [(kind, by, offered) for f, by, t in made for kind, offered in (terms_of(f, t),)]
        heard_once.append(name)
    assert len(heard_once) > len(load_levers()) / 2
    looks_at_firms = instantiate(
        load_scenarios(folder=small_configs, package=small_levers)["plan"], "voucher", 2021, small_levers
    )
    assert offered_anyhow(looks_at_firms) is None


def test_what_a_lever_is_about_is_kept_apart_from_its_values(small_configs: Path, small_levers: str):
    voucher = load_levers(small_configs, small_levers)["voucher"]
    assert (voucher.about.id, voucher.about.plan[0].quote, voucher.about.authority) == (
        "L41",
        "加强",
        "province",
    )
    assert list(voucher.fields) == ["share", "budget"]

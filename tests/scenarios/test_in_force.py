"""What was in force is the region's to say; unit and range are the lever's."""

from pathlib import Path

import pytest

from scenarios.load import load_levers, load_scenarios
from scenarios.values.errors import InputError

SHARE = "share: {values: {2016: 0.2, 2019: 0.3}, source: a gazette, status: sourced}"


def levers_of(folder: Path, package: str, text: str):
    (folder / "region/hunan/levers.yaml").write_text(text, encoding="utf-8")
    load_levers.cache_clear()
    return load_levers(folder, package)


def without_values(folder: Path) -> None:
    path = folder / "lever/voucher.yaml"
    said = ', values: {"2016": 1e8}, source: s, status: assumption'
    path.write_text(path.read_text("utf-8").replace(said, ""), encoding="utf-8")


def test_a_region_sets_what_was_in_force(small_configs: Path, small_levers: str):
    voucher = levers_of(small_configs, small_levers, f"voucher:\n  {SHARE}")["voucher"]
    assert voucher.fields["share"].dated == ((2016, 0.2), (2019, 0.3))
    assert (voucher.fields["share"].source, voucher.fields["share"].range) == ("a gazette", (0, 0.9))
    base = load_scenarios(folder=small_configs, package=small_levers)["as_in_2020"]
    assert base.lever_values("voucher", 2020) == {"share": 0.3, "budget": 1e8}


def test_what_a_region_does_not_set_is_as_the_lever_says_and_else_nothing(
    small_configs: Path, small_levers: str
):
    without_values(small_configs)
    voucher = levers_of(small_configs, small_levers, "{}")["voucher"]
    assert voucher.fields["share"].dated == ((2016, 0.0), (2018, 0.1))
    assert voucher.fields["budget"].dated == ((2016, 0.0),)


REFUSED = {
    "a lever that does not exist": ("vouchers: {}", "unknown lever 'vouchers' - did you mean 'voucher'?"),
    "a field that it has not": (f"voucher: {{s{SHARE}}}", "voucher: unknown field 'sshare'"),
    "a range of its own": (
        f"voucher: {{{SHARE[:-1]}, range: [0, 2]}}}}",
        "voucher.share: unknown key 'range'",
    ),
    "no source": ("voucher: {share: {values: {2016: 0}, status: sourced}}", "voucher.share has no 'source'"),
    "out of range": (
        f"voucher: {{{SHARE.replace('0.2', '2')}}}",
        "voucher.share in 2016 is 2, outside 0 to 0.9",
    ),
    "a bare number": ("voucher: {share: 0.2}", "voucher.share is 0.2; it needs value or values"),
    "no table": ("voucher: 3", "voucher is 3; expected its fields"),
    "a value for 2021": (
        f"voucher: {{{SHARE.replace('2019', '2021')}}}",
        "voucher.share has a value for 2021",
    ),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_region_is_refused_that_says(small_configs: Path, small_levers: str, text: str, said: str):
    with pytest.raises(InputError) as refusal:
        levers_of(small_configs, small_levers, text)
    (line,) = refusal.value.messages
    assert said in line and line.startswith(str(small_configs / "region/hunan/levers.yaml"))


def test_measures_of_a_regions_own_plan_take_the_place_of_the_levers(small_configs: Path, small_levers: str):
    voucher = levers_of(small_configs, small_levers, "voucher: {measures: [Z9]}")["voucher"]
    assert (voucher.about.measures, voucher.about.reason) == (["Z9"], None)

"""A lever is refused when it is read if nobody could claim from its programme or would pay its offers."""

from pathlib import Path

import pytest

from scenarios.lever import read_lever, read_levers
from scenarios.values.errors import InputError

OFFER = (
    'economy.offer("research_support", self.name, to=economy.firms.labour < 300, rate=self.share, cap=1e6)'
)


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


IN_THE_FILE = {
    "an account that does not exist": (
        "GRANT_RD",
        "GRANT_DR",
        "programme: unknown account 'GRANT_DR' - did you mean 'GRANT_RD'?",
    ),
    "an account from which nobody claims": (
        "GRANT_RD",
        "TALENT_GRANT",
        "programme: nothing is claimed from 'TALENT_GRANT' for research_support - did you mean 'GRANT_RD'?",
    ),
    "a rule of selection that does not exist": (
        "rule: alike",
        "rule: alik",
        "programme: unknown rule 'alik' - did you mean 'alike'?",
    ),
    "no programme": (
        "programme: {account: GRANT_RD, rule: alike}",
        "programme: null",
        "offers research_support, and has no programme that pays what is claimed",
    ),
    "measures and a reason": ("measures: []", "measures: [A1]", "has measures and a reason for none"),
    "neither measures nor a reason": (
        "reason: a tool of a test\n",
        "",
        "has neither measures nor a reason",
    ),
}
IN_THE_CLASS = {
    "an unknown family": (
        '"research_support"',
        '"research_suport"',
        "unknown offer 'research_suport' - did you mean 'research_support'?",
    ),
    "an unknown term": (
        "rate=",
        "rat=",
        "unknown term 'research_support.rat' - did you mean 'research_support.rate'?",
    ),
    "some where all are alike": (
        OFFER,
        'economy.offer("inventor_share", self.name, to=economy.firms.labour < 300)',
        "offers inventor_share to some firms; it is offered to everybody alike",
    ),
    "an offer that nobody pays": (
        OFFER,
        'economy.offer("inventor_share", self.name, share=self.share)',
        "programme: the lever offers nothing that is paid for: nobody could claim from it",
    ),
    "nothing": (OFFER, "pass", ".voucher: offers nothing"),
    "something that fails": (OFFER, "economy.bank.lend()", "cannot say what it offers: AttributeError"),
}


def refused(folder: Path, package: str) -> str:
    with pytest.raises(InputError) as refusal:
        read_lever(folder / "lever/voucher.yaml", package)
    assert len(refusal.value.messages) == 1
    return refusal.value.messages[0]


@pytest.mark.parametrize(("old", "new", "said"), IN_THE_FILE.values(), ids=IN_THE_FILE.keys())
def test_a_file_that_promises_what_cannot_be_claimed_is_refused(small_configs, small_levers, old, new, said):
    edited(small_configs / "lever/voucher.yaml", old, new)
    assert said in refused(small_configs, small_levers)


@pytest.mark.parametrize(("old", "new", "said"), IN_THE_CLASS.values(), ids=IN_THE_CLASS.keys())
def test_a_class_whose_offers_nobody_would_pay_is_refused(
    small_configs, small_levers, tmp_path, old, new, said
):
    edited(tmp_path / small_levers / "voucher.py", old, new)
    assert said in refused(small_configs, small_levers)


def test_a_budget_without_a_programme_is_refused(small_configs, small_levers, tmp_path):
    edited(tmp_path / small_levers / "voucher.py", OFFER, 'economy.offer("inventor_share", self.name)')
    edited(
        small_configs / "lever/voucher.yaml", "programme: {account: GRANT_RD, rule: alike}", "programme: null"
    )
    assert "has a budget and no programme" in refused(small_configs, small_levers)


def test_a_programme_without_a_budget_is_refused(small_configs, small_levers, tmp_path):
    path = small_configs / "lever/voucher.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("budget:")]
    path.write_text("\n".join(lines), "utf-8")
    edited(tmp_path / small_levers / "voucher.py", "    budget: float\n", "")
    assert "has a programme and no budget" in refused(small_configs, small_levers)


def test_two_levers_cannot_offer_what_has_no_sum(small_configs, small_levers, tmp_path):
    call = 'economy.offer("mission_call", self.name, entrants=3)'
    edited(tmp_path / small_levers / "voucher.py", OFFER, call)
    edited(
        tmp_path / small_levers / "yearly_prize.py",
        'economy.offer("inventor_share", self.name, share=self.winners / 1000)',
        call,
    )
    edited(tmp_path / small_levers / "yearly_prize.py", "winners: int", "winners: int\n    budget: float")
    prize = small_configs / "lever/yearly_prize.yaml"
    edited(prize, "programme: null", "programme: {account: GRANT_RD, rule: contest}")
    with prize.open("a", encoding="utf-8") as file:
        file.write("budget: {unit: y, range: [0, 1], values: {2016: 0}, source: s, status: assumption}\n")
    with pytest.raises(InputError, match="voucher and yearly_prize both offer mission_call; one lever can"):
        read_levers(small_configs / "lever", small_levers)

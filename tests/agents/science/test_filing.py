"""Filing by value: fewer filings, a higher share of high value, and what of it is composition."""

import pytest

from agents.science.filing import Filing, FilingParameters, filings_kept, value_factor

P = FilingParameters(platform_cost=1e8, fewer_filings=0.1, selective=1.0, real_gain=0.0)


def test_support_by_count_leaves_filing_as_it_was():
    assert (filings_kept(0.0, P), value_factor(0.0, P._replace(real_gain=0.1))) == (1.0, 1.0)


@pytest.mark.parametrize("quality", [0.3, 1.0])
@pytest.mark.parametrize("fewer", [0.0, 0.1, 0.2])
def test_where_only_the_worthless_is_given_up_the_share_rises_and_the_number_of_high_value_stays(
    quality, fewer
):
    p = P._replace(fewer_filings=fewer)
    assert filings_kept(quality, p) * value_factor(quality, p) == pytest.approx(1.0)
    assert value_factor(quality, p) >= 1.0


def test_where_any_is_given_up_the_share_stays_and_the_number_falls():
    p = P._replace(selective=0.0)
    assert value_factor(1.0, p) == pytest.approx(1.0)
    assert filings_kept(1.0, p) * value_factor(1.0, p) == pytest.approx(0.9)


def test_only_a_real_gain_adds_inventions_of_high_value():
    p = P._replace(real_gain=0.05)
    assert filings_kept(1.0, p) * value_factor(1.0, p) == pytest.approx(1.05)


def test_what_is_granted_was_filed_a_lag_ago():
    filing = Filing(P, 3)
    seen = []
    for quarter, quality in enumerate([0.5, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]):
        filing.move(quarter, quality)
        seen.append((filing.now, filing.at_grant))
    assert seen == [(0.5, 0), (1.0, 0), (1.0, 0), (0.0, 0.5), (0.0, 1.0), (0.0, 1.0), (0.0, 0.0)]

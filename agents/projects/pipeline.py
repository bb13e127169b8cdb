"""How large a project is, how long each stage takes and how it ends; what is built, and who pays for it."""

from agents.engine.rules import rule, stage
from agents.numbers.distributions import log_normal, low_half
from agents.numbers.elementary import exp_, log_, pow_, yuan
from agents.projects.project import PAYERS


@rule
def planned_investment(luck, level, p):
    """Announced investment [yuan]: a Pareto law cut off at `largest`; `level` moves both bounds.

    Source of the form: sizes of firms, Axtell (2001), Heinrich and Dai (2016).
    """
    rest = pow_(p.smallest / p.largest, p.tail)
    return level * p.smallest * pow_(1.0 - luck * (1.0 - rest), -1.0 / p.tail)


@rule
def fails_by(luck, odds):
    """1 if a stage ends badly whose odds of ending well are `odds`."""
    return 1 if luck >= odds else 0


@rule
def lag_of(mean, luck, p):
    """Whole quarters that a stage takes, at least one: log-normal, by the lower half of the draw."""
    return max(1, int(mean * log_normal(p.lag_spread, low_half(luck)) + 0.5))


@stage
def plan_investments(luck, level, p, planned, invested):
    """Writes what each project announces, and what it will invest if it is finished [yuan]."""
    for n in range(len(luck)):
        planned[n] = yuan(planned_investment(luck[n], level, p))
        invested[n] = yuan(p.realised * float(planned[n]))


@stage
def draw_stages(luck, odds, means, quarter, p, fails, due):
    """Writes whether each project is dropped at the end of a stage that begins now, and when that is.

    means: quarters that the stage takes where each project stands.
    """
    for n in range(len(luck)):
        fails[n] = fails_by(luck[n], odds)
        due[n] = quarter + lag_of(means[n], luck[n], p)


@rule
def part_until(total, done, whole):
    """The part of a sum [yuan] that is due when `done` of `whole` steps are."""
    return total // whole * done + total % whole * done // whole


@rule
def promised_until(project, i, done, p):
    """What the prefecture has promised of its incentive by the time so many quarters are built [yuan].

    Land and plant at a discount when building begins, a share of equipment as it is paid for; what is tax
    returned comes later.
    """
    total = project.incentive[i] * float(project.invested[i])
    building = float(done) / float(project.quarters[i])
    upfront = p.land_share + (1.0 - p.land_share) * building
    return yuan(total * (1.0 - p.returned_share) * upfront)


@stage
def list_works(projects, rows, quarter, p, due, own, aid):
    """Writes what each project in `rows` pays for building this quarter, and what of it is asked for [yuan].

    own: of its prefecture. aid: of programmes [payer, project]. No more is asked for than is paid, and what
    came late is asked for again.
    """
    for n in range(len(rows)):
        i = rows[n]
        done, whole = quarter - projects.began[i] + 1, projects.quarters[i]
        due[n] = part_until(projects.invested[i], done, whole) - projects.built[i]
        wanted = promised_until(projects, i, done, p) - projects.paid[i]
        own[n] = max(0, min(wanted, due[n]))
        left = due[n] - own[n]
        for m in range(PAYERS):
            asked = part_until(projects.aid[m, i], done, whole) - projects.aid_paid[m, i]
            aid[m, n] = max(0, min(asked, left))
            left -= aid[m, n]


@stage
def build(projects, rows, due, own, aid, price, spent, brought):
    """Adds a quarter's works to the projects in `rows`: what is `due` of each [yuan], of which some is paid.

    Adds it to `spent` by prefecture, and writes what owners bring. price: of plant, 1 in 2016Q1.
    """
    for n in range(len(rows)):
        i = rows[n]
        projects.built[i] += due[n]
        projects.plant[i] += float(due[n]) / price
        projects.paid[i] += own[n]
        brought[n] = due[n] - own[n]
        for m in range(PAYERS):
            projects.aid_paid[m, i] += aid[m, n]
            brought[n] -= aid[m, n]
        spent[projects.prefecture[i]] += due[n]


@rule
def tax_returned(promised, years_left, sales, p):
    """What a prefecture returns to a firm this year [yuan]: an even part, within its share of the taxes."""
    return max(0, min(promised // max(years_left, 1), yuan(p.returned_tax * sales)))


@stage
def list_returns(projects, rows, firms, firm_rows, quarter, p, wanted):
    """Writes what the prefecture is asked to return of its taxes to each project's firm this year [yuan]."""
    for n in range(len(rows)):
        i = rows[n]
        total = yuan(projects.incentive[i] * float(projects.invested[i]))
        years = (projects.due[i] - quarter + 3) // 4
        wanted[n] = tax_returned(total - projects.paid[i], years, firms.trailing_sales[firm_rows[n]], p)


@stage
def ramp_up(firms, moved, starts, stops, quarter, p):
    """A quarter more of customers for the firms that came from outside, in the years after they began.

    moved: the bit that ids of such firms have.
    """
    whole = max(1, int(p.ramp_quarters))
    step = -log_(p.ramp_start) / float(whole)
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            if firms.id[i] & moved != 0 and 0 < quarter - firms.entry_quarter[i] <= whole:
                firms.log_customer_capital[i] += step


@rule
def level_of_year(growth, years):
    """By how much projects are larger than those of 2016: as entrants are."""
    return exp_(growth * years)


@stage
def leave_behind(firms, rows, share):
    """Firms that move lose a share of their plant, which they build anew in their own time."""
    for n in range(len(rows)):
        firms.capital[rows[n]] *= 1.0 - share

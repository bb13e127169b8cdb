"""Edits of configs/ that no sweep takes: the file, what is put into it, and a part of what has to be said.

`text` replaces the file (None: the file is removed); where it begins with "+", the rest is added at its end.
"""

NUMBER = "{{unit: share, range: {range}, value: {value}, source: s, status: {status}}}"


def added(name: str, value: object = 0.5, range: str = "[0, 1]", status: str = "assumption") -> str:
    """A line more with a number of that value."""
    return f"+\n{name}: {NUMBER.format(range=range, value=value, status=status)}\n"


FIRMS, LEVER, WORLD = (
    "parameters/firms.yaml",
    "lever/rd_subsidy.yaml",
    "region/hunan/world/as_expected_in_2020.yaml",
)
EDITS = {
    # parameters
    "a parameter that no actor takes": (FIRMS, added("quality_wieght"), "did you mean 'quality_weight'?"),
    "a group that no actor takes": (
        "parameters/firm.yaml",
        added("x")[1:],
        "unknown group of parameters 'firm'",
    ),
    "a group without its file": (FIRMS, None, "firms.yaml has no '"),
    "an empty group": ("parameters/bank.yaml", "", "bank.yaml has no 'own_funds_ratio'"),
    "a constant of the start that is none": (
        "region/hunan/parameters/synthesis.yaml",
        added("frms"),
        "did you mean 'firms'?",
    ),
    "a parameter twice": (FIRMS, added("quality_weight"), "key 'quality_weight' stands twice"),
    "a value outside its own range": (FIRMS, added("x", 2), "x is 2, outside 0 to 1 (share)"),
    "a text for a value": (FIRMS, added("x", "'1'"), "x.value is the text '1'"),
    "a truth value for a value": (FIRMS, added("x", "true"), "x.value is the truth value true"),
    "a no for a value": (FIRMS, added("x", "NO"), "x.value is the text 'NO'"),
    "nothing for a value": (FIRMS, added("x", ""), "needs either 'value' (a constant) or 'values' (by year)"),
    "a list for a value": (FIRMS, added("x", "[1]"), "x.value is the list [1]"),
    "a value that is no number": (FIRMS, added("x", ".nan"), "not a finite number"),
    "a value without end": (FIRMS, added("x", "1e999"), "not a finite number"),
    "a value in full-width digits": (FIRMS, added("x", "１"), "x.value is the text '１'"),
    "an interpolation for a value": (FIRMS, added("x", "'${oc.env:HOME}'"), "interpolation"),
    "a range upside down": (FIRMS, added("x", 1, "[1, 0]"), "range [1.0, 0.0] is not from low to high"),
    "a range of one number": (FIRMS, added("x", 1, "[1]"), "x has no 'range.1'"),
    "a range without end": (FIRMS, added("x", 1, "[0, .inf]"), "not a finite number"),
    "a status that is none": (
        FIRMS,
        added("x", status="illustrative"),
        "x.status is the text 'illustrative'",
    ),
    "a parameter by year": (
        FIRMS,
        '+\nx: {unit: a, range: [0, 1], values: {"2016": 1}, source: s, status: assumption}\n',
        "a parameter is a constant and has 'value'",
    ),
    "a value and values": (
        FIRMS,
        '+\nx: {unit: a, range: [0, 1], value: 1, values: {"2016": 1}, source: s, status: assumption}\n',
        "needs either 'value'",
    ),
    "a number without its source": (
        FIRMS,
        "+\nx: {unit: a, range: [0, 1], value: 1, status: assumption}\n",
        "x has no 'source'",
    ),
    "a bare number": (FIRMS, "+\nx: 1\n", "x is the value 1; it needs unit, range"),
    "parameters in a list": (FIRMS, "- 1", "expected keys and values"),
    # levers
    "a lever without a module": (
        "lever/nobody.yaml",
        "id: L99",
        "no module scenarios.levers.nobody belongs to it",
    ),
    "a module without its lever": (LEVER, None, "scenarios.levers.rd_subsidy: has no file"),
    "a field that the class has not": (LEVER, added("bonus"), "bonus"),
    "a lever without its id": (LEVER, "label: {en: a, zh: b}", "has no 'id'"),
    "a lever that names code": (LEVER, "+\n_target_: os.system\n", "names no code"),
    # worlds, region, targets
    "a number that no world has": (WORLD, added("gdp_grwth"), "unknown number 'gdp_grwth'"),
    "a world without numbers": (WORLD, "label: {en: a, zh: b}", "has no "),
    "a world that is no text": (WORLD, "a: [", "not valid YAML"),
    "a region without industries": ("region/hunan/industries.yaml", "", "industries.yaml"),
    "a region without a file": ("region/hunan/marginals.yaml", None, "marginals.yaml: cannot be read"),
    "a target that is none": ("region/hunan/targets.yaml", "+\nmore: 3\n", "expected the keys of a target"),
    "a target twice": ("region/hunan/targets.yaml", "+\nsei_share_gdp: {}\n", "stands twice"),
    # scenarios, executors, the configuration itself
    "a shipped scenario of another name": (
        "region/hunan/scenario/mine.yaml",
        "{name: other, base: plan}",
        "name is 'other'",
    ),
    "bases in a circle": ("region/hunan/scenario/as_in_2020.yaml", "base: plan", "bases go in a circle"),
    "a scenario in capitals": ("region/hunan/scenario/PLAN.yaml", "base: as_in_2020", "is taken by"),
    "an executor of no kind": ("executor/local.yaml", "kind: lokal", "executor.kind is the text 'lokal'"),
    "an executor with a typo": (
        "executor/local.yaml",
        "{kind: local, wrkers: 1}",
        "unknown key 'executor.wrkers'",
    ),
    "defaults that are wrong": (
        "config.yaml",
        "+\nreplicatons: 3\n",
        "unknown key 'replicatons' - did you mean 'replications'?",
    ),
    "a configuration that runs code": ("config.yaml", "+\n_target_: os.system\n", "names no code"),
    "no configuration": ("config.yaml", None, "config.yaml: cannot be read"),
}

"""`sanxiang completion`: what makes a shell complete verbs, figures, keys and names.

    eval "$(sanxiang completion bash)"        # in ~/.bashrc, or with zsh in ~/.zshrc

The words stand in the script as they are when it is printed, so that completing starts no Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pkgutil import get_data, iter_modules

from experiments import command
from experiments.exits import Exit
from experiments.figures import FIGURES
from experiments.packages.asked import OF_SWEEPS
from experiments.packages.asked import OWN as OF_SEARCHES
from experiments.packages.objectives import objectives
from experiments.plan.drawn_sets import SOURCES
from experiments.plan.overrides import APPROXIMATE, ONE_VALUE, PARTS, SEVERAL_VALUES
from experiments.sensitivity.words_taken import OWN as OF_SENSITIVITY
from experiments.sensitivity.words_taken import TAKEN, VALUES
from scenarios.load import load_levers, load_parameters
from scenarios.region.folder import choice_names, region_names
from scenarios.targets import ALL, load_targets
from scenarios.values.errors import InputError

HELP = """sanxiang completion bash|zsh

  eval "$(sanxiang completion bash)"   in ~/.bashrc, or
  eval "$(sanxiang completion zsh)"    in ~/.zshrc

completes verbs, names of figures, levers and parameters, the keys of a sweep and their names."""
SHELLS = ("bash", "zsh")
OPTIONS = (
    *("--help", "--sweep", "--all", "--out", "--format", "--csv", "--fork", "--cfg", "--results"),
    *("--outcomes", "--train-to", "--run", "--write", "--workers"),
    APPROXIMATE,
)
SCRIPT = """# Completion of sanxiang for bash, and for zsh by its bashcompinit.
_sanxiang() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" verb="${{COMP_WORDS[1]}}"
    local key="" words=""
    [ "$before" = "=" ] && key="${{COMP_WORDS[COMP_CWORD-2]}}"
    [ "$word" = "=" ] && key="$before" word=""
    compopt +o nospace 2>/dev/null
    if [ "$COMP_CWORD" = 1 ]; then words="{verbs}"
    elif [ -n "$key" ]; then case "$key" in
{values}
        *) COMPREPLY=($(compgen -f -- "$word")); return ;;
    esac
    else case "$verb" in
{names}
        sweep) words="{keys}"; compopt -o nospace 2>/dev/null ;;
        sensitivity) words="{of_sensitivity}"; compopt -o nospace 2>/dev/null ;;
        discover) words="target= levers="; compopt -o nospace 2>/dev/null ;;
    esac
    case "$word" in -*) words="{options}" ;; esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$word"))
    [ "${{#COMPREPLY[@]}}" = 0 ] && COMPREPLY=($(compgen -f -- "$word"))
}}
complete -F _sanxiang sanxiang"""
FOR_ZSH = "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"


def main(args: Sequence[str]) -> int:
    """sanxiang completion bash|zsh: a script for the shell to read."""
    if len(args) != 1 or args[0] not in SHELLS:
        raise InputError(f"completion takes one of {', '.join(SHELLS)} - usage: sanxiang completion bash|zsh")
    print((FOR_ZSH if args[0] == "zsh" else "") + script())
    return Exit.OK


def script() -> str:
    """The function that a shell calls for the next word."""
    levers, parameters = load_levers(), load_parameters()
    fields = [f"{name}.{field}" for name, lever in levers.items() for field in lever.fields]
    values = [f"{group}.{name}" for group, numbers in parameters.items() for name in numbers]
    keys = [*ONE_VALUE, *SEVERAL_VALUES, *(f"{group}.{key}" for group, of in PARTS.items() for key in of)]
    keys += [*(f"lever.{field}" for field in fields), *(f"parameters.{value}" for value in values)]
    choices = {name: choice_names(name) for name in ("scenario", "world", "experiment", "executor")}
    choices |= {
        "region": region_names(),
        "parameters": list(SOURCES),
        "on_error": ["keep_going", "stop"],
        "target|targets": list(load_targets()),
    }
    asked = [f"{key}=" for key in (*OF_SEARCHES, *OF_SWEEPS)]
    names = {
        "figure": FIGURES,
        "levers|response": [*levers, *fields],
        "reach": [*load_targets(), ALL, *asked],
        "search": [*objectives(), *asked],
        "params": [*parameters, *values],
        "completion": SHELLS,
        "region": ["check"],
        "hindcast": ["past-plan", "published"],
    }
    return SCRIPT.format(
        verbs=" ".join(verbs()),
        values=_cases(choices, at=8),
        names=_cases(names, at=8),
        keys=with_sign(keys),
        of_sensitivity=with_sign([*OF_SENSITIVITY, *TAKEN, *(key for key in keys if key.startswith(VALUES))]),
        options=" ".join(OPTIONS),
    )


def with_sign(keys: Sequence[str]) -> str:
    """Keys, each with the sign that a value follows."""
    return " ".join(f"{key}=" for key in keys)


def verbs() -> list[str]:
    """Every verb has a file of its name here, with a function main."""
    names = [module.name for module in iter_modules(command.__path__)]
    found = [name for name in names if b"\ndef main(" in (get_data(command.__name__, f"{name}.py") or b"")]
    return sorted(name.replace("_", "-") for name in found)


def _cases(words: Mapping[str, Sequence[str]], at: int) -> str:
    return "\n".join(f'{" " * at}{name}) words="{" ".join(of)}" ;;' for name, of in words.items())

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
from experiments.language.words import unfilled
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

OPTIONS = (
    *("--help", "--sweep", "--all", "--out", "--format", "--csv", "--fork", "--cfg", "--results"),
    *("--outcomes", "--train-to", "--run", "--write", "--workers"),
    APPROXIMATE,
)
SCRIPT = """# Completion of sanxiang for {shell}.
_sanxiang_words() {{  # what may follow: place of the word, verb, key before a sign, what was begun
    next=""
    if [ "$1" = 1 ]; then next="{verbs}"
    elif [ -n "$3" ]; then case "$3" in
{values}
    esac
    else case "$2" in
{names}
        sweep) next="{keys}" ;;
        sensitivity) next="{of_sensitivity}" ;;
        discover) next="target= levers=" ;;
    esac
    case "$4" in -*) next="{options}" ;; esac
    fi
}}
"""
FOR_BASH = r"""_sanxiang() {
    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" key="" next="" others=""
    [ "$before" = "=" ] && key="${COMP_WORDS[COMP_CWORD-2]}"
    [ "$word" = "=" ] && key="$before" word=""
    [ -n "$key" ] && case "$word" in *,*) others="${word%,*}," word="${word##*,}" ;; esac
    _sanxiang_words "$COMP_CWORD" "${COMP_WORDS[1]}" "$key" "$word"
    COMPREPLY=($(compgen -P "$others" -W "$next" -- "$word"))
    case "${COMPREPLY[*]}" in *=) compopt -o nospace 2>/dev/null ;; esac
    [ "${#COMPREPLY[@]}" = 0 ] || return 0
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -P "$others" -f -- "$word"))
}
complete -F _sanxiang sanxiang"""
FOR_ZSH = r"""_sanxiang() {
    local verb="$words[2]" key="" next=""
    local -a keys names
    compset -P '[^=]#=' && key="${IPREFIX%=}"
    [[ -n $key ]] && compset -P '*,'
    _sanxiang_words $((CURRENT - 1)) "$verb" "$key" "$PREFIX"
    keys=(${(M)${=next}:#*=}) names=(${${=next}:#*=})
    compadd -S '' -a keys
    compadd -a names
    [[ -n $next && $compstate[nmatches] -gt 0 ]] || _files
}
(( $+functions[compdef] )) || { autoload -U compinit && compinit; }
compdef _sanxiang sanxiang"""
LAST = {"bash": FOR_BASH, "zsh": FOR_ZSH}


def help_text() -> str:
    """What it takes."""
    return unfilled("help.completion")


def main(args: Sequence[str]) -> int:
    """sanxiang completion bash|zsh: a script for the shell to read."""
    if len(args) != 1 or args[0] not in LAST:
        raise InputError(f"completion takes one of {', '.join(LAST)} - usage: sanxiang completion bash|zsh")
    print(script(args[0]))
    return Exit.OK


def script(shell: str) -> str:
    """The functions that a shell calls for the next word."""
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
        "completion": tuple(LAST),
        "region": ["check"],
        "hindcast": ["past-plan", "published"],
    }
    asked_for = SCRIPT.format(
        shell=shell,
        verbs=" ".join(verbs()),
        values=_cases(choices, at=8),
        names=_cases(names, at=8),
        keys=with_sign(keys),
        of_sensitivity=with_sign([*OF_SENSITIVITY, *TAKEN, *(key for key in keys if key.startswith(VALUES))]),
        options=" ".join(OPTIONS),
    )
    return asked_for + LAST[shell]


def with_sign(keys: Sequence[str]) -> str:
    """Keys, each with the sign that a value follows."""
    return " ".join(f"{key}=" for key in keys)


def verbs() -> list[str]:
    """Every verb has a file of its name here, with a function main."""
    names = [module.name for module in iter_modules(command.__path__)]
    found = [name for name in names if b"\ndef main(" in (get_data(command.__name__, f"{name}.py") or b"")]
    return sorted(name.replace("_", "-") for name in found)


def _cases(words: Mapping[str, Sequence[str]], at: int) -> str:
    return "\n".join(f'{" " * at}{name}) next="{" ".join(of)}" ;;' for name, of in words.items())

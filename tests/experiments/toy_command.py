"""The command line with the toy model in place of the real one: python toy_command.py VERB [...]."""

import sys

import experiments.__main__ as command

sys.modules["experiments.command.sweep"].MODEL = "toy_model"
sys.modules["experiments.command.sweep"]._report = lambda done: None  # pictures have tests of their own

if __name__ == "__main__":
    command.program()

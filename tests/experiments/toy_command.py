"""The command line with the toy model in place of the real one: python toy_command.py VERB [...]."""

import experiments.__main__ as command
import experiments.answer.sweep as answer
import experiments.command.sweep as verb
import experiments.plan.drawn_sets as parameters

answer.MODEL = "toy_model"
verb._report = lambda done: None  # pictures have tests of their own
parameters.usual = lambda *_: parameters.ALL_CENTRAL  # whether or not the region has a posterior

if __name__ == "__main__":
    command.program()

"""The command line with the toy model in place of the real one: python toy_command.py VERB [...]."""

import experiments.__main__ as command
import experiments.answer.sweep as answer
import experiments.command.sweep as verb

answer.MODEL = "toy_model"
verb._report = lambda done: None  # pictures have tests of their own

if __name__ == "__main__":
    command.program()

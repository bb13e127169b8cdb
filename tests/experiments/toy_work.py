"""What the tests of engines give to workers, which import it by its name."""

import os
import pickle
import signal
import time
from importlib import import_module


def square(x):
    return x * x


def misbehaving(x):
    """Returns x, or does what it says."""
    if x == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if x == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if x == "raise":
        raise ValueError("not a number")
    if x == "exit":
        raise SystemExit(3)
    if x == "hang":
        time.sleep(600)
    if x == "stopped":
        os.kill(os.getpid(), signal.SIGSTOP)
    if x == "signalled":
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
    if x == "eat":
        return len([bytearray(100_000_000) for _ in range(1_000)])
    time.sleep(0.05)
    return x


def printing(x):
    print("not for the table")
    return x


def pid_of(x):
    time.sleep(0.2)
    return os.getpid()


def noted(path):
    """Notes its pid in the file, then hangs."""
    with open(path, "w") as file:
        file.write(str(os.getpid()))
    time.sleep(600)


def killed_once(path):
    """Kills its worker unless the file says that it did so before."""
    if not os.path.exists(path):
        with open(path, "w"):
            os.kill(os.getpid(), signal.SIGKILL)
    return "second attempt"


def ran_with(name):
    return os.environ.get(name)


def slow_to_import():
    """What has to be there before a job begins takes its time."""
    time.sleep(3)


def with_numba():
    """Imports what compiles."""
    import_module("numba")


def compiling(seconds):
    """Computes, compiles and computes again for these seconds, as far as the lock of the compiler tells."""
    before, compiled, after = seconds
    time.sleep(before)
    with import_module("numba.core.compiler_lock").global_compiler_lock:
        time.sleep(compiled)
    time.sleep(after)
    return seconds


def closed_terminal(x):
    """Tells its own process that the terminal was closed."""
    os.kill(os.getpid(), signal.SIGHUP)
    return x


def line_of_python(call):
    """Runs a pickled line, which may ask for its number."""
    line, number = pickle.loads(call)
    exec(line, {"number": number, "os": os})

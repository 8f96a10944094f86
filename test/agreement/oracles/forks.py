"""How a Python tool is asked many times at the price of one start.

A tool takes a second or more to import, so it is imported once and each question is put in a fork of that process:
what the tool remembers of one project cannot reach the next. Where there is no fork, a question gets a process.
"""

import os
import signal
import traceback

PATIENCE_SECONDS = 120

can_fork = hasattr(os, "fork")


def said_in_fork(say):
    """The text that `say` returns, from a fork; empty where the fork dies on the way."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(PATIENCE_SECONDS)
        try:
            # Threads that the tool leaves running must not keep the fork alive.
            with os.fdopen(writing, "w") as out:
                out.write(say())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        text = said.read()
    os.waitpid(child, 0)
    return text

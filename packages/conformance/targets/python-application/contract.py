"""The contract with the suite, on standard input and output. What the Python targets share."""

import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

Scenario = dict[str, Any]
Policy = dict[str, Any]
# Serves in the background, and gives the port.
Server = Callable[[Any, Scenario], int]


class NotExpressible(Exception):
    """The library has no way to say what the scenario asks for. Its text names the option."""


def run(
    name: str,
    capabilities: Sequence[str],
    application: Callable[[Scenario], Any],
    serve: Server,
) -> None:
    """Answers the suite's first line, and serves until standard input ends.

    `application` makes the application with the library in front, or raises: NotExpressible, or
    whatever the library refuses its options with.
    """
    message = json.loads(sys.stdin.readline())
    if message.get("version") != 1:
        _fail("this target speaks version 1")
    kind = message.get("type")
    if kind == "describe":
        _tell(type="description", name=name, capabilities=list(capabilities))
    elif kind == "start":
        _start(message["scenario"], application, serve)
    else:
        _fail(f"the type {kind!r} is unknown")


def _start(scenario: Scenario, application: Callable[[Scenario], Any], serve: Server) -> None:
    try:
        made = application(scenario)
    except NotExpressible as error:
        _tell(type="not-expressible", reason=str(error))
        return
    except (TypeError, ValueError) as error:
        _tell(type="refused", reason=str(error))
        return
    # Before the server takes the main thread, if it does.
    threading.Thread(target=_exit_at_end_of_input, daemon=True).start()
    port = serve(made, scenario)
    _tell(type="listening", url=f"http://127.0.0.1:{port}")


def _exit_at_end_of_input() -> None:
    for line in sys.stdin:
        _fail(f"this target cannot answer {line.strip()}")
    # At once: replies may still be under way, and nobody waits for them.
    os._exit(0)


def _tell(**message: Any) -> None:
    print(json.dumps(message), flush=True)


def _fail(reason: str) -> NoReturn:
    _tell(type="error", reason=reason)
    os._exit(1)

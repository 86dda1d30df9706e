"""Serves the test application behind Starlette's CORSMiddleware, with uvicorn.

The options are those of https://www.starlette.io/middleware/#corsmiddleware, which also says to wrap
the whole application, so that the replies to its errors carry the headers as well.
"""

import asyncio
import socket
import threading
from importlib.metadata import version
from typing import Any

import contract
import uvicorn
from application import application
from contract import NotExpressible, Policy, Scenario
from policy import is_pattern, methods_of, names_of, origin_regex, refuse_what_is_fixed
from starlette.applications import Starlette
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount
from starlette.types import ASGIApp

CAPABILITIES = [
    "http1",
    "raw-bytes",
    "error-handling",
    "malformed-paths",
    "streams",
    "flush-headers",
    "chosen-policies",
    "stacked-policies",
]


def with_cors(app: ASGIApp, policy: Policy) -> ASGIApp:
    """Says the policy in the library's own terms."""
    refuse_what_is_fixed(
        policy,
        preflights_end="CORSMiddleware has no option that hands preflights on to the application",
        status_is_200="CORSMiddleware has no option for the status of preflights, which is 200",
        methods_are_named="allow_methods=['*'] stands for the standard methods, and not for every one",
    )
    origins = names_of(policy, "origin")
    exact = [origin for origin in origins if origin == "*" or not is_pattern(origin)]
    patterns = [origin_regex(origin) for origin in origins if origin not in exact]
    options: dict[str, Any] = {} if policy.get("maxAge") is None else {"max_age": policy["maxAge"]}
    return CORSMiddleware(
        app,
        allow_origins=exact,
        allow_origin_regex="|".join(patterns) if patterns else None,
        allow_methods=methods_of(policy),
        allow_headers=names_of(policy, "allowedHeaders"),
        expose_headers=names_of(policy, "exposedHeaders"),
        allow_credentials=policy.get("credentials", False),
        **options,
    )


def application_for(scenario: Scenario) -> ASGIApp:
    """The application with the library in front, as the scenario's setup says."""
    setup = scenario["setup"]
    match setup["kind"]:
        case "policy":
            return with_cors(application(), setup["policy"])
        case "stacked":
            return with_cors(with_cors(application(), setup["inner"]), setup["outer"])
        case "chosen" if setup["when"] == "now":
            return mounted(setup["policies"])
        case "chosen":
            raise NotExpressible(
                "CORSMiddleware is put around an application when it is mounted: no choice is left that could come later or fail"
            )
        case kind:
            raise NotExpressible(f"the setup {kind!r} is unknown to this target")


def mounted(policies: dict[str, Any]) -> ASGIApp:
    """One application under the path of each policy."""
    mounts = [
        Mount(f"/{name}", app=application() if policy is False else with_cors(application(), policy))
        for name, policy in policies.items()
    ]
    return Starlette(routes=[*mounts, Mount("/", app=application())])


def serve(app: ASGIApp, scenario: Scenario) -> int:
    """Serves in a thread of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app,
        http="h11",
        lifespan="off",
        log_level="critical",
        h11_max_incomplete_event_size=scenario.get("maxHeaderSize"),
    )
    server = uvicorn.Server(config)
    threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening]))).start()
    return listening.getsockname()[1]


if __name__ == "__main__":
    contract.run(f"Starlette {version('starlette')}", CAPABILITIES, application_for, serve)

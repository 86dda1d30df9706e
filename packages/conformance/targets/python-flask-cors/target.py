"""Serves the test application behind flask-cors, with waitress.

The options are those of https://flask-cors.readthedocs.io/. They are given in full, because the
library's own defaults allow every origin and every request header.
"""

import threading
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import contract
from application import application
from contract import NotExpressible, Policy, Scenario
from flask import Flask
from flask_cors import CORS
from policy import is_pattern, methods_of, names_of, origin_regex, refuse_options
from waitress import create_server

CAPABILITIES = [
    "http1",
    "raw-bytes",
    "error-handling",
    "malformed-paths",
    "streams",
    "chosen-policies",
    "stacked-policies",
]


def options_of(policy: Policy) -> dict[str, Any]:
    """Says the policy in the library's own terms."""
    refuse_options(
        policy,
        {"preflightContinue": "flask-cors has no option that keeps Flask from answering OPTIONS itself"},
    )
    if policy.get("optionsSuccessStatus", 200) != 200:
        raise NotExpressible("flask-cors has no option for the status of preflights, which is Flask's 200")
    if "*" in policy.get("methods", []):
        raise NotExpressible("methods knows no star: each method must be named")
    origins = names_of(policy, "origin")
    max_age = policy.get("maxAge")
    return {
        "origins": ["*" if origin == "*" else entry(origin) for origin in origins],
        "send_wildcard": "*" in origins,
        "methods": methods_of(policy),
        "allow_headers": names_of(policy, "allowedHeaders"),
        "expose_headers": names_of(policy, "exposedHeaders"),
        "supports_credentials": policy.get("credentials", False),
        # A number 0 would be taken for nothing; a timedelta of none is written out.
        "max_age": None if max_age is None else timedelta(seconds=max_age),
    }


def entry(origin: str) -> str:
    """A literal origin, or the regular expression of a pattern.

    The library tells the two apart by the characters in them, and takes the brackets of an IPv6 address
    for a regular expression.
    """
    return origin_regex(origin) if is_pattern(origin) or "[" in origin else origin


def application_for(scenario: Scenario) -> Flask:
    """The application with the library in front, as the scenario's setup says."""
    setup = scenario["setup"]
    match setup["kind"]:
        case "policy":
            app = application()
            CORS(app, **options_of(setup["policy"]))
        case "stacked":
            app = application()
            CORS(app, **options_of(setup["outer"]))
            CORS(app, **options_of(setup["inner"]))
        case "chosen" if setup["when"] == "now":
            policies = setup["policies"]
            app = application(["", *(f"/{name}" for name in policies)])
            resources = {
                rf"/{name}/.*": options_of(policy) for name, policy in policies.items() if policy is not False
            }
            CORS(app, resources=resources)
        case "chosen":
            raise NotExpressible("resources are matched by path: no choice is left that could come later or fail")
        case kind:
            raise NotExpressible(f"the setup {kind!r} is unknown to this target")
    return app


def serve(app: Flask, scenario: Scenario) -> int:
    """Serves in a thread of its own."""
    # Without buffering: a stream's first piece must not wait for the others.
    settings: dict[str, Any] = {"host": "127.0.0.1", "port": 0, "threads": 8, "send_bytes": 1}
    if "maxHeaderSize" in scenario:
        settings["max_request_header_size"] = scenario["maxHeaderSize"]
    server = create_server(app, **settings)
    threading.Thread(target=server.run).start()
    return server.effective_port


if __name__ == "__main__":
    contract.run(f"flask-cors {version('flask-cors')}", CAPABILITIES, application_for, serve)

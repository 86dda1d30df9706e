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
from policy import is_pattern, methods_of, names_of, origin_regex, refuse_what_is_fixed
from waitress import create_server

CAPABILITIES = [
    "http1",
    "raw-bytes",
    "error-handling",
    "malformed-paths",
    "streams",
    "chosen-policies",
    "stacked-policies",
    "refuses-options",
]

# What the library calls the options that it has.
NAMES = {
    "origin": "origins",
    "credentials": "supports_credentials",
    "allowedHeaders": "allow_headers",
    "exposedHeaders": "expose_headers",
    "maxAge": "max_age",
}


def options_of(policy: Policy) -> dict[str, Any]:
    """Says the policy in the library's own terms."""
    refuse_what_is_fixed(
        policy,
        preflights_end="flask-cors has no option that keeps Flask from answering OPTIONS itself",
        status_is_200="flask-cors has no option for the status of preflights, which is Flask's 200",
        methods_are_named="methods knows no star: each method must be named",
    )
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


def options_as_written(options: Any) -> dict[str, Any]:
    """Options as they stand, under the library's names; unknown ones are left for it to judge."""
    if not isinstance(options, dict):
        raise NotExpressible("the options are keyword arguments, and no value of another kind")
    for name in options:
        if name in ("preflightContinue", "optionsSuccessStatus") or name.startswith("dangerously"):
            raise NotExpressible(f"{name}: flask-cors has no such option")
    origin = options.get("origin")
    origins = origin if isinstance(origin, list) else [origin]
    if any(isinstance(one, str) and one != "*" and is_pattern(one) for one in origins):
        raise NotExpressible("origins: a star in a text makes a regular expression of it, and no pattern")
    written = {NAMES.get(name, name): value for name, value in options.items()}
    return {**written, "send_wildcard": "*" in origins}


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
        case "refused":
            app = application()
            CORS(app, **options_as_written(setup["options"]))
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

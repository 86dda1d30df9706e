"""A scenario's policy, taken apart in the ways that the libraries need."""

import re
from typing import Any

from contract import NotExpressible

# The methods that need no permission: a policy names what is allowed beside them.
SAFELISTED_METHODS = ("GET", "HEAD", "POST")

# One label of a name, as browsers write it.
_LABEL = "[a-z0-9_-]+"
_ANY_PORT = "(?::[1-9][0-9]{0,4})?"


def methods_of(policy: dict[str, Any]) -> list[str]:
    """The named methods, with those that are always allowed; for libraries whose list is complete."""
    named = policy.get("methods", [])
    return [*SAFELISTED_METHODS, *(name for name in named if name not in SAFELISTED_METHODS)]


def names_of(policy: dict[str, Any], option: str) -> list[str]:
    """The names of a list; a star by itself is the list that holds only that."""
    names = policy.get(option, [])
    return ["*"] if names == "*" else names


def is_pattern(origin: str) -> bool:
    """Whether an entry of a list stands for more than one origin."""
    return "*" in origin


def origin_regex(pattern: str) -> str:
    """The anchored regular expression of a pattern: subdomains at any depth, any port, or both."""
    scheme, _, rest = pattern.partition("://")
    host, has_any_port = (rest[:-2], True) if rest.endswith(":*") else (rest, False)
    subdomains = rf"(?:{_LABEL}\.)+" if host.startswith("*.") else ""
    name = re.escape(host.removeprefix("*."))
    return rf"\A{re.escape(scheme)}://{subdomains}{name}{_ANY_PORT if has_any_port else ''}\Z"


def refuse_what_is_fixed(
    policy: dict[str, Any], *, preflights_end: str, status_is_200: str, methods_are_named: str
) -> None:
    """Raises, with the reason given, where the policy changes what neither library lets one change."""
    if policy.get("preflightContinue"):
        raise NotExpressible(preflights_end)
    if policy.get("optionsSuccessStatus", 200) != 200:
        raise NotExpressible(status_is_200)
    if "*" in policy.get("methods", []):
        raise NotExpressible(methods_are_named)

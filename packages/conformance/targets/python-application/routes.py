"""The parts of the test application that are data, or plain enough for any framework."""

import re
from collections.abc import Callable
from typing import Any

HANDLER_ORIGIN = "https://handler.example"
PAUSE = 0.01
SLOW = 0.1
LARGE_BYTES = 262_144
MOST_ECHOED = 1_048_576

Fields = list[tuple[str, str]]
# In the form that the framework takes.
Handler = Callable[..., Any]

OWN_CORS: Fields = [
    ("Access-Control-Allow-Origin", HANDLER_ORIGIN),
    ("Access-Control-Allow-Credentials", "true"),
    ("Access-Control-Allow-Methods", "PATCH"),
    ("Access-Control-Allow-Headers", "X-Handler"),
    ("Access-Control-Expose-Headers", "X-Handler"),
    ("Access-Control-Max-Age", "1"),
]

# Routes that are `/ok` with more fields.
FIELDS: dict[str, Fields] = {
    "/ok": [],
    "/vary/set": [("Vary", "Accept")],
    "/vary/array": [("Vary", "Accept"), ("Vary", "Accept-Language")],
    "/vary/lower": [("vary", "accept, ORIGIN")],
    "/vary/star": [("Vary", "*")],
    # A handler's response is its own: there is no Vary on it yet that could be kept or removed.
    "/vary/append": [("Vary", "Accept")],
    "/vary/remove": [],
    "/own-cors": OWN_CORS,
    "/own-cors/lower": [("access-control-allow-origin", HANDLER_ORIGIN)],
    "/own-cors/twice": [
        ("Access-Control-Allow-Origin", HANDLER_ORIGIN),
        ("Access-Control-Allow-Origin", "https://a.example"),
    ],
    "/own-cors/expose": [("Access-Control-Expose-Headers", "X-Handler, not a token, x-handler")],
    "/fields": [
        ("X-Own", "1"),
        ("Cache-Control", "private, max-age=60"),
        ("Content-Type", "application/x-own"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("Cross-Origin-Resource-Policy", "same-site"),
        ("Timing-Allow-Origin", HANDLER_ORIGIN),
    ],
}

STREAMS: dict[str, tuple[str, list[str]]] = {
    "/stream": ("text/plain", ["one ", "two ", "three"]),
    "/events": ("text/event-stream", ["data: 1\n\n", "data: 2\n\n", "data: 3\n\n"]),
}

WITHOUT_BODY = (204, 205, 304)

_STATUS_FIELDS: dict[int, Fields] = {
    **{code: [("Location", "/ok")] for code in (201, 301, 302, 303, 307, 308)},
    206: [("Content-Range", "bytes 0-9/100")],
    304: [("ETag", '"v1"')],
    401: [("WWW-Authenticate", 'Basic realm="application"')],
    405: [("Allow", "GET")],
    429: [("Retry-After", "1")],
    503: [("Retry-After", "1")],
}


def table(
    with_fields: Callable[[Fields], Handler],
    in_pieces: Callable[[str, list[str]], Handler],
    others: dict[str, Handler],
) -> dict[str, Handler]:
    """Every route: those that are data, made into handlers, and the framework's own."""
    return {
        **{path: with_fields(fields) for path, fields in FIELDS.items()},
        **{path: in_pieces(*stream) for path, stream in STREAMS.items()},
        # What a handler meant to set is gone with the response that it did not return.
        "/own-cors/throw": others["/throw"],
        **others,
    }


def status_fields(code: int) -> Fields:
    """What belongs to a status beside its text."""
    return _STATUS_FIELDS.get(code, [])


def is_status(text: str) -> bool:
    """Whether the route `/status/:code` has this code."""
    return re.fullmatch(r"[2-5]\d\d", text) is not None

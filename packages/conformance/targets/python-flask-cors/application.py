"""The test application, written for Flask.

OPTIONS is left to Flask, which answers it for every route: that is what flask-cors builds on.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import routes
from flask import Flask, Response, redirect, request
from werkzeug.exceptions import NotFound

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]

View = Callable[..., Response]


def application(prefixes: Sequence[str] = ("",)) -> Flask:
    """The application under each of the prefixes, with no CORS."""
    app = Flask("application")
    for prefix in prefixes:
        for path, view in _views().items():
            app.add_url_rule(prefix + path, endpoint=prefix + path, view_func=view, methods=METHODS)

    @app.errorhandler(NotFound)
    def unknown(_: Exception) -> Response:
        return _text("unknown path", 404)

    @app.after_request
    def named(response: Response) -> Response:
        route = "unknown" if request.url_rule is None else request.url_rule.rule
        for prefix in prefixes:
            route = route.removeprefix(prefix)
        response.headers.setdefault("X-Application", route.replace("<code>", ":code"))
        return response

    return app


def _views() -> dict[str, View]:
    own = {
        "/status/<code>": _status,
        "/guarded": _guarded,
        "/get-only": _get_only,
        "/throw": _throw,
        "/reject": _reject,
        "/error-after-head": _error_after_head,
        "/malformed/%zz": lambda: _text("malformed path", 400),
        "/slow": _slow,
        "/large": lambda: _text("x" * routes.LARGE_BYTES),
        "/redirect": lambda: redirect("/ok"),
        "/echo-body": _echo_body,
    }
    return routes.table(_with, _in_pieces, own)


def _text(text: str, status: int = 200) -> Response:
    return Response(text, status=status, mimetype="text/plain")


def _ok(fields: routes.Fields = ()) -> Response:
    response = _text("ok")
    for name, _ in fields:
        response.headers.remove(name)
    for name, value in fields:
        response.headers.add(name, value)
    return response


def _with_status(code: int) -> Response:
    response = Response(status=code) if code in routes.WITHOUT_BODY else _text(f"status {code}", code)
    # As it stands: Flask would else make an absolute address of it.
    response.autocorrect_location_header = False
    for name, value in routes.status_fields(code):
        response.headers.set(name, value)
    return response


def _with(fields: routes.Fields) -> View:
    return lambda: _ok(fields)


def _in_pieces(mimetype: str, pieces: list[str]) -> View:
    def view() -> Response:
        def body() -> Iterator[str]:
            for piece in pieces:
                yield piece
                time.sleep(routes.PAUSE)

        return Response(body(), mimetype=mimetype)

    return view


def _status(code: str) -> Response:
    if not routes.is_status(code):
        response = _text("unknown path", 404)
        response.headers.set("X-Application", "unknown")
        return response
    return _with_status(int(code))


def _guarded() -> Response:
    return _ok() if "Authorization" in request.headers else _with_status(401)


def _get_only() -> Response:
    if request.method in ("GET", "HEAD"):
        return _ok()
    response = _text("method not allowed", 405)
    response.headers.set("Allow", "GET, HEAD")
    return response


def _throw() -> Response:
    # What a view meant to set is gone with the response that it did not return.
    raise RuntimeError("the view fails")


def _reject() -> Response:
    with ThreadPoolExecutor() as executor:
        return executor.submit(_throw).result()


def _error_after_head() -> Response:
    def body() -> Iterator[str]:
        yield "partial"
        time.sleep(routes.PAUSE)
        raise RuntimeError("the view fails after the head")

    response = Response(body(), mimetype="text/plain")
    response.content_length = 100
    return response


def _slow() -> Response:
    time.sleep(routes.SLOW)
    return _ok()


def _echo_body() -> Response:
    return Response(request.get_data()[: routes.MOST_ECHOED], mimetype="text/plain")

"""The test application, written for Starlette."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import routes
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

Endpoint = Callable[[Request], Awaitable[Response]]


def application() -> Starlette:
    """The application, with no CORS."""
    return Starlette(
        routes=[Route(path, _named(path, endpoint), methods=METHODS) for path, endpoint in _endpoints().items()],
        exception_handlers={404: _unknown},
    )


def _endpoints() -> dict[str, Endpoint]:
    own = {
        "/status/{code}": _status,
        "/guarded": _guarded,
        "/get-only": _get_only,
        "/throw": _throw,
        "/reject": _reject,
        "/error-after-head": _error_after_head,
        "/malformed/%zz": _malformed,
        "/flush": _flush,
        "/slow": _slow,
        "/large": _large,
        "/redirect": _redirect,
        "/echo-body": _echo_body,
    }
    return routes.table(_with, _in_pieces, own)


def _named(path: str, endpoint: Endpoint) -> Endpoint:
    """Puts the route's path on its reply, as every route does."""
    name = path.replace("{code}", ":code")

    async def named(request: Request) -> Response:
        response = await endpoint(request)
        response.headers.setdefault("X-Application", name)
        return response

    return named


def _ok(fields: routes.Fields = ()) -> Response:
    response = PlainTextResponse("ok")
    for name in {name.lower() for name, _ in fields}:
        del response.headers[name]
    for name, value in fields:
        response.headers.append(name, value)
    return response


def _with_status(code: int) -> Response:
    headers = dict(routes.status_fields(code))
    if code in routes.WITHOUT_BODY:
        return Response(status_code=code, headers=headers)
    return PlainTextResponse(f"status {code}", status_code=code, headers=headers)


def _with(fields: routes.Fields) -> Endpoint:
    async def endpoint(_: Request) -> Response:
        return _ok(fields)

    return endpoint


def _in_pieces(media_type: str, pieces: list[str]) -> Endpoint:
    async def endpoint(_: Request) -> Response:
        async def body() -> AsyncIterator[str]:
            for piece in pieces:
                yield piece
                await asyncio.sleep(routes.PAUSE)

        return StreamingResponse(body(), media_type=media_type)

    return endpoint


async def _unknown(_: Request, __: Exception) -> Response:
    return PlainTextResponse("unknown path", status_code=404, headers={"X-Application": "unknown"})


async def _status(request: Request) -> Response:
    code = request.path_params["code"]
    if not routes.is_status(code):
        return await _unknown(request, Exception())
    return _with_status(int(code))


async def _guarded(request: Request) -> Response:
    return _ok() if "authorization" in request.headers else _with_status(401)


async def _get_only(request: Request) -> Response:
    if request.method in ("GET", "HEAD"):
        return _ok()
    return PlainTextResponse("method not allowed", status_code=405, headers={"Allow": "GET, HEAD"})


async def _throw(_: Request) -> Response:
    # What a handler meant to set is gone with the response that it did not return.
    raise RuntimeError("the handler fails")


async def _reject(_: Request) -> Response:
    await asyncio.sleep(0)
    raise RuntimeError("the handler fails later")


async def _error_after_head(_: Request) -> Response:
    async def body() -> AsyncIterator[str]:
        yield "partial"
        await asyncio.sleep(routes.PAUSE)
        raise RuntimeError("the handler fails after the head")

    return StreamingResponse(body(), media_type="text/plain", headers={"Content-Length": "100"})


async def _malformed(_: Request) -> Response:
    return PlainTextResponse("malformed path", status_code=400)


async def _flush(_: Request) -> Response:
    async def body() -> AsyncIterator[str]:
        await asyncio.sleep(routes.PAUSE)
        yield "ok"

    return StreamingResponse(body(), media_type="text/plain")


async def _slow(_: Request) -> Response:
    await asyncio.sleep(routes.SLOW)
    return _ok()


async def _large(_: Request) -> Response:
    return PlainTextResponse("x" * routes.LARGE_BYTES)


async def _redirect(_: Request) -> Response:
    return RedirectResponse("/ok", status_code=302)


async def _echo_body(request: Request) -> Response:
    body = await request.body()
    return PlainTextResponse(body[: routes.MOST_ECHOED])

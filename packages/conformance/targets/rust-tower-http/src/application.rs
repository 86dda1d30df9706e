//! The test application of the suite, as one writes it in axum.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::{to_bytes, Body};
use axum::extract::{OriginalUri, Request};
use axum::http::{header, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::Router;
use futures_util::{stream, StreamExt};
use percent_encoding::percent_decode_str;
use tokio::time::sleep;

const APPLICATION: HeaderName = HeaderName::from_static("x-application");
const HANDLER_ORIGIN: &str = "https://handler.example";
const PAUSE: Duration = Duration::from_millis(10);

const OWN_CORS: [(&str, &str); 6] = [
    ("access-control-allow-origin", HANDLER_ORIGIN),
    ("access-control-allow-credentials", "true"),
    ("access-control-allow-methods", "PATCH"),
    ("access-control-allow-headers", "X-Handler"),
    ("access-control-expose-headers", "X-Handler"),
    ("access-control-max-age", "1"),
];

const ROUTES: [&str; 25] = [
    "/ok",
    "/status/{code}",
    "/guarded",
    "/get-only",
    "/throw",
    "/reject",
    "/error-after-head",
    "/vary/set",
    "/vary/array",
    "/vary/lower",
    "/vary/star",
    "/vary/append",
    "/vary/remove",
    "/own-cors",
    "/own-cors/lower",
    "/own-cors/twice",
    "/own-cors/expose",
    "/own-cors/throw",
    "/fields",
    "/stream",
    "/events",
    "/flush",
    "/slow",
    "/large",
    "/redirect",
];

/// Its routes and its 404.
pub fn routes() -> Router {
    let mut router = Router::new();
    for path in ROUTES {
        let handle = move |request: Request| async move {
            let replied = reply(path, request).await;
            replied.map(|response| marked(response, path))
        };
        router = router.route(path, any(handle));
    }
    router.route("/echo-body", any(echo_body)).fallback(unknown)
}

/// A handler's error: axum's handlers return them, and they are answered.
struct Failure;

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, "internal error").into_response()
    }
}

async fn reply(path: &str, request: Request) -> Result<Response, Failure> {
    Ok(match path {
        "/status/{code}" => {
            let code = request.uri().path().trim_start_matches("/status/");
            return Ok(with_status(code).unwrap_or_else(not_found));
        }
        "/guarded" if !request.headers().contains_key(header::AUTHORIZATION) => {
            with_status("401").unwrap_or_else(not_found)
        }
        "/get-only" if request.method() != Method::GET && request.method() != Method::HEAD => with(
            (StatusCode::METHOD_NOT_ALLOWED, "method not allowed"),
            &[("allow", "GET, HEAD")],
        ),
        "/throw" | "/own-cors/throw" => return Err(Failure),
        "/reject" => {
            sleep(Duration::from_millis(1)).await;
            return Err(Failure);
        }
        "/error-after-head" => with(broken_body(), &[("content-length", "100")]),
        "/vary/set" => with("ok", &[("vary", "Accept")]),
        "/vary/array" => with("ok", &[("vary", "Accept"), ("vary", "Accept-Language")]),
        "/vary/lower" => with("ok", &[("vary", "accept, ORIGIN")]),
        "/vary/star" => with("ok", &[("vary", "*")]),
        "/vary/append" => with("ok", &[("vary", "Accept")]),
        "/own-cors" => with("ok", &OWN_CORS),
        "/own-cors/lower" => with("ok", &[("access-control-allow-origin", HANDLER_ORIGIN)]),
        "/own-cors/twice" => with(
            "ok",
            &[
                ("access-control-allow-origin", HANDLER_ORIGIN),
                ("access-control-allow-origin", "https://a.example"),
            ],
        ),
        "/own-cors/expose" => with(
            "ok",
            &[(
                "access-control-expose-headers",
                "X-Handler, not a token, x-handler",
            )],
        ),
        "/fields" => fields(),
        "/stream" => pieces(&["one ", "two ", "three"]).into_response(),
        "/events" => {
            let events = pieces(&["data: 1\n\n", "data: 2\n\n", "data: 3\n\n"]);
            with(events, &[("content-type", "text/event-stream")])
        }
        // hyper sends the head before it waits for the body.
        "/flush" => pieces(&["", "ok"]).into_response(),
        "/slow" => {
            sleep(Duration::from_millis(100)).await;
            "ok".into_response()
        }
        "/large" => "x".repeat(262_144).into_response(),
        "/redirect" => with(StatusCode::FOUND, &[("location", "/ok")]),
        _ => "ok".into_response(),
    })
}

async fn echo_body(request: Request) -> Response {
    match to_bytes(request.into_body(), 1_048_576).await {
        Ok(body) => marked(
            ([(header::CONTENT_TYPE, "text/plain")], body).into_response(),
            "/echo-body",
        ),
        Err(_) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
    }
}

async fn unknown(OriginalUri(uri): OriginalUri) -> Response {
    if is_malformed(uri.path()) {
        return (StatusCode::BAD_REQUEST, "malformed path").into_response();
    }
    not_found()
}

fn not_found() -> Response {
    marked(
        (StatusCode::NOT_FOUND, "unknown path").into_response(),
        "unknown",
    )
}

/// Whether a percent sign is not followed by two digits, or the bytes are no text.
fn is_malformed(path: &str) -> bool {
    let bytes = path.as_bytes();
    let is_escape = |at: usize| {
        bytes
            .get(at + 1..at + 3)
            .is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
    };
    (0..bytes.len()).any(|at| bytes[at] == b'%' && !is_escape(at))
        || percent_decode_str(path).decode_utf8().is_err()
}

/// A reply with fields that are set: what stood there is replaced, a name that comes again is another line.
fn with(reply: impl IntoResponse, fields: &[(&'static str, &'static str)]) -> Response {
    let mut response = reply.into_response();
    for (name, _) in fields {
        response.headers_mut().remove(*name);
    }
    for (name, value) in fields {
        response
            .headers_mut()
            .append(*name, HeaderValue::from_static(value));
    }
    response
}

/// `None` for what is no status of the route.
fn with_status(code: &str) -> Option<Response> {
    let number: u16 = code
        .parse()
        .ok()
        .filter(|number| (200..600).contains(number))?;
    let status = StatusCode::from_u16(number).ok()?;
    let fields: &[(&'static str, &'static str)] = match number {
        201 | 301 | 302 | 303 | 307 | 308 => &[("location", "/ok")],
        206 => &[("content-range", "bytes 0-9/100")],
        304 => &[("etag", "\"v1\"")],
        401 => &[("www-authenticate", "Basic realm=\"application\"")],
        405 => &[("allow", "GET")],
        429 | 503 => &[("retry-after", "1")],
        _ => &[],
    };
    Some(match number {
        204 | 205 | 304 => with(status, fields),
        _ => with((status, format!("status {number}")), fields),
    })
}

fn fields() -> Response {
    with(
        "ok",
        &[
            ("x-own", "1"),
            ("cache-control", "private, max-age=60"),
            ("content-type", "application/x-own"),
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2"),
            ("cross-origin-resource-policy", "same-site"),
            ("timing-allow-origin", HANDLER_ORIGIN),
        ],
    )
}

fn pieces(texts: &'static [&'static str]) -> impl IntoResponse {
    let body = stream::iter(texts.iter().enumerate()).then(|(index, text)| async move {
        if index > 0 {
            sleep(PAUSE).await;
        }
        Ok::<_, Infallible>(*text)
    });
    (
        [(header::CONTENT_TYPE, "text/plain")],
        Body::from_stream(body),
    )
}

/// A piece, and then an error.
fn broken_body() -> impl IntoResponse {
    let body = stream::iter([true, false]).then(|is_first| async move {
        if is_first {
            return Ok("partial");
        }
        sleep(PAUSE).await;
        Err(io::Error::other("the handler fails after the head"))
    });
    (
        [(header::CONTENT_TYPE, "text/plain")],
        Body::from_stream(body),
    )
}

fn marked(mut response: Response, route: &str) -> Response {
    // The table of the suite writes a parameter with a colon.
    let name = if route == "/status/{code}" {
        "/status/:code"
    } else {
        route
    };
    if let (Ok(name), false) = (
        HeaderValue::from_str(name),
        response.headers().contains_key(APPLICATION),
    ) {
        response.headers_mut().insert(APPLICATION, name);
    }
    response
}

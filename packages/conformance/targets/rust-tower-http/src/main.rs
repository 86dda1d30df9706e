//! tower-http's `CorsLayer` on axum, as a target of the CORS conformance suite. The suite starts this
//! program once for each scenario and talks to it over standard input and output, one JSON value a line.

mod application;
mod origin_pattern;
mod policy;
mod server;

use std::io::{self, BufRead, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::exit;

use axum::Router;
use serde_json::{json, Value};
use tower::Layer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::CorsLayer;

use policy::Refusal;

const CAPABILITIES: [&str; 10] = [
    "http1",
    "raw-bytes",
    "error-handling",
    "malformed-paths",
    "streams",
    "flush-headers",
    "predicates",
    "chosen-policies",
    "stacked-policies",
    "refuses-options",
];

fn main() {
    // What panics is reported as a refusal, or answered with 500.
    panic::set_hook(Box::new(|_| {}));
    let mut lines = io::stdin().lock().lines();
    let message: Value = match lines.next() {
        Some(Ok(line)) => serde_json::from_str(&line).unwrap_or(Value::Null),
        _ => exit(0),
    };
    if message["version"] != 1 {
        fail("the version of the contract should be 1");
    }
    match message["type"].as_str() {
        Some("describe") => tell(json!({
            "type": "description",
            "name": format!("tower-http {} on axum {}", version("tower-http"), version("axum")),
            "capabilities": CAPABILITIES,
        })),
        Some("start") => start(&message["scenario"], lines),
        _ => fail("the type of the message should be describe or start"),
    }
}

fn start(scenario: &Value, lines: impl Iterator<Item = io::Result<String>>) {
    let router = match built(&scenario["setup"]) {
        Ok(router) => router,
        Err(Refusal::Refused(reason)) => {
            return tell(json!({ "type": "refused", "reason": reason }))
        }
        Err(Refusal::NotExpressible(reason)) => {
            return tell(json!({ "type": "not-expressible", "reason": reason }));
        }
    };
    let max_header_size = scenario["maxHeaderSize"].as_u64().map(|size| size as usize);
    let port = server::listen(router, max_header_size);
    tell(json!({ "type": "listening", "url": format!("http://127.0.0.1:{port}") }));
    for line in lines {
        if line.is_err() {
            break;
        }
    }
    exit(0);
}

/// The layer panics where it refuses its rules.
fn built(setup: &Value) -> Result<Router, Refusal> {
    panic::catch_unwind(AssertUnwindSafe(|| router(setup))).unwrap_or_else(|panicked| {
        let reason = panicked.downcast_ref::<String>().cloned().or_else(|| {
            panicked
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
        });
        Err(Refusal::Refused(reason.unwrap_or_default()))
    })
}

fn router(setup: &Value) -> Result<Router, Refusal> {
    let routes = application::routes();
    let router = match setup["kind"].as_str() {
        Some("policy") => behind(policy::layer(&setup["policy"])?, routes),
        Some("stacked") => behind(
            policy::layer(&setup["outer"])?,
            behind(policy::layer(&setup["inner"])?, routes),
        ),
        Some("refused") => behind(policy::layer_as_written(&setup["options"])?, routes),
        Some("chosen") => chosen(setup)?,
        _ => fail("the kind of the setup is unknown"),
    };
    // A panic of a predicate is answered with 500, and the connection goes on.
    Ok(router.layer(CatchPanicLayer::new()))
}

/// Around the whole router, so that the layer checks its rules now, and not when the first request comes.
fn behind(layer: CorsLayer, routes: Router) -> Router {
    Router::new().fallback_service(layer.layer(routes))
}

/// axum's way to choose: a nested router for each policy, with a layer of its own.
fn chosen(setup: &Value) -> Result<Router, Refusal> {
    if setup["when"] != "now" {
        return Err(Refusal::NotExpressible(
            "A layer stands on a router: no function chooses it by request.".to_owned(),
        ));
    }
    let mut router = application::routes();
    for (name, policy) in setup["policies"].as_object().into_iter().flatten() {
        let nested = match policy {
            Value::Bool(false) => application::routes(),
            policy => behind(policy::layer(policy)?, application::routes()),
        };
        router = router.nest(&format!("/{name}"), nested);
    }
    Ok(router)
}

fn tell(message: Value) {
    let mut out = io::stdout().lock();
    // Nobody is left to tell when this fails.
    let _ = writeln!(out, "{message}").and_then(|()| out.flush());
}

fn fail(reason: &str) -> ! {
    tell(json!({ "type": "error", "reason": reason }));
    exit(1);
}

/// The version that Cargo.lock pins.
fn version(name: &str) -> &'static str {
    let lock = include_str!("../Cargo.lock");
    let package = format!("name = \"{name}\"\nversion = \"");
    lock.split_once(&package)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("of unknown version", |(version, _)| version)
}

//! A scenario's policy as a `CorsLayer`, configured as tower-http's documentation says.

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method};
use serde_json::Value;
use tokio::time::sleep;
use tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, Any, CorsLayer, ExposeHeaders};

use crate::origin_pattern;

/// Why there is no layer.
pub enum Refusal {
    /// The library refuses it.
    Refused(String),
    /// The library, or the language, has no way to say it.
    NotExpressible(String),
}

type Outcome<T> = Result<T, Refusal>;

const NAMES: [&str; 11] = [
    "origin",
    "credentials",
    "methods",
    "allowedHeaders",
    "exposedHeaders",
    "maxAge",
    "preflightContinue",
    "optionsSuccessStatus",
    "dangerouslyAllowInsecureOrigins",
    "dangerouslyAllowPublicSuffixes",
    "dangerouslyAllowNullOrigin",
];

/// The layer that says what the policy says.
pub fn layer(policy: &Value) -> Outcome<CorsLayer> {
    built(policy, |origins| {
        let patterns = origins.to_vec();
        Ok(AllowOrigin::predicate(move |origin, _| {
            origin.to_str().is_ok_and(|origin| {
                patterns
                    .iter()
                    .any(|one| origin_pattern::matches(one, origin))
            })
        }))
    })
}

/// The layer of options that stand as they are: for tower-http a text is an origin, and no pattern.
pub fn layer_as_written(options: &Value) -> Outcome<CorsLayer> {
    built(options, |_| {
        not_expressible("allow_origin: a value is an origin as it stands, never a pattern.")
    })
}

fn built(
    policy: &Value,
    of_patterns: impl Fn(&[String]) -> Outcome<AllowOrigin>,
) -> Outcome<CorsLayer> {
    let Some(options) = policy.as_object() else {
        return not_expressible(
            "The options are calls of a builder, and no value of another kind.",
        );
    };
    if let Some(name) = options.keys().find(|name| !NAMES.contains(&name.as_str())) {
        return not_expressible(&format!(
            "The builder has no method for {name}: it does not compile."
        ));
    }
    if let Some((name, _)) = options.iter().find(|(_, value)| value.is_null()) {
        return not_expressible(&format!("{name}: nothing in Rust is null."));
    }
    if options.contains_key("preflightContinue") {
        return not_expressible("preflightContinue: the layer answers every OPTIONS itself.");
    }
    if options.contains_key("optionsSuccessStatus") {
        return not_expressible("optionsSuccessStatus: the status of a preflight is fixed.");
    }
    for flag in NAMES.iter().filter(|name| name.starts_with("dangerously")) {
        boolean(policy, flag)?;
    }
    let credentials = boolean(policy, "credentials")?;
    let mut layer = CorsLayer::new()
        .allow_origin(allow_origin(&policy["origin"], of_patterns)?)
        .allow_credentials(credentials);
    // Beside credentials a star is a name to browsers, and the layer panics: what is asked for is mirrored.
    layer = match names(policy, "methods")? {
        None => layer,
        Some(Names::Every) if credentials => layer.allow_methods(AllowMethods::mirror_request()),
        Some(Names::Every) => layer.allow_methods(Any),
        Some(Names::Listed(names)) => layer.allow_methods(AllowMethods::list(
            names
                .iter()
                .map(|name| parsed::<Method>("methods", name))
                .collect::<Outcome<Vec<_>>>()?,
        )),
    };
    layer = match names(policy, "allowedHeaders")? {
        None => layer,
        Some(Names::Every) if credentials => layer.allow_headers(AllowHeaders::mirror_request()),
        Some(Names::Every) => layer.allow_headers(Any),
        Some(Names::Listed(names)) => {
            layer.allow_headers(AllowHeaders::list(header_names("allowedHeaders", &names)?))
        }
    };
    layer = match names(policy, "exposedHeaders")? {
        None => layer,
        Some(Names::Every) => layer.expose_headers(Any),
        Some(Names::Listed(names)) => {
            layer.expose_headers(ExposeHeaders::list(header_names("exposedHeaders", &names)?))
        }
    };
    Ok(match &policy["maxAge"] {
        Value::Null => layer,
        seconds => match seconds.as_u64() {
            Some(seconds) => layer.max_age(Duration::from_secs(seconds)),
            None => return not_expressible("max_age: a Duration is whole seconds, from 0."),
        },
    })
}

fn allow_origin(
    origin: &Value,
    of_patterns: impl Fn(&[String]) -> Outcome<AllowOrigin>,
) -> Outcome<AllowOrigin> {
    if origin["predicate"].is_string() {
        return predicate(origin);
    }
    let listed = match origin {
        Value::String(text) if text == "*" => return Ok(AllowOrigin::any()),
        Value::String(text) => vec![text.clone()],
        // Without a call, no origin is allowed.
        Value::Null => Vec::new(),
        Value::Array(list) if list.len() == 1 && list[0] == "*" => return Ok(AllowOrigin::any()),
        Value::Array(list) => texts("allow_origin", list)?,
        _ => return not_expressible("allow_origin: it takes header values or a function."),
    };
    if listed
        .iter()
        .any(|origin| origin != "*" && origin.contains('*'))
    {
        return of_patterns(&listed);
    }
    let mut values = listed
        .iter()
        .map(|origin| parsed::<HeaderValue>("origin", origin))
        .collect::<Outcome<Vec<_>>>()?;
    Ok(match values.len() {
        1 if origin.is_string() => AllowOrigin::exact(values.remove(0)),
        _ => AllowOrigin::list(values),
    })
}

fn predicate(described: &Value) -> Outcome<AllowOrigin> {
    let allowed = match &described["allow"] {
        Value::Array(list) => texts("allow", list)?,
        _ => Vec::new(),
    };
    let answer = move |origin: &HeaderValue| allowed.iter().any(|one| one == origin);
    Ok(match described["predicate"].as_str() {
        Some("answers") => AllowOrigin::predicate(move |origin, _| answer(origin)),
        Some("answers-later") => answering_later(answer, 1),
        Some("answers-slowly") => answering_later(answer, 300),
        Some("throws") => AllowOrigin::predicate(|_, _| panic!("the predicate throws")),
        Some("rejects") => AllowOrigin::async_predicate(|_, _| async {
            sleep(Duration::from_millis(1)).await;
            panic!("the predicate rejects")
        }),
        _ => return not_expressible("allow_origin: the function gives a bool; no other compiles."),
    })
}

fn answering_later(
    answer: impl Fn(&HeaderValue) -> bool + Clone + Send + Sync + 'static,
    milliseconds: u64,
) -> AllowOrigin {
    AllowOrigin::async_predicate(move |origin, _| async move {
        sleep(Duration::from_millis(milliseconds)).await;
        answer(&origin)
    })
}

enum Names {
    Every,
    Listed(Vec<String>),
}

fn names(policy: &Value, option: &str) -> Outcome<Option<Names>> {
    match &policy[option] {
        Value::Null => Ok(None),
        Value::String(text) if text == "*" => Ok(Some(Names::Every)),
        Value::Array(list) if list.len() == 1 && list[0] == "*" => Ok(Some(Names::Every)),
        Value::Array(list) => Ok(Some(Names::Listed(texts(option, list)?))),
        _ => not_expressible(&format!("{option}: it takes a list of names, or Any.")),
    }
}

fn texts(option: &str, list: &[Value]) -> Outcome<Vec<String>> {
    list.iter()
        .map(|value| match value {
            Value::String(text) => Ok(text.clone()),
            _ => not_expressible(&format!(
                "{option}: a list holds names, and no other values."
            )),
        })
        .collect()
}

fn header_names(option: &str, names: &[String]) -> Outcome<Vec<HeaderName>> {
    names.iter().map(|name| parsed(option, name)).collect()
}

/// What is no method, header name or header value does not get as far as the layer.
fn parsed<T: std::str::FromStr>(option: &str, text: &str) -> Outcome<T>
where
    T::Err: std::fmt::Display,
{
    text.parse::<T>()
        .map_err(|error| Refusal::Refused(format!("{option}: {text:?}: {error}")))
}

fn boolean(policy: &Value, option: &str) -> Outcome<bool> {
    match &policy[option] {
        Value::Null => Ok(false),
        Value::Bool(value) => Ok(*value),
        _ => not_expressible(&format!(
            "{option}: it is true or false; no other compiles."
        )),
    }
}

fn not_expressible<T>(reason: &str) -> Outcome<T> {
    Err(Refusal::NotExpressible(reason.to_owned()))
}

//! Origin patterns, which tower-http leaves to a predicate: as narrow as the pattern says, as a careful
//! user would write it.

/// Whether an origin is the one listed, or matches the pattern.
pub fn matches(pattern: &str, origin: &str) -> bool {
    if !pattern.contains('*') {
        return pattern == origin;
    }
    let (Some((scheme, wanted)), Some((given_scheme, given))) =
        (pattern.split_once("://"), origin.split_once("://"))
    else {
        return false;
    };
    if scheme != given_scheme {
        return false;
    }
    let (wanted, any_port) = match wanted.strip_suffix(":*") {
        Some(host) => (host, true),
        None => (wanted, false),
    };
    let (given, port) = if any_port {
        without_port(given)
    } else {
        (given, None)
    };
    if port.is_some_and(|port| !is_port(port, scheme)) {
        return false;
    }
    match wanted.strip_prefix("*.") {
        None => given == wanted,
        Some(base) => given
            .strip_suffix(base)
            .and_then(|rest| rest.strip_suffix('.'))
            .is_some_and(|labels| {
                labels.len() + base.len() < 253 && labels.split('.').all(is_label)
            }),
    }
}

/// The port stands behind the last colon that is not within the brackets of an IPv6 address.
fn without_port(host: &str) -> (&str, Option<&str>) {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    }
}

/// A port as an origin spells it out: no leading zeros, and not the scheme's default.
fn is_port(port: &str, scheme: &str) -> bool {
    let default = if scheme == "https" { 443 } else { 80 };
    port.bytes().all(|byte| byte.is_ascii_digit())
        && !port.starts_with('0')
        && port.parse::<u16>().is_ok_and(|number| number != default)
}

fn is_label(label: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let bytes = label.as_bytes();
    bytes.len() <= 63
        && bytes.first().is_some_and(|first| is_name(*first))
        && bytes.last().is_some_and(|last| is_name(*last))
        && bytes.iter().all(|byte| is_name(*byte) || *byte == b'-')
}

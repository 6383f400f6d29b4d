//! A signed request as a `curl` command.

use cloudcall::transport::HttpRequest;

use crate::mask;

/// The command. Without `unmasked`, secrets and the signature are masked, so it shows the request but cannot be run.
pub(super) fn command(request: &HttpRequest, unmasked: bool) -> String {
    let address = request.uri().to_string();
    let address = if unmasked { address } else { mask::url(&address) };
    let mut out = format!("curl -X {} {}", request.method(), quoted(&address));
    for (name, value) in request.headers() {
        // curl computes it.
        if name == "content-length" {
            continue;
        }
        let value = match unmasked {
            true => String::from_utf8_lossy(value.as_bytes()).into_owned(),
            false => mask::header(name.as_str(), value),
        };
        out.push_str(&format!(" \\\n  -H {}", quoted(&format!("{name}: {value}"))));
    }
    if !request.body().is_empty() {
        let body = match (unmasked, std::str::from_utf8(request.body())) {
            (true, Ok(text)) => text.to_owned(),
            _ => mask::body(request.headers(), request.body()),
        };
        out.push_str(&format!(" \\\n  --data-binary {}", quoted(&body)));
    }
    out
}

/// A text between the quotes of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_in_values_stay_inside() {
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}

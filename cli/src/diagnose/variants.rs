//! Changes that programs and proxies make to a request after it was signed. If a signature fits one of them, that is the part
//! that differs.

use super::captured::Captured;

/// A changed request, and what its fitting signature means.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) request: Captured,
    pub(super) part: &'static str,
    pub(super) what: String,
}

/// All variants of a request.
pub(super) fn variants(request: &Captured) -> Vec<Variant> {
    let mut found = Vec::new();
    let mut add = |part: &'static str, what: String, change: &dyn Fn(&mut Captured)| {
        let mut changed = request.clone();
        change(&mut changed);
        if changed != *request {
            found.push(Variant { request: changed, part, what });
        }
    };
    for kind in ["application/json", "application/json; charset=utf-8", "application/x-www-form-urlencoded"] {
        let what = format!("the header `content-type` was signed as `{kind}`: send what was signed");
        add("header content-type", what, &|request| set(request, "content-type", kind));
    }
    let host = request.header("host").unwrap_or_default().to_owned();
    let bare = host.split(':').next().unwrap_or_default().to_owned();
    for signed in [bare.clone(), format!("{bare}:443"), format!("{bare}:80"), host.to_ascii_lowercase()] {
        let what = format!("the header `host` was signed as `{signed}`: a proxy or a client has changed it");
        add("header host", what, &|request| set(request, "host", &signed));
    }
    let body = |what: &str| format!("the body was signed {what}: sign the bytes that are sent");
    add("body", body("without its last line end"), &|request| {
        while request.body.ends_with(b"\n") || request.body.ends_with(b"\r") {
            request.body.pop();
        }
    });
    add("body", body("with a line end after it"), &|request| request.body.push(b'\n'));
    add("body", body("as empty"), &|request| request.body.clear());
    add("body", body("as `{}`"), &|request| request.body = b"{}".to_vec());
    for compact in [true, false] {
        let what = body(if compact { "without blanks" } else { "with a blank after `:` and `,`" });
        add("body", what, &|request| {
            if let Ok(text) = std::str::from_utf8(&request.body) {
                request.body = spaced(text, !compact).into_bytes();
            }
        });
    }
    for method in ["GET", "POST", "PUT", "DELETE"] {
        let what = format!("the method was signed as {method}: send it with the method that was signed");
        add("method", what, &|request| request.method = method.to_owned());
    }
    let query =
        |what: &str| format!("the query was signed {what}: the signature needs one spelling for both");
    add("query", query("with `%20` for a blank, not `+`"), &|request| {
        query_of(request, |query| query.replace('+', "%20"))
    });
    add("query", query("with `+` for a blank, not `%20`"), &|request| {
        query_of(request, |query| query.replace("%20", "+"))
    });
    add("query", query("without parameters"), &|request| {
        request.target = request.target.split('?').next().unwrap_or_default().to_owned();
    });
    add("path", "the path was signed without its last `/`".to_owned(), &|request| {
        path_of(request, |path| path.trim_end_matches('/').to_owned())
    });
    add("path", "the path was signed with a `/` at its end".to_owned(), &|request| {
        path_of(request, |path| format!("{path}/"))
    });
    add("path", "the path was signed decoded: it must be signed as it is sent".to_owned(), &|request| {
        path_of(request, |path| {
            percent_encoding::percent_decode_str(path).decode_utf8_lossy().replace(' ', "%20")
        });
    });
    found
}

fn set(request: &mut Captured, name: &str, value: &str) {
    for (known, held) in &mut request.headers {
        if known == name {
            value.clone_into(held);
        }
    }
}

fn query_of(request: &mut Captured, change: impl Fn(&str) -> String) {
    if let Some((path, query)) = request.target.split_once('?') {
        request.target = format!("{path}?{}", change(query));
    }
}

fn path_of(request: &mut Captured, change: impl Fn(&str) -> String) {
    let (path, query) = match request.target.split_once('?') {
        Some((path, query)) => (path, format!("?{query}")),
        None => (request.target.as_str(), String::new()),
    };
    let path = change(path);
    request.target = format!("{}{query}", if path.is_empty() { "/" } else { &path });
}

/// JSON with or without a blank after `:` and `,` outside of texts.
fn spaced(text: &str, blanks: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        if quoted {
            out.push(c);
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            c if c.is_whitespace() => {}
            ':' | ',' if blanks => {
                out.push(c);
                out.push(' ');
            }
            c => {
                quoted = c == '"';
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_changed_outside_of_texts_only() {
        assert_eq!(spaced(r#"{ "a:b" : [1, 2], "c": "\", x" }"#, false), r#"{"a:b":[1,2],"c":"\", x"}"#);
        assert_eq!(spaced(r#"{"a":[1,2]}"#, true), r#"{"a": [1, 2]}"#);
    }
}

//! `Debug` output of types whose fields may hold secrets.

use std::fmt;

use super::names::{Secrecy, secrecy};
use super::scan::Rule;
use super::{MASK, body};

/// A value whose `Debug` output is masked. Members of maps and of JSON have names, too.
pub(crate) struct Scrubbed<'a>(pub(crate) &'a dyn fmt::Debug);

impl fmt::Debug for Scrubbed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&body(&text(self.0, f.alternate())))
    }
}

/// The `Debug` output of a value. `alternate` selects the form with line breaks.
fn text(value: &dyn fmt::Debug, alternate: bool) -> String {
    if alternate { format!("{value:#?}") } else { format!("{value:?}") }
}

/// Writes a field of a struct, masked if its name or its wire name stands for a secret.
///
/// `None`, an empty list and a flag are shown, because they contain no secret. Fields of a
/// nested struct are decided by their own names, unless the struct itself is under a name
/// such as `password`.
pub(crate) fn field(debug: &mut fmt::DebugStruct<'_, '_>, name: &str, wire: &str, value: &dyn fmt::Debug) {
    match secrecy(name).or_else(|| secrecy(wire)) {
        None => debug.field(name, &Scrubbed(value)),
        Some(secrecy) => debug.field(name, &Secret(value, secrecy)),
    };
}

/// Writes a parameter that is given as JSON text, masked if its name stands for a secret.
pub(crate) fn json_field<'a, 'b, 'c>(
    debug: &'c mut fmt::DebugStruct<'a, 'b>,
    name: &str,
    json: &str,
) -> &'c mut fmt::DebugStruct<'a, 'b> {
    let member = body(&format!("{{{}:{json}}}", serde_json::Value::from(name)));
    let shown = member.split_once(':').and_then(|(_, value)| value.strip_suffix('}'));
    debug.field(name, &format_args!("{}", shown.unwrap_or(MASK)))
}

/// The pairs of a query or a form.
pub(crate) struct Pairs<'a>(pub(crate) &'a [(String, String)]);

impl fmt::Debug for Pairs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |name: &str, value: &str| match secrecy(name) {
            Some(_) => MASK.to_owned(),
            None => body(value),
        };
        f.debug_list().entries(self.0.iter().map(|(name, value)| (name, shown(name, value)))).finish()
    }
}

/// A value under a secret name.
struct Secret<'a>(&'a dyn fmt::Debug, Secrecy);

impl fmt::Debug for Secret<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value, secrecy) = *self;
        // Fields and texts follow one rule: the value is masked like a text that follows a
        // secret name.
        let name = match secrecy {
            Secrecy::Whole => "password: ",
            Secrecy::Parts | Secrecy::Line => "secret: ",
            Secrecy::Tokens => "tokens: ",
        };
        let masked = Rule::default().text(&format!("{name}{}", text(value, f.alternate())));
        f.write_str(masked.strip_prefix(name).unwrap_or(MASK))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    use super::*;

    fn shown(name: &str, value: &dyn Debug) -> String {
        struct One<'a>(&'a str, &'a dyn Debug);
        impl Debug for One<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut debug = f.debug_struct("");
                field(&mut debug, self.0, self.0, self.1);
                debug.finish()
            }
        }
        let line = format!("{:?}", One(name, value));
        assert!(!format!("{:#?}", One(name, value)).contains("PLANTED"), "{line}");
        line
    }

    #[derive(Debug)]
    #[allow(dead_code, reason = "only shown")]
    struct Keys {
        id: Option<&'static str>,
        secret: Option<&'static str>,
    }

    #[test]
    fn fields_with_secret_names_show_whether_they_are_set_and_no_more() {
        let keys = || Keys { id: Some("AKID"), secret: Some("PLANTED \" x") };
        let map = BTreeMap::from([("password", "PLANTED"), ("zone", "z")]);
        let json = serde_json::json!({"AdminPass": "PLANTED", "Name": "n"});
        for (name, value, wanted) in [
            ("password", &Some("PLANTED, x") as &dyn Debug, " { password: **** }"),
            ("password", &None::<&str>, " { password: None }"),
            ("password", &"PLANTED", " { password: \"****\" }"),
            ("password", &vec!["PLANTED"], " { password: **** }"),
            ("password", &123_456, " { password: **** }"),
            ("has_password", &Some(true), " { has_password: Some(true) }"),
            ("total_tokens", &Some(57), " { total_tokens: Some(57) }"),
            ("tokens", &Some(57), " { tokens: Some(57) }"),
            ("tokens", &vec!["PLANTED"], " { tokens: **** }"),
            ("next_token", &Some("n"), " { next_token: Some(\"n\") }"),
            (
                "credentials",
                &Some(keys()),
                " { credentials: Some(Keys { id: Some(\"AKID\"), secret: **** }) }",
            ),
            ("keys", &vec![keys()], " { keys: [Keys { id: Some(\"AKID\"), secret: **** }] }"),
            ("password", &keys(), " { password: **** }"),
            ("labels", &map, " { labels: {\"password\": \"****\", \"zone\": \"z\"} }"),
            ("secrets", &map, " { secrets: **** }"),
            ("detail", &"password=PLANTED", " { detail: \"password=****\" }"),
            ("zone", &Some("z-1"), " { zone: Some(\"z-1\") }"),
        ] {
            assert_eq!(shown(name, value), wanted);
        }
        let shown = shown("data", &json);
        assert!(shown.contains("\"n\"") && !shown.contains("PLANTED"), "{shown}");
    }
}

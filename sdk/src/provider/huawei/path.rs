//! Paths: `docs/sources.md`, Huawei Cloud, 1.2 and 2.
//!
//! A path passes through four functions, the first while a call is prepared, the others for each attempt:
//!
//! | function | result for `/v1/{project_id}/vpcs/{vpc_id}` with the id `a/b` |
//! | --- | --- |
//! | [`fill`] | `/v1/{project_id}/vpcs/a%2Fb` |
//! | [`scoped`] | `/v1/0904f9e1f100d2932f94c01f9aa1cfd7/vpcs/a%2Fb` |
//! | [`canonical`] | `/v1/0904f9e1f100d2932f94c01f9aa1cfd7/vpcs/a/b`, which is signed |
//! | [`sendable`] | `/v1/0904f9e1f100d2932f94c01f9aa1cfd7/vpcs/a%2Fb`, which is sent |
//!
//! A value never leaves its segment: `/`, `.` and `..` in an id would otherwise name another resource. The
//! vendor's SDK only encodes values, so an id `..` reaches the HTTP library, which folds it into its parent.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::action::request::{Fields, ParamLocation};
use crate::credential::Credential;
use crate::error::Error;
use crate::sign::encode::{RESERVED, list_texts, percent};

/// Characters that a URI cannot contain, or that a URL library writes in another way. `%` is not among them,
/// because the path may be encoded.
const UNSENDABLE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Characters that are encoded in a path that is signed: those of a value, except `/`.
const RESERVED_IN_PATHS: &AsciiSet = &RESERVED.remove(b'/');

/// The placeholders that get the ids of the credential when a request is signed.
const SCOPES: [&str; 2] = ["project_id", "domain_id"];

/// Fills the placeholders of `template` with the path parameters.
///
/// `{project_id}` and `{domain_id}` stay unless the caller gave them as path parameters: the credential is
/// not known yet. A list is joined by commas, as in the vendor's SDK.
///
/// # Errors
///
/// Kind `Config` if a placeholder has no value, a parameter has no placeholder, a value is empty or a dot
/// segment, or the result does not begin with `/` or has a query. The vendor's SDK sends a placeholder
/// without a value as `%7Bname%7D`.
pub(super) fn fill(template: &str, fields: &Fields) -> Result<String, Error> {
    let given = || fields.iter().filter(|field| field.place == ParamLocation::Path);
    let mut used = 0;
    let path = replace(template, |name| {
        if let Some(field) = given().find(|field| field.name == name) {
            used += 1;
            return value(name, &list_texts(field.json).join(",")).map(Cow::Owned);
        }
        if SCOPES.contains(&name) {
            return Ok(Cow::Owned(format!("{{{name}}}")));
        }
        let shown = name.escape_debug();
        Err(Error::config(format!("the path needs the parameter `{shown}`, which was not given")))
    })?;
    if used < given().count()
        && let Some(idle) = given().find(|field| !template.contains(&format!("{{{}}}", field.name)))
    {
        let shown = idle.name.escape_debug();
        return Err(Error::config(format!("the path `{template}` has no place for the parameter `{shown}`")));
    }
    if !path.starts_with('/') {
        return Err(Error::config(format!("the path `{}` does not begin with `/`", path.escape_debug())));
    }
    if path.contains(['?', '#']) {
        let shown = path.escape_debug();
        return Err(Error::config(format!("the path `{shown}` has a query: give query parameters instead")));
    }
    check_dots(&path)?;
    Ok(path)
}

/// Fills in the ids of the credential, which `Provider::complete` has looked up if they were missing.
///
/// # Errors
///
/// Kind `Config` if the path needs an id that the credential does not have. The message lists the ways to set
/// it.
pub(super) fn scoped<'a>(path: &'a str, credential: Option<&Credential>) -> Result<Cow<'a, str>, Error> {
    if !path.contains('{') {
        return Ok(Cow::Borrowed(path));
    }
    let filled = replace(path, |name| {
        let (id, setter) = match name {
            "project_id" => (credential.and_then(Credential::project_id), "with_project_id"),
            "domain_id" => (credential.and_then(Credential::domain_id), "with_domain_id"),
            // A literal brace in a path that did not come from a template.
            _ => return Ok(Cow::Owned(format!("{{{name}}}"))),
        };
        match id {
            Some(id) => value(name, id).map(Cow::Owned),
            None => Err(Error::config(format!(
                "the path needs `{name}`, which the credential does not have: set it on the credential \
                 (`{setter}`, HUAWEICLOUD_SDK_{}, or `{name}` in the profile), or give it as a path parameter",
                name.to_ascii_uppercase()
            ))),
        }
    })?;
    check_dots(&filled)?;
    Ok(Cow::Owned(filled))
}

/// Replaces each `{name}` of `template` by the text that `fill` gives for it.
fn replace<'a>(
    template: &str,
    mut fill: impl FnMut(&str) -> Result<Cow<'a, str>, Error>,
) -> Result<String, Error> {
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            return Err(Error::config(format!(
                "the path `{}` has a `{{` without a `}}`",
                template.escape_debug()
            )));
        };
        out.push_str(&fill(name)?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// One value for a placeholder. Every byte except `A-Z a-z 0-9 - _ . ~` is encoded, so a `/` becomes `%2F`.
fn value(name: &str, text: &str) -> Result<String, Error> {
    let refused = |reason: &str| {
        let name = name.escape_debug();
        Err(Error::config(format!("the path parameter `{name}` {reason}, which would name another resource")))
    };
    match text {
        "" => refused("is empty"),
        "." | ".." => refused("is a dot segment"),
        _ => Ok(percent(text).to_string()),
    }
}

/// Refuses dot segments, also encoded ones. HTTP libraries fold them after the signature was computed over
/// the original path, so the service would refuse the signature: `/v1/a/../b` is signed, and `/v1/b` is sent.
fn check_dots(path: &str) -> Result<(), Error> {
    let folded = |segment: &str| {
        let plain = segment.replace("%2e", ".").replace("%2E", ".");
        plain == "." || plain == ".."
    };
    if path.split('/').any(folded) {
        let shown = path.escape_debug();
        return Err(Error::config(format!(
            "the path `{shown}` has a dot segment: write the path it leads to"
        )));
    }
    Ok(())
}

/// The path as it is sent. It decodes to the same bytes as `path`, so it has the same canonical form.
pub(super) fn sendable(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, UNSENDABLE).into()
}

/// The path as it is signed: decoded, and encoded again segment by segment. The signer adds a `/` at the end
/// if there is none.
///
/// ```text
/// /v1/a%2fb/云 x/100%     gives   /v1/a/b/%E4%BA%91%20x/100%25
/// ```
///
/// Bytes that are not UTF-8 become U+FFFD, as in the vendor's SDK. Empty segments stay.
pub(super) fn canonical(path: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    // Most paths have nothing to decode or to encode. The count looks at all bytes, so it is vectorized.
    if path.bytes().filter(|byte| is_plain(*byte)).count() == path.len() {
        return Cow::Borrowed(path);
    }
    match percent_encoding::percent_decode_str(path).decode_utf8_lossy() {
        Cow::Borrowed(plain) => utf8_percent_encode(plain, RESERVED_IN_PATHS).into(),
        Cow::Owned(plain) => Cow::Owned(utf8_percent_encode(&plain, RESERVED_IN_PATHS).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::request::Param;

    fn filled(template: &'static str, values: &[(&'static str, &str)]) -> Result<String, Error> {
        let mut fields = Fields::new();
        for (name, value) in values {
            fields.put(&Param::new(name).place(ParamLocation::Path), value).unwrap();
        }
        fill(template, &fields)
    }

    #[test]
    fn values_stay_in_their_segment() {
        assert_eq!(
            filled("/v1/{id}/x", &[("id", "a/../b?c#{d}%2F云")]).unwrap(),
            "/v1/a%2F..%2Fb%3Fc%23%7Bd%7D%252F%E4%BA%91/x"
        );
        for (template, values, reason) in [
            ("/v1/{id}", &[("id", "")][..], "empty"),
            ("/v1/{id}", &[("id", ".")], "dot segment"),
            ("/v1/{id}/x", &[("id", "..")], "dot segment"),
            ("/v1/{a}{b}/x", &[("a", "."), ("b", ".")], "is empty"),
        ] {
            let error = filled(template, values).unwrap_err().to_string();
            assert!(error.contains(reason) || error.contains("dot segment"), "{error}");
        }
        for (template, values, reason) in [
            ("/v1/{id}", &[][..], "needs the parameter `id`"),
            ("/v1/x", &[("id", "1")], "no place for the parameter `id`"),
            ("v1", &[], "does not begin"),
            ("/v1?x=1", &[], "has a query"),
            ("/v1/{id", &[], "without a"),
            ("/v1/%2E./x", &[], "dot segment"),
        ] {
            let error = filled(template, values).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn ids_of_the_credential_come_last() {
        let path = filled("/v1/{project_id}/vpcs/{id}", &[("id", "{project_id}")]).unwrap();
        assert_eq!(path, "/v1/{project_id}/vpcs/%7Bproject_id%7D");
        let keys = Credential::new("a", "b").unwrap();
        let error = scoped(&path, Some(&keys)).unwrap_err().to_string();
        assert!(error.contains("HUAWEICLOUD_SDK_PROJECT_ID") && error.contains("path parameter"), "{error}");
        let keys = keys.with_project_id("p/1");
        assert_eq!(scoped(&path, Some(&keys)).unwrap(), "/v1/p%2F1/vpcs/%7Bproject_id%7D");
        assert!(scoped(&path, Some(&keys.with_project_id(".."))).is_err());
        assert_eq!(filled("/v1/{project_id}/x", &[("project_id", "other")]).unwrap(), "/v1/other/x");
    }

    #[test]
    fn sent_and_signed_forms() {
        assert_eq!(canonical("/v1/a%2fb/云 x/100%"), "/v1/a/b/%E4%BA%91%20x/100%25");
        assert_eq!(canonical("/v1/~a-b_c.d//"), "/v1/~a-b_c.d//");
        assert_eq!(canonical("/"), "/");
        assert_eq!(sendable("/v1/云 {x}\\|%2f'"), "/v1/%E4%BA%91%20%7Bx%7D%5C%7C%2f'");
    }
}

//! Path templates of ROA actions: `/clusters/{cluster_id}/nodes`.
//!
//! Each value is percent-encoded into its own segment, so `a/b` becomes `a%2Fb`. The vendor's newer packages
//! do the same; the older one inserts the raw value. A template may fix a query: `/repos?type=all` gives the
//! path `/repos` and the pair `type=all`.

use crate::action::request::{Fields, ParamLocation};
use crate::error::Error;
use crate::sign::encode::percent;

/// A path, and the query that its template fixes.
type Filled = (String, Vec<(String, String)>);

/// Fills the placeholders of `template` with the path parameters.
///
/// # Errors
///
/// Kind `Config` if a placeholder has no value, if a value is empty, `.` or `..`, or if a path parameter has
/// no placeholder. Clients and proxies normalise segments of dots, so the request would name another
/// resource.
pub(super) fn fill(template: &str, fields: &Fields) -> Result<Filled, Error> {
    let (template, fixed) = template.split_once('?').unwrap_or((template, ""));
    let given: Vec<_> = fields.iter().filter(|field| field.place == ParamLocation::Path).collect();
    let mut path = String::with_capacity(template.len() + 32);
    let mut used = 0;
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(Error::config(format!("the path `{template}` has a `{{` without a `}}`")));
        };
        path.push_str(before);
        let Some(field) = given.iter().find(|field| field.name == name) else {
            return Err(Error::config(format!("the path parameter `{name}` is missing")));
        };
        let value = field.plain();
        // Clients and proxies remove such segments, so the path would name another resource.
        if matches!(value.as_str(), "" | "." | "..") {
            let what = format!("the path parameter `{name}` is {value:?}, which would name another resource");
            return Err(Error::config(what));
        }
        path.push_str(&percent(&value).to_string());
        used += 1;
        rest = after;
    }
    path.push_str(rest);
    if used < given.len() {
        let lost = given.iter().find(|field| !template.contains(&format!("{{{}}}", field.name)));
        let name = lost.map_or("", |field| field.name);
        return Err(Error::config(format!("the path `{template}` has no place for the parameter `{name}`")));
    }
    if !path.starts_with('/') {
        path.insert(0, '/');
    }
    Ok((path, fixed_query(fixed)))
}

/// The pairs of a query that a template fixes, decoded: the signer encodes all pairs in the same way.
fn fixed_query(text: &str) -> Vec<(String, String)> {
    let plain = |part: &str| percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (plain(name), plain(value))
    };
    text.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::request::Param;

    fn path(template: &str, name: &str, value: &str) -> Result<String, Error> {
        let mut fields = Fields::new();
        fields.put(&Param::dynamic(name).place(ParamLocation::Path), value)?;
        fill(template, &fields).map(|(path, _)| path)
    }

    #[test]
    fn values_stay_in_their_segment() {
        assert_eq!(path("/c/{id}/n", "id", "../a b?#%2F").unwrap(), "/c/..%2Fa%20b%3F%23%252F/n");
        for bad in ["", ".", ".."] {
            assert!(path("/c/{id}", "id", bad).unwrap_err().to_string().contains("another resource"));
        }
        assert!(path("/c/{id}", "other", "x").unwrap_err().to_string().contains("`id` is missing"));
        assert!(path("/c", "id", "x").unwrap_err().to_string().contains("no place"));
        assert!(path("/c/{id", "id", "x").is_err());
    }
}

//! Path patterns with placeholders, for rules of REST APIs: `/v1/{project_id}/vpcs/{vpc_id}`.
//!
//! The local cloud and the mock share them. A pattern is compared with the path as sent, without
//! decoding it.

use std::fmt;

/// A pattern such as `/v1/{project_id}/vpcs`. A placeholder matches one segment that is not empty.
///
/// | pattern | fits | does not fit |
/// | --- | --- | --- |
/// | `/v1/{project_id}/vpcs` | `/v1/p1/vpcs`, `/v1/p1/vpcs/` | `/v1//vpcs`, `/v1/p1/vpcs/x`, `/v2/p1/vpcs` |
/// | `/` | `/` | `/v1` |
///
/// The name within the braces has no meaning: two placeholders of one name may match different
/// segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PathPattern(Vec<String>);

impl PathPattern {
    /// Splits a pattern at its slashes. Text before the first slash is ignored.
    pub(crate) fn new(path: &str) -> Self {
        Self(segments(path).map(str::to_owned).collect())
    }

    /// Whether a path has as many segments as the pattern, and each one fits.
    pub(crate) fn fits(&self, path: &str) -> bool {
        let path: Vec<&str> = segments(path).collect();
        let fits = |(wanted, given): (&String, &&str)| match wanted.starts_with('{') && wanted.ends_with('}')
        {
            true => !given.is_empty(),
            false => wanted == given,
        };
        self.0.len() == path.len() && self.0.iter().zip(&path).all(fits)
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.0.join("/"))
    }
}

/// The segments of a path. A final slash is ignored: some signatures require it, but the resource is the
/// same.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_end_matches('/').split('/').skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_fit_one_segment() {
        let pattern = PathPattern::new("/v1/{project_id}/vpcs/{vpc_id}");
        assert!(pattern.fits("/v1/p/vpcs/x") && pattern.fits("/v1/p/vpcs/x/"));
        for other in ["/v1/p/vpcs", "/v1//vpcs/x", "/v1/p/vpcs/x/y", "/v2/p/vpcs/x", "/"] {
            assert!(!pattern.fits(other), "{other}");
        }
        assert_eq!(pattern.to_string(), "/v1/{project_id}/vpcs/{vpc_id}");
        assert!(PathPattern::new("/").fits("/"));
    }
}

//! Path patterns with placeholders.

use std::fmt;

/// A pattern such as `/v1/{project_id}/vpcs`. A placeholder matches one segment that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PathPattern(Vec<String>);

impl PathPattern {
    pub(crate) fn new(path: &str) -> Self {
        Self(segments(path).map(str::to_owned).collect())
    }

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

//! What the server may call: what reads, and what the user names, unless the user denies it.

use std::fmt;
use std::str::FromStr;

use crate::exit::{Failure, Result};
use crate::typed::is_cloud;

/// `CLOUD/PRODUCT/ACTION`; a part may end with `*`.
#[derive(Debug, Clone)]
pub(crate) struct Pattern([String; 3]);

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let form = "a pattern is CLOUD/PRODUCT/ACTION, such as tencent/cvm/StartInstances or huawei/*/*";
        let parts: Vec<&str> = text.split('/').collect();
        let [cloud, product, action] = parts.as_slice() else { return Err(form.to_owned()) };
        let is_odd = |part: &&str| part.is_empty() || part.trim_end_matches('*').contains('*');
        if parts.iter().any(is_odd) {
            return Err(format!("{form}; `*` stands at the end of a part"));
        }
        if !cloud.ends_with('*') && !is_cloud(cloud) {
            return Err(format!("`{cloud}` is not tencent, huawei, alibaba or volcengine"));
        }
        Ok(Self([cloud, product, action].map(|part| (*part).to_owned())))
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("/"))
    }
}

impl Pattern {
    fn covers(&self, names: &[String; 3]) -> bool {
        let fits = |(pattern, name): (&String, &String)| match pattern.strip_suffix('*') {
            Some(start) => name.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)),
            None => name.eq_ignore_ascii_case(pattern),
        };
        self.0.iter().zip(names).all(fits)
    }
}

/// The rules of one server.
#[derive(Debug, Default)]
pub(crate) struct Policy {
    pub(crate) allow: Vec<Pattern>,
    pub(crate) deny: Vec<Pattern>,
}

impl Policy {
    /// An error unless the action may be called. A denied action is not called even if it is allowed, too.
    pub(crate) fn check(&self, names: &[String; 3], readonly: bool) -> Result<()> {
        let [cloud, product, action] = names;
        if let Some(pattern) = self.deny.iter().find(|pattern| pattern.covers(names)) {
            return Err(Failure::usage(format!(
                "{action} of {cloud} {product} is denied by --deny {pattern}"
            )));
        }
        if readonly || self.allow.iter().any(|pattern| pattern.covers(names)) {
            return Ok(());
        }
        Err(Failure::usage(format!(
            "{action} of {cloud} {product} changes something, and this server only reads: its user can start it with \
             --allow {cloud}/{product}/{action}"
        )))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn policy(allow: &[&str], deny: &[&str]) -> Policy {
        let read = |texts: &[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
        Policy { allow: read(allow), deny: read(deny) }
    }

    fn is_allowed(policy: &Policy, names: &str, readonly: bool) -> bool {
        let parts: Vec<String> = names.split('/').map(str::to_owned).collect();
        policy.check(&parts.try_into().unwrap(), readonly).is_ok()
    }

    #[test]
    fn reading_is_allowed_and_changes_must_be_named() {
        let rules = policy(&["tencent/cvm/Start*", "huawei/*/*"], &["*/*/Delete*", "tencent/cam/*"]);
        for (names, readonly, wanted) in [
            ("tencent/cvm/DescribeInstances", true, true),
            ("tencent/cvm/StartInstances", false, true),
            ("tencent/cvm/startinstances", false, true),
            ("tencent/cvm/StopInstances", false, false),
            ("tencent/cvmx/StartInstances", false, false),
            ("huawei/vpc/CreateVpc", false, true),
            ("huawei/vpc/DeleteVpc", false, false),
            ("tencent/cam/ListUsers", true, false),
        ] {
            assert_eq!(is_allowed(&rules, names, readonly), wanted, "{names}");
        }
        let error = rules.check(&["tencent", "cvm", "RunInstances"].map(str::to_owned), false).unwrap_err();
        assert!(error.message.ends_with("--allow tencent/cvm/RunInstances"), "{}", error.message);
    }

    #[test]
    fn patterns_that_are_wrong_are_refused() {
        for text in ["", "a", "tencent/cvm", "tencent/cvm/A/b", "tencent//A", "tencent/c*m/A", "azure/x/y"] {
            assert!(text.parse::<Pattern>().is_err(), "{text}");
        }
    }
}

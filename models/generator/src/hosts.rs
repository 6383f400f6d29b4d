//! Where a product is: the last part of a description.

use std::fmt::Write as _;

use crate::description::Description;
use crate::error::Error;

/// The name of the constant that code has for them.
pub(crate) const NAME: &str = "HOSTS";

/// The hosts of a product, and what it takes for credentials.
#[derive(Debug)]
pub struct Hosts<'a> {
    /// How hosts are made that are not listed.
    pub rule: Rule,
    /// The kinds of credentials, where the vendor's package names them.
    pub credentials: Vec<&'a str>,
    /// The gateway of the product, if it has a signature of its own: its name, and behind a colon the product code.
    pub gateway: Option<&'a str>,
    /// Hosts in the order they are tried, with `*` for the region, and the regions; both lists have blanks between.
    pub listed: Vec<(&'a str, &'a str)>,
}

/// A gateway that the runtime has a signature for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum KnownGateway<'a> {
    /// The signature of the log service.
    Log,
    /// ACS4-HMAC-SHA256, with the product code in its scope.
    Pop(&'a str),
}

/// How hosts are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// One in each region.
    Regional,
    /// One for all regions.
    Central,
    /// There is no rule, only the list.
    Listed,
}

impl<'a> Hosts<'a> {
    /// Reads the part of a description; nothing for a product of which there is nothing to say.
    ///
    /// # Errors
    ///
    /// If the file is damaged.
    pub fn of(description: &'a Description) -> Result<Option<Self>, Error> {
        let mut lines = description.host_lines().lines();
        let Some(first) = lines.next() else { return Ok(None) };
        let bad = |line: &str| Error::file(&description.entry().to_string(), format!("`{line}` is no hosts"));
        let (rule, credentials) = first.split_once('\t').ok_or_else(|| bad(first))?;
        let rule = match rule {
            "regional" => Rule::Regional,
            "central" => Rule::Central,
            "listed" => Rule::Listed,
            _ => return Err(bad(first)),
        };
        let (credentials, gateway) = match credentials.split_once('\t') {
            Some((credentials, gateway)) => (credentials, Some(gateway)),
            None => (credentials, None),
        };
        let credentials = credentials.split(' ').filter(|kind| !kind.is_empty()).collect();
        let listed = lines.map(|line| line.split_once('\t').ok_or_else(|| bad(line)));
        Ok(Some(Self { rule, credentials, gateway, listed: listed.collect::<Result<_, _>>()? }))
    }

    /// The gateway, if the runtime has a signature for it. `product` stands for a product code that is not given.
    pub fn known_gateway(&self, product: &'a str) -> Option<KnownGateway<'a>> {
        match self.gateway?.split_once(':').unwrap_or((self.gateway?, product)) {
            ("sls", _) => Some(KnownGateway::Log),
            ("pop", code) => Some(KnownGateway::Pop(code)),
            _ => None,
        }
    }

    /// The constant that actions name, if the runtime cannot know these hosts: its rules and tables have all of Tencent
    /// Cloud and Huawei Cloud, which the suite compares with this.
    pub(crate) fn code(&self, product: &str, runtime: &str) -> Option<String> {
        let rule = match self.rule {
            Rule::Regional => "regional",
            Rule::Central => "central",
            Rule::Listed => return None,
        };
        let mut out = format!(
            "/// Where `{product}` is.\nconst {NAME}: {runtime}::endpoint::EndpointTable = {runtime}::endpoint::EndpointTable::{rule}(&["
        );
        for (at, (host, regions)) in self.listed.iter().enumerate() {
            let _ = write!(out, "{}\n    ({host:?}, {regions:?})", if at == 0 { "" } else { "," });
        }
        out.push_str(if self.listed.is_empty() { "])" } else { ",\n])" });
        match self.known_gateway(product) {
            Some(KnownGateway::Pop(code)) => {
                let _ = write!(out, "\n    .with_gateway({runtime}::endpoint::Gateway::Pop({code:?}))");
            }
            Some(KnownGateway::Log) => {
                let _ = write!(out, "\n    .with_gateway({runtime}::endpoint::Gateway::Log)");
            }
            None => {}
        }
        out.push_str(";\n\n");
        Some(out)
    }
}

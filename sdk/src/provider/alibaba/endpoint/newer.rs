//! Hosts of the vendor's newer packages, by product code.
//!
//! The table is `hosts.tsv`. `models/extract/write_alibaba_hosts.py` writes it from the descriptions of the
//! packages. It has one line for the regions, and then one for each product:
//!
//! ```text
//! ap-northeast-1 ap-northeast-2 …                 the regions, in the order of the bits
//! ecs  r  ecs-cn-hangzhou=81a5c003ea48000;…       `r`: a host in each region, but for these
//! abfs  c                                         `c`: one host for all regions, but for these
//! ```
//!
//! A host stands for `host.aliyuncs.com` unless it ends in a dot; `*` in it is the region. The regions of a
//! host are a set of bits in hexadecimal. A key `product@version` is a version whose hosts differ.
//!
//! The table is searched as text, because a program that calls a few products should not parse all of them.

use super::resolve;
use crate::error::Error;

const TABLE: &str = include_str!("hosts.tsv");

/// The endpoint rule and the hosts in the package of one product.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Whether one host serves all regions that are not listed.
    pub(super) central: bool,
    /// The hosts that do not follow the rule: `host=bits;host=bits`.
    hosts: &'static str,
}

impl Row {
    /// The row of a product in lower case: the row of this version if its hosts differ, else the row of the
    /// product.
    pub(super) fn of(product: &str, version: &str) -> Option<Self> {
        find(&format!("{product}@{version}")).or_else(|| find(product))
    }

    /// The host in a region, in lower case, on the public network: the listed host, or the rule.
    ///
    /// An error of kind `Config` for a regional product without a region.
    pub(super) fn host(&self, product: &str, region: Option<&str>) -> Result<String, Error> {
        match region {
            Some(region) => match self.listed(region) {
                Some(host) => Ok(host),
                None => resolve::pattern(product, "", "", (!self.central).then_some(region)),
            },
            None if self.central => resolve::pattern(product, "", "", None),
            None => Err(resolve::no_region(product)),
        }
    }

    /// The listed host of a region. A region that the table does not have follows the rule.
    fn listed(&self, region: &str) -> Option<String> {
        let bit = regions().position(|known| known == region)?;
        self.hosts.split(';').find_map(|group| {
            let (host, set) = group.split_once('=')?;
            let set = u128::from_str_radix(set, 16).ok()?;
            (set >> bit & 1 == 1).then(|| whole(host, region))
        })
    }

    /// The regions that have a host of their own in the list.
    #[cfg(test)]
    fn regions(&self) -> Vec<&'static str> {
        regions().filter(|region| self.listed(region).is_some()).collect()
    }
}

/// The regions of the first line, in the order of the bits.
pub(super) fn regions() -> impl Iterator<Item = &'static str> {
    TABLE.lines().next().unwrap_or_default().split(' ')
}

/// The full host name for a short form in the table: `ecs-*` becomes `ecs-cn-hangzhou.aliyuncs.com`.
fn whole(host: &str, region: &str) -> String {
    let host = host.replace('*', region);
    match host.strip_suffix('.') {
        Some(whole) => whole.to_owned(),
        None => format!("{host}.aliyuncs.com"),
    }
}

/// Binary search over the lines behind the first one, which are sorted by their first column.
fn find(key: &str) -> Option<Row> {
    let mut rest = TABLE.split_once('\n')?.1;
    while !rest.is_empty() {
        let middle = rest.get(..rest.len() / 2).or_else(|| rest.get(..rest.len() / 2 + 1))?;
        let start = middle.rfind('\n').map_or(0, |at| at + 1);
        let (before, from) = rest.split_at_checked(start)?;
        let (line, after) = from.split_once('\n').unwrap_or((from, ""));
        let (name, row) = line.split_once('\t')?;
        rest = match key.cmp(name) {
            std::cmp::Ordering::Less => before,
            std::cmp::Ordering::Greater => after,
            std::cmp::Ordering::Equal => {
                let (rule, hosts) = row.split_once('\t')?;
                return Some(Row { central: rule == "c", hosts });
            }
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_and_whole() {
        assert!(TABLE.is_ascii());
        assert!(regions().count() <= 128);
        let lines: Vec<_> = TABLE.lines().skip(1).collect();
        assert!(lines.len() > 500, "{}", lines.len());
        assert!(lines.is_sorted_by(|a, b| a.split('\t').next() < b.split('\t').next()));
        let mut listed = 0;
        for line in lines {
            let [name, rule, hosts] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
            let row = find(name).unwrap();
            assert_eq!((row.central, row.hosts), (rule == "c", hosts), "{name}");
            let code = name.split('@').next().unwrap();
            let mut seen = 0_u128;
            for group in hosts.split(';').filter(|group| !group.is_empty()) {
                let set = u128::from_str_radix(group.split_once('=').unwrap().1, 16).unwrap();
                assert_eq!(seen & set, 0, "{name}: a region has two hosts");
                seen |= set;
            }
            for region in row.regions() {
                let host = row.host(code, Some(region)).unwrap();
                assert!(host.ends_with(".aliyuncs.com") || host.ends_with(".aliyun.com"), "{name}: {host}");
                listed += 1;
            }
        }
        assert!(listed > 3000, "{listed}");
        for absent in ["", "a", "ecs@2014-05-26", "ecsx", "zzz", "~"] {
            assert!(find(absent).is_none(), "{absent}");
        }
    }

    #[test]
    fn a_version_of_its_own_and_a_version_that_is_not_known() {
        let host = |version| Row::of("emr", version).unwrap().host("emr", Some("us-west-1")).unwrap();
        assert_eq!(host("2016-04-08"), "emr.aliyuncs.com");
        assert_eq!(host("2021-03-20"), host("2099-01-01"));
    }
}

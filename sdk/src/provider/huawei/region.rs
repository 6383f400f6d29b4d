//! The built-in hosts, and the products that work in the scope of an account.
//!
//! Nearly every host is `{product}.{region}.myhuaweicloud.com`. The table `hosts.tsv` lists only the
//! products and regions that differ. Each line has three columns, with a tab between them:
//!
//! ```text
//! eps   cn-north-4     eps.myhuaweicloud.com eps.myhuaweicloud.cn
//! eip   *              vpc.*.myhuaweicloud.com
//! ```
//!
//! | column | content |
//! | --- | --- |
//! | 1 | the product, in lower case |
//! | 2 | the regions, with blanks between them, or `*` for all regions |
//! | 3 | the hosts in the order in which they are tried; `*` stands for the region |
//!
//! The first line that has the product and the region counts, so the line with `*` is the last one of its
//! product. The lines come from the `region` modules of the vendor's 3.1.219 product packages: see
//! `docs/sources.md`, Huawei Cloud, 4.2 and 4.5.
//!
//! `endpoint.rs` reads this table after the environment and the regions file.

/// The exceptions from the usual host.
const TABLE: &str = include_str!("hosts.tsv");

/// The products that work in the scope of an account: their requests have `X-Domain-Id` where those of other
/// products have `X-Project-Id`. The vendor's packages for these products take `GlobalCredentials`.
#[rustfmt::skip]
const GLOBAL: [&str; 25] = [
    "aad", "bss", "bssintl", "cc", "ccm", "cdn", "cloudpond", "config", "devstar", "ec", "eps", "geip", "iam",
    "identitycenter", "iec", "organizations", "orgid", "osm", "ram", "rc", "rms", "scm", "smnglobal", "tms", "ucs",
];

/// The products whose requests name neither a project nor an account, because the vendor's packages for them
/// have credentials of another kind.
const UNSCOPED: [&str; 6] =
    ["identitycenteroidc", "identitycenterportalapi", "identitycenterscim", "meeting", "obs", "smsapi"];

/// The product whose calls carry the access token of a sign-in in place of a signature.
const BY_TOKEN: &str = "meeting";

/// The hosts of a product in a region, in the order in which they are tried. Both names are in lower case.
///
/// | product and region | hosts | reason |
/// | --- | --- | --- |
/// | `vpc`, `cn-north-4` | `vpc.cn-north-4.myhuaweicloud.com` | no line in the table |
/// | `dsc`, `cn-north-4` | `sdg.cn-north-4.myhuaweicloud.com` | the host has another label than the product |
/// | `eps`, `cn-north-4` | `eps.myhuaweicloud.com`, `eps.myhuaweicloud.cn` | two hosts for all regions |
/// | `iam`, `af-north-1` | `iam.myhuaweicloud.com` | the region has no IAM; this host serves all regions |
/// | `vpc`, `mars-1` | `vpc.mars-1.myhuaweicloud.com` | an unknown region |
///
/// A region that is not in the table gets the usual host, because the vendor opens regions more often
/// than this crate has versions. If there is no such host, the call fails with an error that names it.
pub(super) fn hosts(product: &str, region: &str) -> Vec<String> {
    let listed = TABLE.lines().find_map(|line| {
        let (regions, hosts) = line.strip_prefix(product)?.strip_prefix('\t')?.split_once('\t')?;
        (regions == "*" || regions.split(' ').any(|one| one == region)).then_some(hosts)
    });
    match listed {
        Some(hosts) => hosts.split(' ').map(|host| host.replace('*', region)).collect(),
        None => vec![format!("{product}.{region}.myhuaweicloud.com")],
    }
}

/// The regions that the table has, sorted.
pub(super) fn regions() -> Vec<&'static str> {
    let columns = TABLE.lines().filter_map(|line| line.split('\t').nth(1));
    let mut regions: Vec<_> =
        columns.flat_map(|list| list.split(' ')).filter(|region| *region != "*").collect();
    regions.sort_unstable();
    regions.dedup();
    regions
}

/// Whether a product works in the scope of an account. See [`Scope::Auto`](super::Scope::Auto).
pub(super) fn is_global(product: &str) -> bool {
    GLOBAL.contains(&product)
}

/// Whether a product's requests name neither a project nor an account, so that no id is looked up for them.
pub(super) fn is_unscoped(product: &str) -> bool {
    UNSCOPED.contains(&product)
}

/// Whether the calls of a product carry an access token in place of a signature. The calls of all others are
/// signed with a key pair.
pub(super) fn takes_token(product: &str) -> bool {
    product.eq_ignore_ascii_case(BY_TOKEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_exceptions_and_the_pattern() {
        assert_eq!(hosts("vpc", "cn-north-4"), ["vpc.cn-north-4.myhuaweicloud.com"]);
        assert_eq!(hosts("dsc", "cn-north-4"), ["sdg.cn-north-4.myhuaweicloud.com"]);
        assert_eq!(hosts("iam", "eu-west-101"), ["iam.eu-west-101.myhuaweicloud.eu"]);
        assert_eq!(hosts("eps", "cn-north-4"), ["eps.myhuaweicloud.com", "eps.myhuaweicloud.cn"]);
        assert_eq!(hosts("vpc", "mars-1"), ["vpc.mars-1.myhuaweicloud.com"]);
        assert_eq!(hosts("iam", "cn-north-4"), ["iam.cn-north-4.myhuaweicloud.com"]);
        for region in ["mars-1", "cn-north-11", "af-north-1", "ap-southeast-5", "ru-northwest-2"] {
            assert_eq!(hosts("iam", region), ["iam.myhuaweicloud.com"], "{region}");
        }
    }

    #[test]
    fn each_line_of_the_table_is_complete_and_can_be_found() {
        for line in TABLE.lines() {
            let [product, regions, listed] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            for region in regions.split(' ') {
                let region = if region == "*" { "mars-1" } else { region };
                let wanted: Vec<_> = listed.split(' ').map(|host| host.replace('*', region)).collect();
                assert_eq!(hosts(product, region), wanted, "{line}");
                assert!(!product.is_empty() && wanted.iter().all(|host| host.contains('.')), "{line}");
            }
        }
    }
}

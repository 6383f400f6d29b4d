//! The regions of an action, for completion and forms. They are proposals: the service decides.

use cloudcall_generator::CallFacts;

/// Tencent Cloud's hosts do not list regions. These are those of
/// <https://cloud.tencent.com/document/product/213/6091>.
const TENCENT: [&str; 19] = [
    "ap-bangkok",
    "ap-beijing",
    "ap-beijing-fsi",
    "ap-chengdu",
    "ap-chongqing",
    "ap-guangzhou",
    "ap-hongkong",
    "ap-jakarta",
    "ap-nanjing",
    "ap-seoul",
    "ap-shanghai",
    "ap-shanghai-fsi",
    "ap-shenzhen-fsi",
    "ap-singapore",
    "ap-tokyo",
    "eu-frankfurt",
    "na-ashburn",
    "na-siliconvalley",
    "sa-saopaulo",
];

/// The regions that the product's package lists, sorted.
pub(crate) fn regions<'f>(cloud: &str, facts: &'f CallFacts<'_>) -> Vec<&'f str> {
    let listed = facts.hosts.iter().flat_map(|hosts| &hosts.listed);
    let mut regions: Vec<&str> =
        listed.flat_map(|(_, regions)| regions.split(' ')).filter(|region| !region.is_empty()).collect();
    if regions.is_empty() && cloud == "tencent" {
        regions.extend(TENCENT);
    }
    regions.sort_unstable();
    regions.dedup();
    regions
}

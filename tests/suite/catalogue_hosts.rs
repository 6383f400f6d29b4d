//! Where the catalogue's actions go: as the vendors' packages say, for every product and region that they list.

use std::collections::BTreeSet;

use cloudcall::action::{Action as _, ActionInfo};
use cloudcall::context::Context;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::provider::Provider;
use cloudcall::provider::alibaba::endpoint::Lookup;
use cloudcall::{Alibaba, Client, Huawei, Tencent};
use cloudcall_generator::{Emitter, Entry, Hosts, Rule, entries};

cloudcall_models::actions! {
    alibaba ecs "2014-05-26": DescribeRegions;
    alibaba cdn "2018-05-10": DescribeCdnService;
    alibaba eci "2018-08-08": DescribeRegions;
    alibaba cms "2019-01-01": DescribeMetricList;
    alibaba cs "2015-12-15": DescribeRegions;
    alibaba ram "2015-05-01": GetUser;
    huawei cts "v3": ListTraces;
    huawei tms "v1": ListProviders;
    tencent autoscaling "2018-04-19": DescribeAutoScalingGroups;
    tencent es "2025-01-01": ChatCompletions;
}

fn hosts<P: Provider>(cloud: &P, info: &ActionInfo, region: Option<&str>) -> Vec<String> {
    let found = cloud.endpoints(&Context::system().with_env(NoEnv), info, region);
    found.unwrap().iter().map(|endpoint| endpoint.authority().to_owned()).collect()
}

#[derive(Debug)]
struct NoEnv;

impl cloudcall::context::Env for NoEnv {
    fn var(&self, _: &str) -> Option<String> {
        None
    }
}

/// Hosts and regions of an entry, with the region in its place.
fn listed(hosts: &Hosts<'_>) -> Vec<(String, Vec<String>)> {
    let each = |(hosts, regions): &(&str, &str)| -> Vec<(String, Vec<String>)> {
        let filled = |region: &str| hosts.split(' ').map(|host| host.replace('*', region)).collect();
        regions.split(' ').map(|region| (region.to_owned(), filled(region))).collect()
    };
    hosts.listed.iter().flat_map(each).collect()
}

fn of(cloud: &str) -> impl Iterator<Item = Entry> {
    let cloud = cloud.to_owned();
    entries().filter(move |entry| entry.cloud == cloud)
}

#[test]
fn the_runtimes_table_of_huawei_cloud_is_that_of_the_catalogue() {
    let mut compared = 0;
    let mut wrong = Vec::new();
    for entry in of("huawei") {
        let description = entry.open().unwrap();
        let known = Hosts::of(&description).unwrap().unwrap();
        assert_eq!(known.rule, Rule::Listed, "{entry}");
        // New for each product, since it keeps what it found.
        let cloud = Huawei::default();
        for (region, wanted) in listed(&known) {
            let info = ActionInfo::dynamic(entry.service, entry.version, "Do");
            let found = hosts(&cloud, &info, Some(&region));
            compared += 1;
            if found != wanted {
                wrong.push(format!("{}\t{region}\t{}   (not {found:?})", entry.service, wanted.join(" ")));
            }
        }
    }
    assert!(compared > 3000, "{compared}");
    assert!(wrong.is_empty(), "rows for sdk/src/provider/huawei/hosts.tsv:\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn accounts_and_projects_are_chosen_as_the_packages_credentials_do() {
    let mut accounts = BTreeSet::new();
    let keys = Credential::new("AKID", "secret").unwrap().with_project_id("p").with_domain_id("d");
    let client = Client::<Huawei>::builder()
        .region("cn-north-4")
        .credentials(StaticCredentials::new(keys))
        .build()
        .unwrap();
    for entry in of("huawei") {
        let description = entry.open().unwrap();
        let kinds = Hosts::of(&description).unwrap().unwrap().credentials;
        if !kinds.contains(&"global") && !kinds.contains(&"basic") {
            continue;
        }
        // The path names no id.
        let action = ActionInfo::dynamic(entry.service, entry.version, "Do").with_path("/");
        let signed = client.raw_action(action).sign_only().await.unwrap();
        let account = signed.headers().contains_key("X-Domain-Id");
        assert_ne!(account, signed.headers().contains_key("X-Project-Id"), "{entry}");
        // Where a package takes both, the path decides, and this one names no id.
        if kinds == ["global"] || kinds == ["basic"] {
            assert_eq!(account, kinds == ["global"], "{entry}");
        }
        if account {
            accounts.insert(entry.product);
        }
    }
    assert!(accounts.contains("tms") && accounts.contains("iam") && accounts.len() > 20, "{accounts:?}");
}

/// The constant that the code of an entry has, read back from its text; nothing if none of its actions can be called.
fn emitted(entry: Entry) -> Option<(bool, Vec<(&'static str, &'static str)>)> {
    let description = entry.open().unwrap();
    let callable = description.callable().unwrap();
    let first = callable.first()?;
    let code = Emitter::new(&description, "::cloudcall").code(&[first]).unwrap();
    assert!(code.contains(", hosts = HOSTS"), "{entry}");
    let (rule, rest) = code
        .split_once("EndpointTable = ::cloudcall::endpoint::EndpointTable::")
        .unwrap()
        .1
        .split_once("(&[")
        .unwrap();
    let rows = rest.split_once("])").unwrap().0.lines().map(str::trim).filter(|line| !line.is_empty());
    let row = |line: &str| -> (&'static str, &'static str) {
        let parts: Vec<&str> = line.split('"').collect();
        (parts[1].to_owned().leak(), parts[3].to_owned().leak())
    };
    Some((rule == "central", rows.map(row).collect()))
}

#[test]
fn actions_of_alibaba_cloud_go_where_the_newer_packages_go() {
    let mut compared = 0;
    for entry in of("alibaba") {
        let description = entry.open().unwrap();
        let known = Hosts::of(&description).unwrap().unwrap();
        let Some((central, rows)) = emitted(entry) else { continue };
        assert_eq!(central, known.rule == Rule::Central, "{entry}");
        let rows: &'static [(&str, &str)] = rows.leak();
        let own = if central {
            cloudcall::endpoint::EndpointTable::central(rows)
        } else {
            cloudcall::endpoint::EndpointTable::regional(rows)
        };
        let info = ActionInfo::new(entry.service, entry.version, "Do").with_endpoint_table(own);
        let map: Vec<(String, String)> =
            listed(&known).into_iter().map(|(region, mut hosts)| (region, hosts.remove(0))).collect();
        let map: Vec<(&str, &str)> = map.iter().map(|(region, host)| (&**region, &**host)).collect();
        let regions =
            map.iter().map(|(region, _)| *region).chain(["cn-beijing", "eu-central-1", "na-nowhere-1"]);
        for region in regions {
            for network in ["", "vpc"] {
                // The vendor's rule, as its vectors have it; a map of public hosts is of no use elsewhere.
                let lookup = Lookup {
                    product: entry.service,
                    region,
                    network,
                    rule: Some((if central { "central" } else { "regional" }, &map)),
                    ..Lookup::default()
                };
                let mut cloud = Alibaba::default();
                cloud.network = network.to_owned();
                assert_eq!(
                    hosts(&cloud, &info, Some(region)),
                    [lookup.newer().unwrap()],
                    "{entry} {region} {network}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 3000, "{compared}");
}

/// The rows of the newer packages' resolver for products that the catalogue has, with the packages' own hosts for a rule.
#[test]
fn the_vectors_of_the_newer_packages_hold_for_the_catalogue() {
    let rows = include_str!("../vectors/alibaba_endpoint.jsonl").lines().map(|line| {
        let row: cloudcall::json::Value = cloudcall::json::from_str(line).unwrap();
        row
    });
    let mut compared = 0;
    for row in rows.filter(|row| row["flavor"] == "tea") {
        let (input, id) = (&row["input"], row["id"].as_str().unwrap());
        // Not of the package: a host of the user's, a suffix, a rule that no package has, or public hosts in a network.
        if matches!(id, "ali-endpoint-058" | "ali-endpoint-060" | "ali-endpoint-066" | "ali-endpoint-067") {
            continue;
        }
        let (Some(region), Some(wanted)) = (input["region_id"].as_str(), row["expected"]["host"].as_str())
        else {
            continue;
        };
        let mut cloud = Alibaba::default();
        cloud.network = input["network"].as_str().unwrap_or_default().to_owned();
        let product = input["product"].as_str().unwrap().to_lowercase();
        let info = match product.as_str() {
            "ecs" => alibaba::ecs::DescribeRegions::INFO,
            "cs" => alibaba::cs::DescribeRegions::INFO,
            "ram" => alibaba::ram::GetUser::INFO,
            other => panic!("{other}: name an action of it above"),
        };
        assert_eq!(hosts(&cloud, info, Some(region)), [wanted], "{id}");
        compared += 1;
    }
    assert_eq!(compared, 7);
}

#[test]
fn what_the_macro_makes_brings_its_hosts() {
    let cloud = Alibaba::default();
    for (info, region, host) in [
        (alibaba::ecs::DescribeRegions::INFO, Some("cn-beijing"), "ecs.cn-beijing.aliyuncs.com"),
        (alibaba::ecs::DescribeRegions::INFO, Some("cn-hangzhou"), "ecs-cn-hangzhou.aliyuncs.com"),
        (alibaba::cdn::DescribeCdnService::INFO, Some("cn-beijing"), "cdn.aliyuncs.com"),
        (alibaba::cdn::DescribeCdnService::INFO, Some("us-west-1"), "cdn.ap-southeast-1.aliyuncs.com"),
        (alibaba::cdn::DescribeCdnService::INFO, None, "cdn.aliyuncs.com"),
        (alibaba::eci::DescribeRegions::INFO, Some("cn-beijing"), "eci.aliyuncs.com"),
        (alibaba::cms::DescribeMetricList::INFO, Some("cn-shanghai"), "metrics.cn-shanghai.aliyuncs.com"),
    ] {
        assert_eq!(hosts(&cloud, info, region), [host], "{region:?}");
    }
    let cloud = Huawei::default();
    assert_eq!(
        hosts(&cloud, huawei::cts::ListTraces::INFO, Some("af-north-1")),
        ["cts.af-north-1.myhuaweicloud.com", "cts.af-north-1.myhuaweicloud.africa"]
    );
    assert_eq!(
        hosts(&cloud, huawei::tms::ListProviders::INFO, Some("cn-north-4"))[0],
        "tms.myhuaweicloud.com"
    );
    let cloud = Tencent::default();
    let info = tencent::autoscaling::DescribeAutoScalingGroups::INFO;
    assert_eq!(hosts(&cloud, info, Some("ap-guangzhou")), ["as.tencentcloudapi.com"]);
    assert_eq!(hosts(&cloud, tencent::es::ChatCompletions::INFO, None), ["es.ai.tencentcloudapi.com"]);
}

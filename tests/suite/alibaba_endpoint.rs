//! The endpoint vectors of Alibaba Cloud: both generations of the vendor's resolvers.

use cloudcall::action::ActionInfo;
use cloudcall::context::Context;
use cloudcall::provider::Provider as _;
use cloudcall::provider::alibaba::endpoint::{EndpointType, LocationReply, Lookup, Outcome};
use cloudcall::{Alibaba, ErrorKind};
use serde_json::Value;

/// Rows that we response otherwise, what we response, and why.
const ODDITIES: [(&str, &str, &str); 3] = [
    (
        "ali-endpoint-054",
        "no endpoint is known for the product",
        "`Ec` is no product, only the beginning of one",
    ),
    ("ali-endpoint-058", "ecs-vpc.cn-hangzhou.aliyuncs.com", "the map has hosts of the public network only"),
    ("ali-endpoint-066", "vpc-pre-internal.eu-west-1.aliyuncs.com", "a suffix that is set is meant"),
];

fn text<'a>(input: &'a Value, name: &str) -> &'a str {
    input[name].as_str().unwrap_or_default()
}

/// What the row's error is called in our words.
fn words(expected: &Value) -> String {
    let line = expected["error_message_first_line"].as_str().or(expected["error"].as_str()).unwrap();
    let quoted: Vec<_> = line.split('\'').skip(1).step_by(2).collect();
    match (line, quoted.as_slice()) {
        (line, [product]) if line.starts_with("No endpoint for product") => {
            format!("no endpoint is known for the product `{product}`")
        }
        (line, [region]) if line.starts_with("No such region") => format!("`{region}` is not a region"),
        (_, [region, product]) => {
            format!("the product `{product}` has no endpoint in the region `{region}`")
        }
        (line, _) if line.contains("not match with") => "is not a region: use letters".to_owned(),
        (line, _) if line.starts_with("RegionId is empty") => "needs a region".to_owned(),
        (line, _) => panic!("unknown message {line}"),
    }
}

fn response(row: &Value) -> String {
    let input = &row["input"];
    let map: Vec<_> = input["endpoint_map"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(region, host)| (region.as_str(), host.as_str().unwrap()))
        .collect();
    let mut lookup = Lookup {
        product: text(input, "product"),
        region: text(input, "region_id"),
        network: text(input, "network"),
        suffix: text(input, "suffix"),
        ..Lookup::default()
    };
    if row["flavor"] == "tea" {
        if let Some(host) = input["endpoint"].as_str() {
            return host.to_owned();
        }
        lookup.rule = Some((text(input, "endpoint_rule"), &map));
        return lookup.newer().unwrap_or_else(|error| error.message().to_owned());
    }
    let custom: Vec<_> = ["process_wide_custom_endpoint", "custom_endpoint"]
        .into_iter()
        .filter_map(|name| input[name].as_array())
        .map(|entry| (entry[0].as_str().unwrap(), entry[1].as_str().unwrap(), entry[2].as_str().unwrap()))
        .collect();
    lookup.custom = &custom;
    lookup.rule = input["endpoint_regional"].as_str().map(|rule| (rule, map.as_slice()));
    lookup.service_code = input["location_service_code"].as_str();
    lookup.endpoint_type = match text(input, "endpoint_type") {
        "innerAPI" => EndpointType::Inner,
        _ => EndpointType::Open,
    };
    let asked = lookup.older();
    let reply = &input["location_reply"];
    let found = match asked {
        Ok(Outcome::AskLocation) if !reply.is_null() => {
            assert_eq!(row["expected"]["location_request"]["Type"], lookup.endpoint_type.as_str());
            lookup.location = match reply["error"].as_array() {
                None => Some(LocationReply::read(&reply["body"], lookup.endpoint_type)),
                Some(error) => {
                    let (code, message) = (error[0].as_str().unwrap(), error[1].as_str().unwrap());
                    match LocationReply::of_error(code, message) {
                        Some(reply) => Some(reply),
                        None => return code.to_owned(),
                    }
                }
            };
            lookup.older()
        }
        asked => asked,
    };
    match found {
        Ok(Outcome::Host(host)) => host,
        Ok(_) => "ask".to_owned(),
        Err(error) => error.message().to_owned(),
    }
}

#[test]
fn every_row_but_the_oddities() {
    let mut count = 0;
    for line in include_str!("../vectors/alibaba_endpoint.jsonl").lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let (id, expected, found) = (row["id"].as_str().unwrap(), &row["expected"], response(&row));
        let wanted = if let Some((_, ours, _)) = ODDITIES.iter().find(|(odd, _, _)| *odd == id) {
            assert_ne!(expected["host"], *ours, "{id} is no oddity any more");
            (*ours).to_owned()
        } else if let Some(host) = expected["host"].as_str() {
            assert_eq!(found, host, "{id}");
            host.to_owned()
        } else if expected["location_call"] == true {
            "ask".to_owned()
        } else if let Some(code) = expected["server_error_code"].as_str() {
            code.to_owned()
        } else {
            words(expected)
        };
        assert!(found.contains(&wanted), "{id}: wanted {wanted}, found {found}");
        count += 1;
    }
    assert_eq!(count, 67);
}

/// What the newer packages' own clients chose, run by `interop/hosts_alibaba.py`.
#[test]
fn calls_go_to_the_hosts_of_the_newer_packages() {
    let cloud = Alibaba::default();
    let (mut packages, mut pairs) = (0, 0);
    for line in include_str!("../vectors/alibaba_hosts.jsonl").lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let info = ActionInfo::dynamic(text(&row, "product"), text(&row, "version"), "Do");
        let hosts = |region| cloud.endpoints(&Context::system(), &info, region);
        for (region, wanted) in row["hosts"].as_object().unwrap() {
            let found = hosts(Some(region)).unwrap();
            assert_eq!(found[0].authority(), wanted.as_str().unwrap(), "{} {region}", info.product());
            assert_eq!(found.len(), 1);
            pairs += 1;
        }
        match row["without_region"].as_str() {
            Some(wanted) => assert_eq!(hosts(None).unwrap()[0].authority(), wanted, "{}", info.product()),
            None => {
                let error = hosts(None).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Config);
                assert!(error.message().contains("needs a region"), "{error}");
            }
        }
        packages += 1;
    }
    assert!(packages >= 20 && pairs >= 360, "{packages} {pairs}");
}

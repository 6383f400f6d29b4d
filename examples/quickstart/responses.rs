//! What the local cloud responds, in place of the services.

use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::local::{LocalCloudBuilder, LocalResponse};

/// Adds a response for each action.
pub(crate) fn of(cloud: LocalCloudBuilder) -> LocalCloudBuilder {
    cloud
        .on("DescribeZones", |request| {
            let region = request.region.clone().unwrap_or_default();
            LocalResponse::ok(json!({ "TotalCount": 2, "ZoneSet": [
                { "Zone": format!("{region}-3"), "ZoneName": "Zone 3", "ZoneState": "AVAILABLE" },
                { "Zone": format!("{region}-6"), "ZoneName": "Zone 6", "ZoneState": "UNAVAILABLE" },
            ] }))
        })
        .on("DescribeInstances", |_| {
            LocalResponse::error("InvalidInstanceId.NotFound", "The instance ins-00000000 does not exist.")
        })
        .on("DescribeRegions", |_| {
            LocalResponse::ok(json!({ "regionSet": [
                { "regionCode": "gz", "regionName": "Guangzhou" }, { "regionCode": "sh", "regionName": "Shanghai" },
            ] }))
        })
        .on("DescribeVpcs", |_| LocalResponse::ok(json!({ "TotalCount": 3 })))
        .on("ListBill", |_| LocalResponse::error("InvalidParameter", "BillPeriod 2026-13 is not a month."))
        .on_path(Method::GET, "/v1/{project_id}/vpcs", |_| {
            LocalResponse::ok(json!({ "vpcs": [{ "name": "default", "cidr": "10.0.0.0/8" }] }))
        })
        .on_path(Method::GET, "/v1/{project_id}/vpcs/{vpc_id}", |_| {
            LocalResponse::error("VPC.0202", "Query VPC fail.").status(404)
        })
        .on_path(Method::GET, "/clusters/{cluster_id}", |_| {
            LocalResponse::error("ErrorClusterNotFound", "The cluster c00000000 does not exist.").status(404)
        })
}

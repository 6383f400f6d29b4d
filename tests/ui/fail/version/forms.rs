use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "v20170312")]
pub struct DescribeZones {}

#[cloud_action(provider = cloudcall::Tencent, product = "cvm", version = "v3")]
pub struct DescribeRegions {}

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014/5/26")]
pub struct StopInstances {}

#[cloud_action(provider = "volcengine", product = "ecs", version = "20200401")]
pub struct RebootInstances {}

#[cloud_action(provider = "huawei", product = "vpc", version = "3", method = "GET", path = "/v3/{project_id}/vpcs")]
pub struct ListVpcs {}

#[cloud_action(provider = "huawei", product = "ecs", version = "2017-03-12", method = "GET", path = "/v1/servers")]
pub struct ListServers {}

fn main() {}

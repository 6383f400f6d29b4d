//! The answer as the bare programs declare it.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Wrapped {
    pub response: Instances,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code, reason = "read, not used")]
pub struct Instances {
    total_count: i64,
    instance_set: Option<Vec<Instance>>,
    request_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code, reason = "read, not used")]
struct Instance {
    instance_id: String,
    instance_name: Option<String>,
    instance_type: Option<String>,
    memory: Option<i64>,
    private_ip_addresses: Option<Vec<String>>,
    created_time: Option<String>,
}

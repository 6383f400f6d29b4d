use cloudcall::{cloud_action, cloud_model};

#[cloud_model(provider = "tencent", response)]
pub struct InstanceList {
    pub total_count: Option<i64>,
    pub next_token: Option<String>,
    pub instance_set: Option<Vec<String>>,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = InstanceList,
               paginate(token = token, next_token = next_token, first = 0, items = instance_set))]
pub struct DescribeInstances {
    pub offset: Option<i64>,
    pub token: Option<String>,
}

fn main() {}

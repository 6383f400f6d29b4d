use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", idempotency_token = client_token)]
pub struct DescribeInstances {
    pub client_tokn: Option<String>,
}

fn main() {}

use cloudcall::{cloud_action, cloud_model};

#[cloud_model(provider = "tencent", response)]
pub struct Page {
    pub number: Option<i64>,
}

#[cloud_model(provider = "tencent", response)]
pub struct InstanceList {
    pub total_count: Option<i64>,
    pub page: Option<Page>,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = InstanceList,
               paginate(offset = offset, items = page))]
pub struct DescribeInstances {
    pub offset: Option<i64>,
}

fn main() {}

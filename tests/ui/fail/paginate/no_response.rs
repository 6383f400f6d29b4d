use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12",
               paginate(offset = offset, items = instance_set))]
pub struct DescribeInstances {
    pub offset: Option<i64>,
}

fn main() {}

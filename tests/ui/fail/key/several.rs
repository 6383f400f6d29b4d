use cloudcall::cloud_action;

#[cloud_action(provider = "tencent", product = "c v m", version = "2017", readonly, idempotent)]
pub struct DescribeInstances {
    #[param(quary)]
    pub limit: Option<i64>,
    #[param(name = "")]
    pub offset: Option<i64>,
}

fn main() {
    // The builder is there all the same: no error follows from here.
    let _ = DescribeInstances::builder().limit(3).build();
}

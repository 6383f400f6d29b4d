use cloudcall::{cloud_action, cloud_model};

#[derive(Debug)]
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Keys)]
pub struct DescribeKeys {
    pub token: String,
}

#[derive(PartialEq, Debug)]
#[cloud_model(provider = "tencent", response)]
pub struct Keys {
    pub secret_key: Option<String>,
}

fn main() {
    println!("{:?} {:?}", DescribeKeys::builder().token("t").build(), Keys { secret_key: None });
}

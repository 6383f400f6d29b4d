//! The runtime under another name.
#![deny(warnings)]

mod sdk {
    pub use cloudcall as runtime;
}

#[cloudcall::cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", crate = sdk::runtime)]
pub struct DescribeZones {
    pub zone: String,
}

#[cloudcall::cloud_model(provider = "tencent", crate = crate::sdk::runtime)]
pub struct Zone {
    pub id: Option<String>,
}

#[cloudcall::cloud_model(crate = sdk::runtime)]
pub enum State {
    Up,
}

fn main() {
    let _ = DescribeZones::builder().zone("z-1").build();
}

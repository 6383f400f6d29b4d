//! Fields that are not always there.
#![deny(warnings)]

use cloudcall::{cloud_action, cloud_model};

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct DescribeZones {
    #[cfg(any())]
    pub never: NoSuchType,
    #[cfg(all())]
    pub always: String,
    #[cfg_attr(all(), param(name = "CHARGE"))]
    pub charge: Option<String>,
}

#[cloud_model(provider = "tencent")]
pub struct Zone {
    #[cfg(any())]
    pub never: NoSuchType,
    #[cfg(all())]
    #[param(secret)]
    pub always: Option<String>,
}

#[cloud_model]
pub enum State {
    #[cfg(any())]
    Never,
    Up,
}

fn main() {
    let _ = DescribeZones::builder().always("x").charge("y").build();
}

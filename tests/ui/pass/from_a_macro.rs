//! Items that a `macro_rules` writes.
#![deny(warnings)]

use cloudcall::{cloud_action, cloud_model};

macro_rules! action {
    ($name:ident, $product:literal, $field:ident: $ty:ty) => {
        #[cloud_action(provider = "tencent", product = $product, version = "2017-03-12")]
        pub struct $name {
            #[param(secret)]
            pub $field: $ty,
            pub offset: Option<$ty>,
            #[param(default)]
            pub inner: u32,
        }
    };
}

macro_rules! model {
    ($name:ident, $field:ident: $ty:ty) => {
        #[cloud_model(provider = "tencent")]
        pub struct $name {
            pub $field: $ty,
            pub more: Option<Vec<$ty>>,
        }
    };
}

action!(DescribeZones, "cvm", zone: String);
model!(Zone, id: String);

fn main() {
    let _ = DescribeZones::builder().zone("x").offset("y").inner(3).build();
}

//! A version that the product does not have.

cloudcall_models::actions! {
    tencent cvm "2017-03-13": DescribeZones;
}

fn main() {}

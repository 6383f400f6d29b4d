//! A statement without its end.

cloudcall_models::actions! {
    tencent cvm "2017-03-12": DescribeZones
    huawei vpc "v3": ListVpcs;
}

fn main() {}

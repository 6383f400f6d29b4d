//! An action that is listed twice, in one statement and in two.

cloudcall_models::actions! {
    tencent cvm "2017-03-12": DescribeZones, DescribeZones;
    huawei vpc "v3": ListVpcs;
    huawei vpc "v3": ListVpcs;
}

fn main() {}

//! No version.

cloudcall_models::actions! {
    tencent cvm: DescribeZones;
    huawei vpc ListVpcs;
}

fn main() {}

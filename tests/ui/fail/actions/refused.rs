//! Actions that cannot be called: the reason is told, and the others are made all the same.

cloudcall_models::actions! {
    alibaba pds "2022-03-01": GetDrive;
    huawei obs "v1": ListBuckets;
    huawei kvs "v1": GetKv;
    tencent cvm "2017-03-12": DescribeRegions;
}

fn main() {
    let _ = tencent::cvm::DescribeRegions::builder().build();
}

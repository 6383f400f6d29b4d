//! Misspelt actions: the others are made all the same.

cloudcall_models::actions! {
    tencent cvm "2017-03-12": DescribeZons, DescribeRegions, runInstances, StartInstance;
}

fn main() {
    let _ = tencent::cvm::DescribeRegions::builder().build();
}

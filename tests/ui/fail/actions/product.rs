//! A misspelt product.

cloudcall_models::actions! {
    tencent cmv "2017-03-12": DescribeZones;
}

fn main() {}

//! A cloud that is not there.

cloudcall_models::actions! {
    tencnt cvm "2017-03-12": DescribeZones;
}

fn main() {}

//! What is said of actions and cannot be.

cloudcall_models::actions! {
    tencent cvm "2017-03-12":
        DescribeZones { safe },
        RunInstances { idempotency_token = client_tokn },
        DescribeImages { readonly, idempotent },
        DescribeRegions { readonly = true };
}

fn main() {}

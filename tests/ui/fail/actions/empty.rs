//! No action.

cloudcall_models::actions! {
    tencent cvm "2017-03-12": ;
}

fn main() {}

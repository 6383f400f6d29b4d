//! A description file that is not there.

cloudcall_models::actions! {
    file "api/depo.json": ListBoxes;
}

fn main() {}

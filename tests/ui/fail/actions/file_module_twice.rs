//! Two products whose modules would have one name.

cloudcall_models::actions! {
    file "api/depot.json": ListBoxes;
    file "api/module.json": ListBoxes;
}

fn main() {}

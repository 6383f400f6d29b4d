//! Two description files of one product and version.

cloudcall_models::actions! {
    file "api/depot.json": ListBoxes;
    file "api/other.json": ListBoxes;
}

fn main() {}

//! An unknown key in a description file.

cloudcall_models::actions! {
    file "api/unknown_key.json": ListBoxes;
}

fn main() {}

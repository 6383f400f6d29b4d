//! A type that the description file does not have.

cloudcall_models::actions! {
    file "api/unknown_type.json": ListBoxes;
}

fn main() {}

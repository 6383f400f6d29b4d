//! A description file of a later schema.

cloudcall_models::actions! {
    file "api/schema.json": ListBoxes;
}

fn main() {}

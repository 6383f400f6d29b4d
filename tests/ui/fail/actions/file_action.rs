//! A misspelt action of a description file, and one that is listed twice.

cloudcall_models::actions! {
    file "api/depot.json": ListBox, ListBoxes, ListBoxes;
}

fn main() {}

//! A description file without quotes.

cloudcall_models::actions! {
    file api/depot.json: ListBoxes;
}

fn main() {}

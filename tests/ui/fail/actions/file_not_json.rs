//! A description file that is not JSON, used twice.

cloudcall_models::actions! {
    file "api/not_json.json": ListBoxes;
    file "api/not_json.json": CreateBox;
}

fn main() {}

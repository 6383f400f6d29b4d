use cloudcall::cloud_model;

#[cloud_model(provider = "tencent", request)]
pub struct Filter {
    pub name: String,
    pub values: Vec<String>,
    pub note: Option<String>,
}

cloudcall_models::actions! {
    crate = ::cloudcall;
    tencent cvm "2017-03-12": RunInstances;
}

fn main() {
    let _ = Filter::new("zone").note("n");
    let _ = tencent::cvm::Placement::new();
}

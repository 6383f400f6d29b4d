use cloudcall::CloudModel;

#[derive(Clone, Debug, CloudModel, serde::Serialize)]
#[cloud(provider = "tencent", response)]
pub struct Key {
    pub secret_key: Option<String>,
}

fn main() {
    println!("{:?}", Key { secret_key: None });
}

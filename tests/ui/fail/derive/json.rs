use cloudcall::upload::FilePart;
use cloudcall::cloud_action;

#[cloud_action(provider = "huawei", product = "x", version = "v1", path = "/{id}", method = "POST", content = "multipart", json)]
pub struct Import {
    #[param(path)]
    pub id: String,
    #[param(query, name = "id")]
    pub other: Option<String>,
    #[param(file)]
    pub data: FilePart,
    #[param(serde)]
    pub tag: Option<u8>,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", json)]
pub struct Find<T> {
    pub value: Option<T>,
}

fn main() {}

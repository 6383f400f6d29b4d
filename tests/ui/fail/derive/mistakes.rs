use cloudcall::CloudModel;

#[derive(Clone, CloudModel)]
pub struct Zone {
    #[cloud(nam = "Id")]
    pub id: Option<String>,
    #[cloud]
    pub name: String,
    #[cloud(path)]
    pub path: String,
}

#[derive(Clone, Debug, CloudModel)]
#[cloud(produkt = "cvm")]
pub enum State {
    Running,
}

#[derive(Clone, CloudModel)]
#[cloud]
pub struct Pair(String, String);

#[derive(Clone, CloudModel)]
#[cloud(provider = "tencent", response)]
pub struct Borrowed<'a> {
    pub name: &'a str,
}

fn main() {}

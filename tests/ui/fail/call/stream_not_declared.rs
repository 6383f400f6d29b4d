use cloudcall::{Client, Tencent, cloud_action};

#[cloud_action(provider = "tencent", product = "hunyuan", version = "2023-09-01")]
pub struct ChatCompletions {
    pub stream: Option<bool>,
    pub model: Option<String>,
}

fn call(client: &Client<Tencent>) {
    let _ = client.chat_completions().model("large").stream();
    let _ = client.invoker(ChatCompletions { stream: None, model: None }).stream();
}

fn main() {}

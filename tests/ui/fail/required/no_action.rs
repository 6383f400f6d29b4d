use cloudcall::{Client, Tencent};

pub struct RunInstances;

fn call(client: &Client<Tencent>) {
    let _ = client.invoker(RunInstances);
}

fn main() {}

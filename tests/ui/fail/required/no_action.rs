use cloudcall::{Alibaba, Client};

pub struct RunInstances;

fn call(client: &Client<Alibaba>) {
    let _ = client.invoker(RunInstances);
}

fn main() {}

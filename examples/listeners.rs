//! Observes requests and responses with closures, as HTTP handlers do in Huawei Cloud's SDK.
//!
//! ```text
//! cargo run -p cloudcall-examples --example listeners
//! ```

use cloudcall::json::json;
use cloudcall::local::LocalResponse;
use cloudcall::observe::Listener;
use cloudcall::{Client, Error, Huawei, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

/// Makes a server.
#[cloud_action(provider = "huawei", product = "ecs", version = "v2", method = "POST",
               path = "/v1/{project_id}/cloudservers", response = Created, idempotent)]
struct CreateServers {
    #[param(body)]
    server: Server,
}

#[cloud_model(provider = "huawei", request)]
struct Server {
    name: Option<String>,
    #[param(name = "adminPass", secret)]
    admin_pass: Option<String>,
}

#[cloud_model(provider = "huawei", response)]
struct Created {
    job_id: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(|cloud| {
        cloud.on_path_each(
            cloudcall::http::Method::POST,
            "/v1/{project_id}/cloudservers",
            [
                LocalResponse::raw(503, "text/plain", "come back"),
                LocalResponse::ok(json!({ "job_id": "job-1" })),
            ],
        )
    })
    .await?;
    // The closures see each attempt. Secrets are masked before, also in bodies.
    let listener = Listener::new()
        .on_request(|attempt| {
            println!("> {} {} HTTP/1.1", attempt.method(), attempt.url());
            for (name, value) in attempt.headers() {
                println!("> {name}: {value}");
            }
            println!("> {}", attempt.body(4096).unwrap_or_default());
        })
        .on_response(|reply| {
            println!("< HTTP/1.1 {:?} after {:?}", reply.status, reply.elapsed);
            for (name, value) in reply.headers() {
                println!("< {name}: {value}");
            }
            println!("< {}", reply.body(4096).unwrap_or_default());
        })
        .on_wait(|wait| println!("  waited for {}: {:?}", wait.reason.as_str(), wait.time))
        .on_end(|call| {
            println!("= {} after {} attempts: {}", call.action, call.attempts, call.outcome.as_str())
        })
        .with_bodies();
    let builder = Client::<Huawei>::builder().region("cn-north-4").observer(listener);
    let client = target.prepared(builder)?.build()?;
    let server = Server { name: Some("web-1".into()), admin_pass: Some("do-not-show".into()) };
    let created = client.create_servers().server(server).send().await?;
    println!("{:?}", created.job_id);
    Ok(())
}

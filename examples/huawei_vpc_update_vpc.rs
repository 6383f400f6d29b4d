//! Huawei Cloud, REST: path, query, header and body, and a token in a header of the response.
//!
//! ```text
//! cargo run -p cloudcall-examples --example huawei_vpc_update_vpc
//! ```

use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::local::LocalResponse;
use cloudcall::{Error, Huawei, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

/// Changes a VPC. `{project_id}` comes from the credential.
#[cloud_action(
    provider = "huawei", product = "vpc", version = "v1", method = "PUT",
    path = "/v1/{project_id}/vpcs/{vpc_id}", response = Updated, idempotent
)]
struct UpdateVpc {
    #[param(path)]
    vpc_id: String,
    #[param(header = "X-Language")]
    language: Option<String>,
    #[param(body)]
    vpc: Patch,
}

#[cloud_model(provider = "huawei", request)]
struct Patch {
    name: Option<String>,
    cidr: Option<String>,
}

#[cloud_model(provider = "huawei", response)]
struct Updated {
    vpc: Option<Vpc>,
    /// A header of the response, not a member of the document.
    #[param(header = "X-Trace")]
    trace: Option<String>,
}

#[cloud_model(provider = "huawei", response)]
struct Vpc {
    id: Option<String>,
    name: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(|cloud| {
        cloud.on_path(Method::PUT, "/v1/{project_id}/vpcs/{vpc_id}", |_| {
            LocalResponse::ok(json!({ "vpc": { "id": "v-1", "name": "front" } })).header("X-Trace", "t-1")
        })
    })
    .await?;
    let client = target.client::<Huawei>("cn-north-4")?;
    let patch = Patch { name: Some("front".into()), cidr: None };
    let updated = client.update_vpc().vpc_id("v-1").language("en-us").vpc(patch).send().await?;
    if let Some(vpc) = &updated.vpc {
        println!("{:?} is called {:?} now", vpc.id, vpc.name);
    }
    println!("trace {:?}, request {:?}", updated.trace, updated.request_id());
    Ok(())
}

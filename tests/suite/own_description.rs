//! `actions!` of a description file: `api/depot.json` is what `cloudcall import-openapi` makes of `api/depot.openapi.json`.

use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalRequest, LocalResponse};
use cloudcall::{Client, Huawei};

cloudcall_models::actions! {
    file "api/depot.json": *;
}

use huawei::depot::*;

fn received(request: &LocalRequest) -> LocalResponse {
    let mut id = request.path.rsplit('/').next().unwrap_or_default().to_owned();
    for (name, value) in &request.query {
        id.push_str(&format!(" {name}={value}"));
    }
    let body: Value = String::from_utf8_lossy(&request.body).parse().unwrap_or_default();
    LocalResponse::ok(json!({
        "boxes": [{ "id": id, "inside": [{ "id": "b-2", "labels": { "a": "b" } }] }],
        "id": id, "name": body["name"], "size": body["size"],
    }))
}

async fn cloud() -> (LocalCloud, Client<Huawei>) {
    let cloud = LocalCloud::builder()
        .account("ID", "SECRET")
        .on_path(Method::GET, "/v2/{project_id}/boxes", received)
        .on_path(Method::POST, "/v2/{project_id}/boxes", received)
        .on_path(Method::GET, "/v2/{project_id}/boxes/{box_id}", received)
        .start()
        .await
        .unwrap();
    let credential = Credential::new("ID", "SECRET").unwrap().with_project_id("p-1");
    let client = Client::<Huawei>::builder()
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(credential))
        .build()
        .unwrap();
    (cloud, client)
}

#[tokio::test]
async fn actions_of_an_imported_document_are_called() {
    let (_cloud, client) = cloud().await;
    let list = client.list_boxes().limit(5).kind(["wood", "paper"]).tags(["x", "y"]).send().await.unwrap();
    let found = list.boxes.as_deref().unwrap();
    let id = found[0].id.as_deref().unwrap();
    let mut parts: Vec<&str> = id.split(' ').collect();
    parts.sort_unstable();
    assert_eq!(parts, ["boxes", "kind=paper", "kind=wood", "limit=5", "tags=x", "tags=y"]);
    assert_eq!(found[0].inside.as_deref().unwrap()[0].labels.as_ref().unwrap()["a"], "b");
    let new = NewBox::new("tools", Size::new(1.5).count(3));
    let made = client.create_box().body(new).send().await.unwrap();
    assert_eq!(made.name.as_deref(), Some("tools"));
    assert_eq!(made.size.as_ref().and_then(|size| size.count), Some(3));
    let shown = client.show_box().box_id("b-1").send().await.unwrap();
    assert_eq!(shown.id.as_deref(), Some("b-1"));
}

//! Data: uploads, downloads, event streams.

use std::path::Path;

use cloudcall::action::{ActionInfo, BodyFormat, Param};
use cloudcall::http::Method;
use cloudcall::prelude::*;

// ANCHOR: upload
pub async fn upload(client: &Client<Tencent>, path: &Path) -> Result<(), Error> {
    let upload = ActionInfo::new("cls", "2020-10-16", "UploadLog").with_body_format(BodyFormat::OctetStream);
    client
        .raw_action(upload)
        .file(Param::new("Body"), FilePart::path(path))
        .with_upload_progress(|at| println!("attempt {}: {} of {} bytes", at.attempt, at.done, at.total))
        .send()
        .await?;
    Ok(())
}
// ANCHOR_END: upload

// ANCHOR: form
#[cloud_action(
    provider = "huawei",
    product = "image",
    version = "v2",
    method = "POST",
    path = "/v2/{project_id}/image/image-watermark",
    content = "multipart"
)]
pub struct AddWatermark {
    #[param(file)]
    pub file: FilePart,
    pub watermark: Option<String>,
}

pub async fn form(client: &Client<Huawei>, image: Vec<u8>) -> Result<Response<Value>, Error> {
    let file = FilePart::new(image).file_name("cat.jpg").content_type("image/jpeg");
    client.add_watermark().file(file).watermark("draft").send().await
}
// ANCHOR_END: form

// ANCHOR: download
pub async fn download(client: &Client<Huawei>, path: &Path) -> Result<u64, Error> {
    let report =
        ActionInfo::new("bss", "v2", "DownloadReport").with_method(Method::GET).with_path("/v2/report");
    // The file has its name only when it is complete. An interrupted download continues where it stopped.
    client.raw_action(report).download().await?.to_file(path).await
}
// ANCHOR_END: download

// ANCHOR: sse
pub async fn sse(client: &Client<Tencent>) -> Result<String, Error> {
    let question = json!({
        "Model": "hunyuan-lite", "Stream": true,
        "Messages": [{ "Role": "user", "Content": "Why is the sky blue?" }],
    });
    let mut events = client.raw("hunyuan", "2023-09-01", "ChatCompletions").json(question).stream().await?;
    let mut text = String::new();
    while let Some(event) = events.next().await {
        text.push_str(event?["Choices"][0]["Delta"]["Content"].as_str().unwrap_or_default());
    }
    Ok(text)
}
// ANCHOR_END: sse

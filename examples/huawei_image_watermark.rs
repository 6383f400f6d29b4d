//! Huawei Cloud, an upload and a download: the vendor's example of a hidden watermark, with a progress bar
//! for each.
//!
//! ```text
//! cargo run -p cloudcall-examples --example huawei_image_watermark
//! cargo run -p cloudcall-examples --example huawei_image_watermark -- --real
//! ```
//!
//! Neither picture is held in memory as a whole, so both can have any size. With `--real` the program uploads
//! `demo.jpg` from this folder and writes the response to `result.jpg`.

use std::path::PathBuf;

use cloudcall::http::Method;
use cloudcall::local::{LocalRequest, LocalResponse};
use cloudcall::upload::FilePart;
use cloudcall::{Error, Huawei, cloud_action};
use cloudcall_quickstart::target::Target;
use indicatif::{ProgressBar, ProgressStyle};

/// Embeds an invisible watermark. The response is a picture.
#[cloud_action(
    provider = "huawei",
    product = "dsc",
    version = "v1",
    method = "POST",
    content = "multipart",
    path = "/v1/{project_id}/image/watermark/embed"
)]
struct CreateImageWatermark {
    #[param(file)]
    file: FilePart,
    #[param(body)]
    blind_watermark: String,
}

/// The local cloud returns the picture unchanged, since the watermark is invisible.
fn watermark(request: &LocalRequest) -> LocalResponse {
    let Some(file) = request.file("file") else {
        return LocalResponse::error("DSC.00000004", "The file is missing.").status(400);
    };
    println!("the service got {:?} for {:?}", file.content_type, request.param("blind_watermark"));
    LocalResponse::raw(200, "image/jpeg", file.data)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = "/v1/{project_id}/image/watermark/embed";
    let target = Target::from_args(|cloud| cloud.on_path(Method::POST, path, watermark)).await?;
    let client = target.client::<Huawei>("cn-north-4")?;
    let pictures = Pictures::of(&target)?;

    let (up, down) = (bar("up")?, bar("down")?);
    let (sent, came) = (up.clone(), down.clone());
    let call = client
        .create_image_watermark()
        .file(FilePart::path(&pictures.demo).content_type("image/jpeg"))
        .blind_watermark("test_watermark")
        .invoker()
        .with_upload_progress(move |at| {
            // Each attempt starts at 0 again.
            sent.set_length(at.total);
            sent.set_position(at.done);
        });
    let download = match call.download().await {
        Ok(download) => download,
        // The values that the vendor's example prints of an exception.
        Err(error) => {
            up.abandon();
            println!("{:?} {:?} {:?} {}", error.status(), error.request_id(), error.code(), error.message());
            return Ok(());
        }
    };
    up.finish();
    let written = download
        .on_progress(move |done, total| {
            came.set_length(total.unwrap_or(done));
            came.set_position(done);
        })
        .to_file(&pictures.result)
        .await?;
    down.finish();
    println!("{written} bytes in result.jpg");
    Ok(())
}

fn bar(way: &'static str) -> Result<ProgressBar, Box<dyn std::error::Error>> {
    let style = "{prefix:4} {bar:40} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
    Ok(ProgressBar::new(0).with_style(ProgressStyle::with_template(style)?).with_prefix(way))
}

/// The files of the user, or temporary ones that are removed when the value is dropped.
struct Pictures {
    demo: PathBuf,
    result: PathBuf,
    own: Option<PathBuf>,
}

impl Pictures {
    fn of(target: &Target) -> Result<Self, Error> {
        if let Target::Vendors = target {
            return Ok(Self { demo: "demo.jpg".into(), result: "result.jpg".into(), own: None });
        }
        let folder = std::env::temp_dir().join(format!("cloudcall-watermark-{}", std::process::id()));
        let demo = folder.join("demo.jpg");
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&demo, vec![0xd8; 3_000_000]))
            .map_err(|error| {
                let what = format!("`{}` cannot be written", demo.display());
                Error::new(cloudcall::ErrorKind::Config, what).with_source(error)
            })?;
        Ok(Self { demo, result: folder.join("result.jpg"), own: Some(folder) })
    }
}

impl Drop for Pictures {
    fn drop(&mut self) {
        if let Some(folder) = &self.own {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

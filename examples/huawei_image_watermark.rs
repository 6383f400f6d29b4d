//! Huawei Cloud, a form with a file: the vendor's example of an image that gets a hidden watermark, with a progress bar.
//!
//! ```text
//! cargo run --example huawei_image_watermark
//! cargo run --example huawei_image_watermark -- --real
//! ```
//!
//! The picture is read while it is sent, so that it may be of any size. With `--real` it is `demo.jpg` of this folder.

use std::path::PathBuf;

use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::local::{LocalAnswer, LocalRequest};
use cloudcall::{Error, FilePart, Huawei, cloud_action, cloud_model};
use cloudcall_examples::target::Target;
use indicatif::{ProgressBar, ProgressStyle};

/// Embeds a watermark that nobody sees.
#[cloud_action(
    provider = "huawei", product = "dsc", version = "v1", method = "POST", content = "multipart",
    path = "/v1/{project_id}/image/watermark/embed", response = Watermarked
)]
struct CreateImageWatermark {
    #[param(file)]
    file: FilePart,
    #[param(body)]
    blind_watermark: String,
}

#[cloud_model(provider = "huawei", response)]
struct Watermarked {
    name: Option<String>,
    size: Option<u64>,
}

/// What the local cloud does with a picture.
fn watermark(request: &LocalRequest) -> LocalAnswer {
    let Some(file) = request.file("file") else {
        return LocalAnswer::error("DSC.00000004", "The file is missing.").status(400);
    };
    println!("the service got {:?} for {:?}", file.content_type, request.param("blind_watermark"));
    LocalAnswer::ok(json!({ "name": file.name, "size": file.data.len() }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = "/v1/{project_id}/image/watermark/embed";
    let target = Target::from_args(|cloud| cloud.on_path(Method::POST, path, watermark)).await?;
    let client = target.client::<Huawei>("cn-north-4")?;
    let picture = Picture::of(&target)?;

    let style =
        ProgressStyle::with_template("{bar:40} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left")?;
    let bar = ProgressBar::new(0).with_style(style);
    let shown = bar.clone();
    let call = client
        .create_image_watermark()
        .file(FilePart::path(&picture.path).content_type("image/jpeg"))
        .blind_watermark("test_watermark")
        .invoker()
        .with_upload_progress(move |at| {
            // Each attempt begins again.
            shown.set_length(at.total);
            shown.set_position(at.done);
        });
    match call.await {
        Ok(done) => {
            bar.finish();
            println!("{:?}, {:?} bytes, request {:?}", done.name, done.size, done.request_id());
        }
        // What the vendor's example prints of an exception.
        Err(error) => {
            bar.abandon();
            println!("{:?} {:?} {:?} {}", error.status(), error.request_id(), error.code(), error.message());
        }
    }
    Ok(())
}

/// The user's picture, or one that is made up and goes with the value.
struct Picture {
    path: PathBuf,
    own: bool,
}

impl Picture {
    fn of(target: &Target) -> Result<Self, Error> {
        if let Target::Vendors = target {
            return Ok(Self { path: "demo.jpg".into(), own: true });
        }
        let name = format!("cloudcall-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let path = folder.join("demo.jpg");
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&path, vec![0xd8; 3_000_000]))
            .map_err(|error| {
                let what = format!("`{}` cannot be written", path.display());
                Error::new(cloudcall::ErrorKind::Config, what).with_source(error)
            })?;
        Ok(Self { path, own: false })
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        if let (false, Some(folder)) = (self.own, self.path.parent()) {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

//! Tencent Cloud API 3.0: an octet-stream upload that is produced while it is sent, so the log can have any
//! length.
//!
//! ```text
//! cargo run -p cloudcall-examples --example tencent_cls_upload_log
//! ```
//!
//! The log service expects a protobuf list of groups of lines, and the topic in a header. The length is not
//! known in advance, so the stream is read once for its length and digest, which the signature needs, and
//! again to send it.

use cloudcall::Bytes;
use cloudcall::json::json;
use cloudcall::local::LocalResponse;
use cloudcall::upload::FilePart;
use cloudcall::{Error, Tencent, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;
use futures_util::stream;

/// Writes a log. A repeated call would duplicate the lines, so the action is not declared idempotent.
#[cloud_action(
    provider = "tencent", product = "cls", version = "2020-10-16", response = Uploaded, content = "octet-stream"
)]
struct UploadLog {
    #[param(header = "X-CLS-TopicId")]
    topic_id: String,
    #[param(file, name = "Body")]
    groups: FilePart,
}

#[cloud_model(provider = "tencent", response)]
struct Uploaded {}

/// One member of a protobuf message: a text or a nested message.
fn member(number: u64, value: &[u8], out: &mut Vec<u8>) {
    varint(number << 3 | 2, out);
    varint(value.len() as u64, out);
    out.extend_from_slice(value);
}

fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// A line as a `LogGroupList` of the vendor with one group of one log. Concatenated lists are one list.
fn line(time: u64, text: &str) -> Bytes {
    let (mut content, mut log, mut group, mut list) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    member(1, b"message", &mut content);
    member(2, text.as_bytes(), &mut content);
    varint(1 << 3, &mut log);
    varint(time, &mut log);
    member(2, &content, &mut log);
    member(1, &log, &mut group);
    member(1, &group, &mut list);
    Bytes::from(list)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(|cloud| {
        cloud.on("UploadLog", |request| {
            println!(
                "the service got {} bytes for {:?}",
                request.body.len(),
                request.header("x-cls-topicid")
            );
            LocalResponse::ok(json!({}))
        })
    })
    .await?;
    let client = target.client::<Tencent>("ap-guangzhou")?;
    // Each stream must give the same bytes, so the time is fixed here.
    let lines = || {
        let each = (0..10_000).map(|n| line(1_700_000_000 + n, &format!("line {n} of a long log")));
        stream::iter(each.map(Ok::<_, std::io::Error>))
    };
    let uploaded = client
        .upload_log()
        .topic_id("f0e1d2c3-topic")
        .groups(FilePart::stream(None, lines))
        .invoker()
        .with_upload_progress(|at| {
            if at.done == at.total {
                println!("attempt {}: all {} bytes are sent", at.attempt, at.total);
            }
        })
        .await?;
    println!("request {:?}", uploaded.request_id());
    Ok(())
}

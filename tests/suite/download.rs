//! Downloads: to files, to writers, piece by piece; what goes wrong, and what is left on the disk.
#![allow(clippy::disallowed_methods, reason = "what is on the disk is the question")]

mod coding;
mod parts;
mod target;

use std::io::Write as _;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context as Task, Poll};
use std::time::Duration;

use cloudcall::action::ActionInfo;
use cloudcall::call::RawCall;
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies, TimeoutOptions};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::retry::RetryPolicy;
use cloudcall::stream::Download;
use cloudcall::{Client, Error, ErrorKind, Huawei, Tencent};
use cloudcall_tests::server::{Reply, Request, Server};
use cloudcall_tests::time::FakeTime;

const TAG: &str = "ETag: \"v1\"\r\nAccept-Ranges: bytes\r\n";

/// A folder of a test's own, with a file that was there before.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cloudcall-download-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join("f"), "old").unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("f")
    }

    /// The names in the folder.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// What is in the file, when nothing else is in the folder.
    async fn settled(&self) -> Vec<u8> {
        for _ in 0..500 {
            if self.names() == ["f"] {
                return std::fs::read(self.file()).unwrap();
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        panic!("left over: {:?}", self.names());
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn builder(server: &Server) -> ClientBuilder<Huawei> {
    Client::<Huawei>::builder()
        .region("cn-north-4")
        .endpoint(server.url().as_str())
        .credentials(StaticCredentials::new(
            Credential::new("AKdownload", "planted-secret").unwrap().with_project_id("p"),
        ))
        .http(HttpOptions::builder().proxies(Proxies::None).max_body_bytes(1_000_usize).build().unwrap())
}

fn client(server: &Server) -> Client<Huawei> {
    builder(server).context(FakeTime::at(1_700_000_000).context()).build().unwrap()
}

fn call(client: &Client<Huawei>) -> RawCall<Huawei> {
    client.raw_action(
        ActionInfo::dynamic("obs", "v1", "GetReport").with_method(Method::GET).with_path("/v1/report"),
    )
}

async fn download(server: &Server) -> Result<Download, Error> {
    call(&client(server)).download().await
}

/// A document of this many bytes, all of them told apart.
fn document(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

fn whole(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// The same, cut off after so many bytes of the body.
fn cut(headers: &str, body: &[u8], after: usize) -> Vec<u8> {
    let mut bytes = whole(headers, body);
    bytes.truncate(bytes.len() - body.len() + after);
    bytes
}

/// The part that a request asks for.
fn part(request: &Request, body: &[u8]) -> Vec<u8> {
    let range = request.header("range").unwrap().strip_prefix("bytes=").unwrap();
    let (from, to) = range.split_once('-').unwrap();
    let from: usize = from.parse().unwrap();
    let to = to.parse().unwrap_or(body.len() - 1);
    let part = &body[from..=to];
    let head = format!(
        "HTTP/1.1 206 X\r\n{TAG}Content-Range: bytes {from}-{to}/{}\r\nContent-Length: {}\r\n\r\n",
        body.len(),
        part.len()
    );
    [head.as_bytes(), part].concat()
}

/// A response without a body announces the length that a GET would give.
#[tokio::test]
async fn a_response_without_a_body_is_complete() {
    let head = |status| format!("HTTP/1.1 {status} X\r\n{TAG}Content-Length: 5000\r\n\r\n").into_bytes();
    for (method, status) in [(Method::HEAD, 200), (Method::GET, 204)] {
        let server = Server::replies([Reply::Raw(head(status))]).await;
        let client = client(&server);
        let action = || {
            let info = ActionInfo::dynamic("obs", "v1", "GetReport").with_path("/v1/report");
            client.raw_action(info.with_method(method.clone()))
        };
        let response = action().await.unwrap();
        assert_eq!(response.headers()["content-length"], "5000", "more than `max_body_bytes`");
        let download = action().download().await.unwrap();
        assert_eq!(download.len(), Some(5_000));
        let (bytes, error) = read(download).await;
        assert!(bytes.is_empty() && error.is_none(), "{error:?}");
        let folder = Folder::new("bodiless");
        assert_eq!(action().download().await.unwrap().to_file(folder.file()).await.unwrap(), 0);
        assert_eq!(server.requests().len(), 3);
    }
    let refused = Reply::Raw(b"HTTP/1.1 404 X\r\nContent-Length: 5000\r\n\r\n".to_vec());
    let server = Server::replies([refused]).await;
    let info = ActionInfo::dynamic("obs", "v1", "GetReport").with_path("/v1/report");
    let error = client(&server).raw_action(info.with_method(Method::HEAD)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
}

async fn read(mut download: Download) -> (Vec<u8>, Option<Error>) {
    let mut bytes = Vec::new();
    while let Some(piece) = download.next().await {
        match piece {
            Ok(piece) => {
                assert!(!piece.is_empty());
                bytes.extend_from_slice(&piece);
            }
            Err(error) => {
                assert!(download.next().await.is_none(), "the first error is the end");
                return (bytes, Some(error));
            }
        }
    }
    (bytes, None)
}

#[tokio::test]
async fn a_file_appears_whole_and_takes_the_place_of_the_old_one() {
    let body = document(300_000);
    let server = Server::replies([Reply::Raw(whole("X-Request-Id: r-1\r\n", &body))]).await;
    let folder = Folder::new("whole");
    let download = download(&server).await.unwrap();
    assert_eq!((download.status().as_u16(), download.len(), download.attempts()), (200, Some(300_000), 1));
    assert_eq!((download.done(), download.offset(), download.etag()), (0, 0, None));
    assert_eq!(download.headers()["x-request-id"], "r-1");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (told, path) = (seen.clone(), folder.file());
    let download = download.on_progress(move |done, total| {
        assert_eq!(std::fs::read(&path).unwrap(), b"old", "until the end the old file is there");
        told.lock().unwrap().push((done, total));
    });
    assert_eq!(download.to_file(folder.file()).await.unwrap(), 300_000);
    assert_eq!(folder.names(), ["f"]);
    assert_eq!(std::fs::read(folder.file()).unwrap(), body);
    let seen = seen.lock().unwrap();
    assert!(seen.is_sorted() && seen.last() == Some(&(300_000, Some(300_000))), "{seen:?}");
    let request = &server.requests()[0];
    assert_eq!((request.header("accept-encoding"), request.header("range")), (Some("identity"), None));
}

#[tokio::test]
async fn more_than_an_ordinary_response_may_have_goes_to_a_writer() {
    let body = document(50_000);
    let server = Server::replies([Reply::Raw(whole("", &body))]).await;
    let mut writer = Vec::new();
    assert_eq!(download(&server).await.unwrap().to_writer(&mut writer).await.unwrap(), 50_000);
    assert_eq!(writer, body);
    let error = call(&client(&server)).invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "read whole it would not do");
}

/// Takes so many bytes, then has no place for more.
struct Full(usize);

impl tokio::io::AsyncWrite for Full {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Task<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        if self.0 == 0 {
            return Poll::Ready(Err(std::io::ErrorKind::StorageFull.into()));
        }
        let taken = bytes.len().min(self.0).min(7);
        self.0 -= taken;
        Poll::Ready(Ok(taken))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Task<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Task<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_writer_that_is_full_is_a_clear_error_and_the_connection_closes() {
    let head = "HTTP/1.1 200 OK\r\n\r\n";
    let server = Server::replies([Reply::endless(head, document(1_000), Duration::from_millis(1))]).await;
    let error = download(&server).await.unwrap().to_writer(Full(1_500)).await.unwrap_err();
    assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Output, false), "{error}");
    assert_eq!(error.message(), "the download could not be written to the writer: the disk is full");
    assert_eq!((error.provider(), error.action()), (Some("huawei"), Some("GetReport")));
    for _ in 0..500 {
        if server.gone() == 1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("the server still sends");
}

#[tokio::test]
async fn what_cannot_be_written_is_told_before_much_of_it_came() {
    let folder = Folder::new("unwritable");
    for (path, why) in [
        (folder.0.join("none/f"), "its folder does not exist"),
        (folder.0.clone(), "writing failed: it is a directory"),
        (PathBuf::from("/"), "writing failed: it is a directory"),
    ] {
        let head = "HTTP/1.1 200 OK\r\n\r\n";
        let server = Server::replies([Reply::endless(head, document(1_000), Duration::from_millis(1))]).await;
        let error = download(&server).await.unwrap().to_file(&path).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Output);
        assert!(error.to_string().contains(why), "{error}");
        assert!(error.message().contains(&path.display().to_string()), "{error}");
    }
    assert_eq!(folder.settled().await, b"old");
}

#[tokio::test]
async fn a_download_that_is_cut_off_leaves_what_was_there() {
    let body = document(5_000);
    let chunked = |end: &str| {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n";
        [head.as_bytes(), &body, end.as_bytes()].concat()
    };
    let both = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n";
    let cases = [
        (Reply::RawThenClose(cut("", &body, 4_999)), ErrorKind::Io),
        (Reply::RawThenReset(cut("", &body, 2_000)), ErrorKind::Io),
        (Reply::RawThenClose(both.into()), ErrorKind::Io),
        (Reply::RawThenClose(chunked("\r\n")), ErrorKind::Io),
        (Reply::RawThenClose(chunked("\r\nzz\r\n")), ErrorKind::Protocol),
    ];
    for (reply, kind) in cases {
        let shown = format!("{kind}");
        let server = Server::replies([reply]).await;
        let folder = Folder::new(&format!("cut-{shown}"));
        let error = download(&server).await.unwrap().to_file(folder.file()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (kind, 1), "{error}");
        assert!(error.may_have_been_sent() && error.status().is_some(), "{error}");
        assert_eq!(server.requests().len(), 1, "without a tag the rest might be another document's");
        assert_eq!(folder.settled().await, b"old");
    }
}

#[tokio::test]
async fn a_download_that_is_dropped_leaves_nothing() {
    let head = "HTTP/1.1 200 OK\r\n\r\n";
    let server = Server::replies([Reply::endless(head, document(1_000), Duration::from_millis(1))]).await;
    let folder = Folder::new("dropped");
    let download = download(&server).await.unwrap();
    let file = tokio::time::timeout(Duration::from_millis(60), download.to_file(folder.file()));
    assert!(file.await.is_err());
    assert_eq!(folder.settled().await, b"old");
}

#[tokio::test]
async fn it_goes_on_from_where_it_broke_off() {
    let body = document(9_000);
    let served = body.clone();
    let server = Server::start(move |n, request| match n {
        0 => Reply::RawThenClose(cut(TAG, &served, 2_000)),
        1 => Reply::RawThenReset(part(request, &served)[..3_000].to_vec()),
        _ => Reply::Raw(part(request, &served)),
    })
    .await;
    let folder = Folder::new("resumed");
    assert_eq!(download(&server).await.unwrap().to_file(folder.file()).await.unwrap(), 9_000);
    assert_eq!(folder.settled().await, body);
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert_eq!(requests[1].header("range"), Some("bytes=2000-8999"));
    assert_eq!(requests[1].header("if-range"), Some("\"v1\""));
    let from: usize = requests[2].header("range").unwrap()[6..10].parse().unwrap();
    assert!(from > 2_000 && from < 9_000, "{from}");
}

#[tokio::test]
async fn it_does_not_go_on_where_that_is_not_safe() {
    let body = document(4_000);
    let write =
        ActionInfo::dynamic("obs", "v1", "CreateReport").with_method(Method::POST).with_path("/v1/report");
    let read =
        || ActionInfo::dynamic("obs", "v1", "GetReport").with_method(Method::GET).with_path("/v1/report");
    let none = RetryPolicy::none();
    let standard = RetryPolicy::standard();
    for (what, info, headers, policy) in [
        ("a write", write, TAG, &standard),
        ("no retries", read(), TAG, &none),
        ("no ranges", read(), "ETag: \"v1\"\r\n", &standard),
        ("no tag", read(), "Accept-Ranges: bytes\r\n", &standard),
        ("a weak tag", read(), "ETag: W/\"v1\"\r\nAccept-Ranges: bytes\r\n", &standard),
    ] {
        let server = Server::replies([Reply::RawThenClose(cut(headers, &body, 1_000))]).await;
        let call = client(&server).raw_action(info).with_retry(policy.clone());
        let (bytes, error) = self::read(call.download().await.unwrap()).await;
        let error = error.unwrap();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Io, 1), "{what}: {error}");
        assert_eq!(bytes, body[..1_000], "{what}");
    }
}

#[tokio::test]
async fn two_documents_never_become_one() {
    let body = document(4_000);
    let part =
        |headers: &str| format!("HTTP/1.1 206 X\r\n{headers}Content-Length: 3\r\n\r\nabc").into_bytes();
    for rest in [
        whole(TAG, &document(4_000)),
        part(""),
        part("Content-Range: bytes 0-2/4000\r\n"),
        part("Content-Range: bytes 1000-1002/4000\r\n"),
    ] {
        let replies = [Reply::RawThenClose(cut(TAG, &body, 1_000)), Reply::Raw(rest)];
        let server = Server::replies(replies).await;
        let (bytes, error) = read(download(&server).await.unwrap()).await;
        assert_eq!((bytes.len(), error.map(|error| error.kind())), (1_000, Some(ErrorKind::Io)));
        assert_eq!(server.requests().len(), 2);
    }
    // What the service says to the second request is what the caller sees.
    let replies = [Reply::RawThenClose(cut(TAG, &body, 1_000)), Reply::status(404, "", "{}")];
    let server = Server::replies(replies).await;
    let (_, error) = read(download(&server).await.unwrap()).await;
    assert_eq!(error.unwrap().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn breaks_without_end_use_up_the_policy() {
    let body = document(4_000);
    let served = body.clone();
    let server = Server::start(move |n, request| match n {
        0 => Reply::RawThenClose(cut(TAG, &served, 100)),
        _ => {
            let bytes = part(request, &served);
            let head = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
            Reply::RawThenClose(bytes[..head + 100].to_vec())
        }
    })
    .await;
    let download = call(&client(&server)).with_retry(RetryPolicy::standard().max_attempts(4)).download();
    let (bytes, error) = read(download.await.unwrap()).await;
    let error = error.unwrap();
    assert_eq!((bytes.len(), error.kind(), error.attempts()), (400, ErrorKind::Io, 4), "{error}");
    assert_eq!(bytes, body[..400]);
}

#[tokio::test]
async fn a_download_can_go_on_in_another_process() {
    let body = document(4_000);
    let served = body.clone();
    let server = Server::start(move |_, request| match request.header("if-range") {
        Some("\"v1\"") => Reply::Raw(part(request, &served)),
        _ => Reply::Raw(whole(TAG, &served)),
    })
    .await;
    let client = client(&server);
    let first = call(&client).download().await.unwrap();
    assert_eq!(first.etag(), Some("\"v1\""));
    drop(first);
    let rest = call(&client).download_from(1_500, "\"v1\"").await.unwrap();
    assert_eq!((rest.offset(), rest.len(), rest.status().as_u16()), (1_500, Some(4_000), 206));
    let mut file = body[..1_500].to_vec();
    assert_eq!(rest.to_writer(&mut file).await.unwrap(), 2_500);
    assert_eq!(file, body);
    let folder = Folder::new("offset");
    let rest = call(&client).download_from(1_500, "\"v1\"").await.unwrap();
    let error = rest.to_file(folder.file()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    assert_eq!(folder.settled().await, b"old");
    let other = call(&client).download_from(1_500, "\"v0\"").await.unwrap();
    assert_eq!((other.offset(), other.len()), (0, Some(4_000)), "another document comes from its beginning");
    for bad in ["W/\"v1\"", "v1", ""] {
        let error = call(&client).download_from(1_500, bad).await.unwrap_err();
        assert_eq!((error.kind(), error.action()), (ErrorKind::Config, Some("GetReport")), "{bad}");
    }
}

#[tokio::test]
async fn a_packed_document_is_unpacked_and_its_length_not_known() {
    let body = document(20_000);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&body).unwrap();
    let packed = packer.finish().unwrap();
    let headers = format!("{TAG}Content-Encoding: gzip\r\n");
    let server = Server::replies([
        Reply::Raw(whole(&headers, &packed)),
        Reply::RawThenClose(cut(&headers, &packed, packed.len() - 9)),
    ])
    .await;
    let first = download(&server).await.unwrap();
    assert_eq!(first.len(), None);
    assert_eq!(read(first).await.0, body);
    let (_, error) = read(download(&server).await.unwrap()).await;
    assert_eq!((error.unwrap().kind(), server.requests().len()), (ErrorKind::Io, 2));
}

#[tokio::test]
async fn a_body_that_stalls_or_falls_silent_is_given_up_but_a_long_one_is_not() {
    let limits = |read, stall| {
        let limit = Duration::from_millis;
        let limits = TimeoutOptions::builder().read(limit(read)).stall(limit(stall));
        limits.attempt(limit(300)).total(limit(300)).build().unwrap()
    };
    let body = document(100);
    let stall = Reply::RawThenStall(cut("", &body, 50));
    for (limits, message) in [(limits(5_000, 100), "stalled"), (limits(100, 5_000), "no more bytes arrived")]
    {
        let server = Server::replies([stall.clone()]).await;
        let client = builder(&server).timeouts(limits).build().unwrap();
        let (bytes, error) = read(call(&client).download().await.unwrap()).await;
        let error = error.unwrap();
        assert_eq!((bytes.len(), error.kind()), (50, ErrorKind::Timeout));
        assert!(error.message().contains(message), "{error}");
    }
    let pieces = whole("", &body).chunks(20).map(<[u8]>::to_vec).collect();
    let server = Server::replies([Reply::Slowly(pieces, Duration::from_millis(80))]).await;
    let client = builder(&server).timeouts(limits(250, 250)).build().unwrap();
    let (bytes, error) = read(call(&client).download().await.unwrap()).await;
    assert!(
        bytes == body && error.is_none(),
        "the limits of the attempt and the call end with the head: {error:?}"
    );
}

#[tokio::test]
async fn errors_of_the_api_are_found_and_documents_are_not_taken_for_them() {
    let keys = || StaticCredentials::new(Credential::new("id", "secret").unwrap());
    let download = async |replies: Vec<Reply>| {
        let server = Server::replies(replies).await;
        let client = Client::<Tencent>::builder()
            .region("ap-guangzhou")
            .endpoint(server.url().as_str())
            .credentials(keys())
            .context(FakeTime::at(1).context())
            .build()
            .unwrap();
        client.raw("cls", "2020-10-16", "GetFile").download().await
    };
    let error = r#"{"Response":{"Error":{"Code":"InternalError","Message":"m"},"RequestId":"r"}}"#;
    let found = download(vec![Reply::status(200, "", error)]).await.unwrap_err();
    assert_eq!((found.code(), found.request_id(), found.attempts()), (Some("InternalError"), Some("r"), 3));
    let again = download(vec![Reply::status(200, "", error), Reply::status(200, "", "PK")]).await.unwrap();
    assert_eq!((again.attempts(), read(again).await.0), (2, b"PK".to_vec()));
    let large = format!("{{\"Response\":{{\"Rows\":\"{}\"}}}}", "x".repeat(200_000));
    for text in [large.as_str(), "{\"a\":1}", "<p>", "[1]", "", "  "] {
        let document = download(vec![Reply::status(200, "", text)]).await.unwrap();
        assert_eq!(document.len(), Some(text.len() as u64));
        assert_eq!(read(document).await.0, text.as_bytes());
    }
    let gateway = download(vec![Reply::status(502, "", "<html>")]).await.unwrap_err();
    assert_eq!((gateway.kind(), gateway.attempts()), (ErrorKind::Service, 3));
}

#[tokio::test]
async fn the_local_cloud_serves_more_than_it_holds() {
    let piece = document(1 << 16);
    let cloud = LocalCloud::builder()
        .account("AKdownload", "secret")
        .on_path(Method::GET, "/v1/report", move |_| {
            let pieces = std::iter::repeat_n(cloudcall::Bytes::from(piece.clone()), 64);
            LocalResponse::pieces("application/octet-stream", pieces).header("Content-Length", "4194304")
        })
        .start()
        .await
        .unwrap();
    let keys = Credential::new("AKdownload", "secret").unwrap().with_project_id("p");
    let client = Client::<Huawei>::builder()
        .region("cn-north-4")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(keys))
        .build()
        .unwrap();
    let download = call(&client).download().await.unwrap();
    assert_eq!(download.len(), Some(4 << 20));
    let (bytes, error) = read(download).await;
    assert!(error.is_none() && bytes.len() == 4 << 20, "{error:?}");
}

#[tokio::test]
async fn what_is_left_of_a_download_is_no_file() {
    let folder = Folder::new("left");
    let server = Server::replies([Reply::Raw(whole(TAG, &document(5_000)))]).await;
    let mut begun = download(&server).await.unwrap();
    let first = begun.next().await.unwrap().unwrap().len();
    let error = begun.to_file(folder.file()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.message().contains(&format!("begins at byte {first}")), "{error}");
    assert_eq!(folder.settled().await, b"old");
}

//! Sources that cannot be read, or are not what was announced; servers that have heard enough.

use std::io::{self, Read};
use std::time::Duration;

use cloudcall::{Error, ErrorKind};
use cloudcall_tests::server::{Reply, Server, http};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

async fn until(what: &str, done: impl Fn() -> bool) {
    for _ in 0..500 {
        if done() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what}");
}

#[tokio::test]
async fn files_that_cannot_be_read_end_the_call_before_anything_is_sent() {
    let server = Server::replies([Reply::json(OK)]).await;
    let file = TempFile::new("there", b"x");
    let folder = file.0.parent().unwrap().to_owned();
    let missing = folder.join("missing.bin");
    for (path, what) in
        [(missing, "cannot be read"), (folder, "is a directory"), ("/dev/null".into(), "not a regular file")]
    {
        for unsigned in [false, true] {
            let client = tencent(&server.url()).unsigned_payload(unsigned).build().unwrap();
            let error = upload(&client, FilePart::path(&path)).invoke().await.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 0), "{error}");
            assert!(!error.may_have_been_sent());
            let text = error.to_string();
            assert!(text.contains(what) && text.contains(path.to_str().unwrap()), "{text}");
            assert!(text.contains("tencent UploadLog"), "{text}");
        }
    }
    assert_eq!(server.connections(), 0);
}

/// Gives some bytes, then fails.
struct Failing(usize);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::Error::other("the disk is gone"));
        }
        let length = buffer.len().min(self.0);
        buffer[..length].fill(b'x');
        self.0 -= length;
        Ok(length)
    }
}

/// The error of an upload that no server must get whole.
async fn fails(unsigned: bool, part: FilePart) -> Error {
    let server = Server::replies([Reply::json(OK)]).await;
    let client = tencent(&server.url()).unsigned_payload(unsigned).build().unwrap();
    let error = upload(&client, part).invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RequestBody, "{error}");
    assert!(!error.is_retryable());
    // The server may accept the connection after the client has closed it.
    let seen = || (server.connections() > 0) == error.may_have_been_sent();
    until("the connection is closed", || server.open() == 0 && seen()).await;
    assert_eq!(server.requests().len(), 0, "no whole request: {error}");
    error
}

#[tokio::test]
async fn a_source_that_fails_in_the_middle_leaves_no_whole_request() {
    let len = LARGE as u64;
    for at in [0, 1, 131_072, 200_000, LARGE - 1] {
        let error = fails(true, FilePart::reader(len, move || Ok(Failing(at)))).await;
        assert!(error.to_string().contains("cannot be read to its end"), "{error}");
        assert!(error.to_string().contains("the disk is gone"), "{error}");
    }
    // Where the signature needs the digest, it fails before there is a connection.
    let error = fails(false, FilePart::reader(len, || Ok(Failing(200_000)))).await;
    assert!(!error.may_have_been_sent() && error.attempts() == 0, "{error}");
    let unopened = FilePart::reader(len, || Err::<Failing, _>(io::Error::other("not today")));
    assert!(fails(true, unopened).await.to_string().contains("not today"));
}

#[tokio::test]
async fn a_source_of_another_length_leaves_no_whole_request() {
    let len = LARGE as u64;
    for (given, what) in [
        (0, "ended after 0 of the expected 300001 bytes"),
        (LARGE - 1, "ended after 300000 of the expected 300001 bytes"),
        (LARGE + 1, "is longer than the expected 300001 bytes"),
        (3 * LARGE, "is longer than the expected 300001 bytes"),
    ] {
        for unsigned in [true, false] {
            let error = fails(unsigned, changing(Some(len), vec![bytes(given)]).0).await;
            assert!(error.to_string().contains(what), "{error}");
            assert_eq!(error.may_have_been_sent(), unsigned);
        }
    }
    // Nobody would ask a body without bytes for more.
    let error = fails(true, changing(Some(0), vec![bytes(1)]).0).await;
    assert!(error.to_string().contains("is longer than the expected 0 bytes"), "{error}");
}

#[tokio::test]
async fn a_source_that_changes_between_the_passes_leaves_no_whole_request() {
    let first = bytes(LARGE);
    let mut other = first.clone();
    other[LARGE - 1] ^= 1;
    let error = fails(false, changing(None, vec![first.clone(), other]).0).await;
    assert!(error.to_string().contains("different bytes than when it was signed"), "{error}");
    assert!(error.may_have_been_sent());
    for (second, what) in [(LARGE - 1, "ended after"), (LARGE + 1, "is longer than")] {
        for unsigned in [true, false] {
            let error = fails(unsigned, changing(None, vec![first.clone(), bytes(second)]).0).await;
            assert!(error.to_string().contains(what), "{error}");
        }
    }
}

#[tokio::test]
async fn a_file_that_shrinks_or_goes_between_the_attempts_ends_the_call() {
    for gone in [false, true] {
        let file = Arc::new(TempFile::new("log.pb", &bytes(LARGE)));
        let change = file.clone();
        let server = Server::start(move |_, _| {
            if gone {
                std::fs::remove_file(&change.0).unwrap();
            } else {
                std::fs::write(&change.0, bytes(LARGE - 1)).unwrap();
            }
            Reply::status(503, "", "")
        })
        .await;
        let client = tencent(&server.url()).retry(RetryPolicy::standard()).build().unwrap();
        let error = upload(&client, FilePart::path(&file.0)).invoke().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::RequestBody, 2), "{error}");
        assert!(error.to_string().contains("log.pb"), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_panic_in_a_reader_is_an_error() {
    struct Panics;
    impl Read for Panics {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            panic!("a bug of the caller")
        }
    }
    let error = fails(true, FilePart::reader(5, || Ok(Panics))).await;
    assert!(error.to_string().contains("panicked"), "{error}");
}

/// Reads the head and a little of the body, and says this.
async fn responds_early(response: Vec<u8>, stays: bool) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let closed = Arc::new(AtomicUsize::new(0));
    let count = closed.clone();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (response, count) = (response.clone(), count.clone());
            tokio::spawn(async move {
                stream.read_exact(&mut vec![0; 20_000]).await.unwrap();
                stream.write_all(&response).await.unwrap();
                if stays {
                    // Ends when the client closes: the rest of the body never comes.
                    let rest = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.unwrap_or_default();
                    assert!(rest < 50_000_000, "the upload went on");
                }
                count.fetch_add(1, Ordering::SeqCst);
            });
        }
    });
    (url, closed)
}

/// So much that it does not fit into the buffers of a connection.
const HUGE: u64 = 64 * 1024 * 1024;

#[tokio::test]
async fn an_early_refusal_wins_and_ends_the_upload() {
    for status in [400, 403, 413] {
        let (url, closed) = responds_early(http(status, "", REFUSAL), true).await;
        let client = tencent(&url).unsigned_payload(true).build().unwrap();
        let part = FilePart::reader(HUGE, || Ok(io::repeat(b'x').take(HUGE)));
        let error = upload(&client, part).invoke().await.unwrap_err();
        assert_eq!(error.code(), Some("RequestSizeLimitExceeded"), "{error}");
        assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (status, 1));
        until("the connection is closed", || closed.load(Ordering::SeqCst) == 1).await;
    }
}

const REFUSAL: &str =
    r#"{"Response":{"Error":{"Code":"RequestSizeLimitExceeded","Message":"too large"},"RequestId":"r"}}"#;

/// The server resets the connection right after its response, since it has not read all that came. A write in just that moment
/// fails before the response is read, which no client over hyper can undo; then the error says what may have happened.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_early_refusal_wins_over_the_reset_that_follows_it() {
    let (url, _) = responds_early(http(413, "", REFUSAL), false).await;
    let client = tencent(&url).unsigned_payload(true).build().unwrap();
    let (mut refused, rounds) = (0, 50);
    for _ in 0..rounds {
        let part = FilePart::reader(HUGE, || Ok(io::repeat(b'x').take(HUGE)));
        let error = upload(&client, part).invoke().await.unwrap_err();
        if error.code() == Some("RequestSizeLimitExceeded") {
            assert_eq!(error.status().unwrap().as_u16(), 413);
            refused += 1;
        } else {
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 1), "{error}");
            assert!(
                error.message().contains("it may have refused the body, for example because of its size"),
                "{error}"
            );
        }
    }
    println!("{refused} of {rounds} refusals were read");
    assert!(refused >= rounds / 2, "{refused} of {rounds}");
}

/// The head says enough, though the rest of the error is lost.
#[tokio::test]
async fn a_refusal_that_is_cut_off_is_still_one() {
    let response = b"HTTP/1.1 413 X\r\nContent-Length: 5000\r\n\r\n{\"Response\":".to_vec();
    let (url, _) = responds_early(response, false).await;
    let client = tencent(&url).unsigned_payload(true).build().unwrap();
    let part = FilePart::reader(HUGE, || Ok(io::repeat(b'x').take(HUGE)));
    let error = upload(&client, part).invoke().await.unwrap_err();
    if let Some(status) = error.status() {
        assert_eq!((error.kind(), status.as_u16()), (ErrorKind::Service, 413), "{error}");
        assert!(error.message().contains("Payload Too Large"), "{error}");
    } else {
        assert!(error.message().contains("it may have refused the body"), "{error}");
    }
}

#[tokio::test]
async fn a_success_before_the_whole_body_is_none() {
    let (url, closed) = responds_early(http(200, "", OK), true).await;
    let client = tencent(&url).unsigned_payload(true).build().unwrap();
    let part = FilePart::reader(HUGE, || Ok(io::repeat(b'x').take(HUGE)));
    let error = upload(&client, part).invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
    assert!(error.to_string().contains("before it received the whole body"), "{error}");
    assert!(error.may_have_been_sent());
    until("the connection is closed", || closed.load(Ordering::SeqCst) == 1).await;
}

#[tokio::test]
async fn a_source_that_fails_while_the_response_comes_is_the_error() {
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let (url, _) = responds_early(head, true).await;
    let client = tencent(&url).unsigned_payload(true).build().unwrap();
    let part = FilePart::reader(HUGE, || Ok(Failing(20_000_000)));
    let error = upload(&client, part).invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RequestBody, "{error}");
    assert!(error.to_string().contains("the disk is gone"), "{error}");
}

/// Counts those that are open.
struct Open(Arc<AtomicUsize>);

impl Read for Open {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        buffer.fill(b'x');
        Ok(buffer.len())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_closes_source_and_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let open = Arc::new(AtomicUsize::new(0));
    let count = open.clone();
    let part = FilePart::reader(HUGE, move || {
        count.fetch_add(1, Ordering::SeqCst);
        Ok(Open(count.clone()))
    });
    let client = tencent(&url).unsigned_payload(true).build().unwrap();
    let call = tokio::spawn(upload(&client, part).invoke());
    let (mut stream, _) = listener.accept().await.unwrap();
    stream.read_exact(&mut vec![0; 500_000]).await.unwrap();
    assert_eq!(open.load(Ordering::SeqCst), 1);
    call.abort();
    until("the source is closed", || open.load(Ordering::SeqCst) == 0).await;
    let rest = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.unwrap_or_default();
    assert!(rest < HUGE / 2, "{rest}");
}

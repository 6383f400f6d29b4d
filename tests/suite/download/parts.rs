//! The rest of a document: which responses go on with it, and which would make two documents one.

use super::*;

/// A part with these headers beside its range and length.
fn part_with(headers: &str, range: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 206 X\r\n{headers}Content-Range: bytes {range}\r\nContent-Length: {}\r\n\r\n",
        bytes.len()
    );
    [head.as_bytes(), bytes].concat()
}

/// What a download gives of `first`, which breaks off after byte 1000 of 4000, and `rest`.
async fn joined(first: &str, rest: Vec<u8>) -> (Vec<u8>, Error) {
    let body = document(4_000);
    let replies = [Reply::RawThenClose(cut(first, &body, 1_000)), Reply::Raw(rest)];
    let server = Server::replies(replies).await;
    let (bytes, error) = read(download(&server).await.unwrap()).await;
    assert_eq!(server.requests().len(), 2);
    (bytes, error.unwrap())
}

#[tokio::test]
async fn parts_that_arrive_give_their_quota_back() {
    let body = document(4_000);
    let rest = body.clone();
    let server = Server::start(move |number, request| match number {
        0 => Reply::RawThenClose(cut(TAG, &rest, 1_000)),
        1..4 => {
            let mut bytes = part(request, &rest);
            bytes.truncate(500);
            Reply::RawThenClose(bytes)
        }
        _ => Reply::Raw(part(request, &rest)),
    })
    .await;
    // Enough for one retry.
    let options = cloudcall::retry::RetryOptions::builder().max_attempts(10).quota(5).build().unwrap();
    let client = builder(&server).context(FakeTime::at(1_700_000_000).context());
    let client = client.retry(RetryPolicy::from(options)).build().unwrap();
    let (bytes, error) = read(call(&client).download().await.unwrap()).await;
    assert!(error.is_none() && bytes == body, "{error:?}");
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_part_of_another_version_is_never_joined() {
    let other = vec![b'x'; 3_000];
    let dated = "ETag: \"v1\"\r\nAccept-Ranges: bytes\r\nLast-Modified: Mon, 02 Nov 2026 10:00:00 GMT\r\n";
    let range = "1000-3999/4000";
    for (first, headers, range, why) in [
        (TAG, "ETag: \"v2\"\r\n", range, "ETag \"v2\" instead of \"v1\""),
        (TAG, "ETag: W/\"v1\"\r\n", range, "ETag W/\"v1\" instead of \"v1\""),
        (TAG, "", range, "ETag none instead of \"v1\""),
        (dated, "Last-Modified: Mon, 02 Nov 2026 11:00:00 GMT\r\n", range, "ETag none"),
        (
            dated,
            "ETag: \"v1\"\r\nLast-Modified: Mon, 02 Nov 2026 11:00:00 GMT\r\n",
            range,
            "Last-Modified Mon",
        ),
        (TAG, TAG, "1000-3999/5000", "5000 bytes now instead of 4000"),
        (TAG, TAG, "1000-3999/3999", "without a `Content-Range`"),
        (TAG, TAG, "999-3998/4000", "from byte 999 instead of 1000"),
        (TAG, TAG, "1001-3999/4000", "from byte 1001 instead of 1000"),
        (TAG, TAG, "1000-4999/*", "up to byte 5000 of a document of 4000"),
        (TAG, "ETag: \"v1\"\r\nContent-Encoding: gzip\r\n", range, "a part of the compressed document"),
        (TAG, "ETag: \"v1\"\r\nContent-Type: multipart/byteranges; boundary=x\r\n", range, "several parts"),
    ] {
        let (bytes, error) = joined(first, part_with(headers, range, &other)).await;
        assert_eq!(bytes, document(4_000)[..1_000], "{headers} {range}");
        assert_eq!(error.kind(), ErrorKind::Io, "{error}");
        assert!(
            error.message().contains("the rest was not used: ") && error.message().contains(why),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_part_with_the_same_validators_is_joined() {
    let body = document(4_000);
    let dated = "ETag: \"v1\"\r\nAccept-Ranges: bytes\r\nLast-Modified: Mon, 02 Nov 2026 10:00:00 GMT\r\n";
    for (first, headers, range) in [
        (TAG, "ETag: \"v1\"\r\n", "1000-3999/4000"),
        (TAG, "ETag: \"v1\"\r\nContent-Encoding: identity\r\n", "1000-3999/*"),
        (dated, dated, "1000-3999/4000"),
        (dated, TAG, "1000-3999/4000"),
        (TAG, dated, "1000-3999/4000"),
    ] {
        let rest = part_with(headers, range, &body[1_000..]);
        let replies = [Reply::RawThenClose(cut(first, &body, 1_000)), Reply::Raw(rest)];
        let server = Server::replies(replies).await;
        let (bytes, error) = read(download(&server).await.unwrap()).await;
        assert!(error.is_none() && bytes == body, "{headers} {range}: {error:?}");
    }
}

/// Gives at most 700 bytes of what is requested.
fn short(request: &Request, body: &[u8]) -> Vec<u8> {
    let (from, to) = request.header("range").unwrap()[6..].split_once('-').unwrap();
    let from: usize = from.parse().unwrap();
    let to = to.parse().unwrap_or(body.len() - 1).min(from + 699);
    part_with(TAG, &format!("{from}-{to}/{}", body.len()), &body[from..=to])
}

#[tokio::test]
async fn a_shorter_part_is_followed_by_the_next_one() {
    let body = document(9_000);
    let served = body.clone();
    let server = Server::start(move |n, request| match n {
        0 => Reply::RawThenClose(cut(TAG, &served, 1_000)),
        _ => Reply::Raw(short(request, &served)),
    })
    .await;
    let folder = Folder::new("short");
    let call = call(&client(&server)).with_retry(RetryPolicy::standard().max_attempts(2));
    assert_eq!(call.download().await.unwrap().to_file(folder.file()).await.unwrap(), 9_000);
    assert_eq!(folder.settled().await, body);
    let asked: Vec<_> =
        server.requests()[1..].iter().map(|one| one.header("range").unwrap().to_owned()).collect();
    assert_eq!(asked[..2], ["bytes=1000-8999", "bytes=1700-8999"]);
    assert_eq!(asked.len(), 12);
}

#[tokio::test]
async fn a_download_that_begins_with_a_part_is_complete_only_with_the_last_byte() {
    let body = document(4_000);
    let served = body.clone();
    let server = Server::start(move |_, request| Reply::Raw(short(request, &served))).await;
    let rest = call(&client(&server)).download_from(1_000, "\"v1\"").await.unwrap();
    assert_eq!((rest.offset(), rest.len()), (1_000, Some(4_000)));
    assert_eq!(read(rest).await.0, body[1_000..]);
    assert_eq!(server.requests().len(), 5);

    // Of unknown length: the server says when there is no more.
    let served = body.clone();
    let server = Server::start(move |_, request| {
        let from: usize = request.header("range").unwrap()[6..].trim_end_matches('-').parse().unwrap();
        match served.get(from..).filter(|rest| !rest.is_empty()) {
            Some(rest) => {
                let rest = &rest[..rest.len().min(2_000)];
                Reply::Raw(part_with(TAG, &format!("{from}-{}/*", from + rest.len() - 1), rest))
            }
            None => Reply::status(416, "Content-Range: bytes */4000\r\n", ""),
        }
    })
    .await;
    let rest = call(&client(&server)).download_from(1_000, "\"v1\"").await.unwrap();
    assert_eq!(rest.len(), None);
    let (bytes, error) = read(rest).await;
    assert!(error.is_none() && bytes == body[1_000..], "{} {error:?}", bytes.len());
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_part_that_nobody_requested_is_not_taken_for_the_document() {
    let body = document(4_000);
    // From the beginning, and more can be had: the rest is requested.
    let served = body.clone();
    let server = Server::start(move |n, request| match n {
        0 => Reply::Raw(part_with(TAG, "0-999/4000", &served[..1_000])),
        _ => Reply::Raw(part(request, &served)),
    })
    .await;
    let (bytes, error) = read(download(&server).await.unwrap()).await;
    assert!(error.is_none() && bytes == body, "{error:?}");
    // From the beginning, and no more can be had.
    let server = Server::replies([Reply::Raw(part_with("", "0-999/4000", &body[..1_000]))]).await;
    let folder = Folder::new("unrequested");
    let error = download(&server).await.unwrap().to_file(folder.file()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io, "{error}");
    assert!(error.message().contains("only a part of the document, at byte 1000 of 4000"), "{error}");
    assert_eq!(folder.settled().await, b"old");
    // From somewhere else.
    let server = Server::replies([Reply::Raw(part_with(TAG, "5-999/4000", &body[5..1_000]))]).await;
    let error = download(&server).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
}

#[tokio::test]
async fn a_download_of_before_is_continued_only_by_its_own_document() {
    let body = document(4_000);
    for (headers, range, why) in [
        ("ETag: \"v2\"\r\n", "1000-3999/4000", "ETag \"v2\" instead of \"v1\""),
        ("ETag: W/\"v1\"\r\n", "1000-3999/4000", "ETag W/\"v1\""),
        ("", "1000-3999/4000", "ETag none"),
        (TAG, "900-3999/4000", "from byte 900 instead of 1000"),
    ] {
        let server = Server::replies([Reply::Raw(part_with(headers, range, &body[1_000..]))]).await;
        let error = call(&client(&server)).download_from(1_000, "\"v1\"").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
        assert!(error.message().contains(why), "{error}");
    }
}

/// The whole document in the place of the rest: a file starts again, a writer cannot.
#[tokio::test]
async fn a_document_that_changed_is_written_from_its_beginning_or_is_an_error() {
    let (old, new) = (document(4_000), vec![b'n'; 2_500]);
    for (headers, why) in [
        ("ETag: \"v2\"\r\nAccept-Ranges: bytes\r\n", "the document has changed"),
        (TAG, "sent the whole document again"),
        ("", "the document has changed"),
    ] {
        let replies = || [Reply::RawThenClose(cut(TAG, &old, 1_000)), Reply::Raw(whole(headers, &new))];
        let server = Server::replies(replies()).await;
        let folder = Folder::new("restarted");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let told = seen.clone();
        let download = download(&server).await.unwrap();
        let download = download.on_progress(move |done, total| told.lock().unwrap().push((done, total)));
        assert_eq!(download.to_file(folder.file()).await.unwrap(), 2_500);
        assert_eq!(folder.settled().await, new);
        assert_eq!(seen.lock().unwrap().last(), Some(&(2_500, Some(2_500))));

        let server = Server::replies(replies()).await;
        let mut writer = Vec::new();
        let error = super::download(&server).await.unwrap().to_writer(&mut writer).await.unwrap_err();
        assert_eq!((writer.len(), error.kind()), (1_000, ErrorKind::Io), "{error}");
        assert!(error.message().contains(why), "{error}");
    }
    // The new document breaks off, too, and is continued.
    let (first, second) = (old.clone(), new.clone());
    let tag = "ETag: \"v2\"\r\nAccept-Ranges: bytes\r\n";
    let server = Server::start(move |n, _| match n {
        0 => Reply::RawThenClose(cut(TAG, &first, 1_000)),
        1 => Reply::RawThenClose(cut(tag, &second, 500)),
        _ => Reply::Raw(part_with(tag, "500-2499/2500", &second[500..])),
    })
    .await;
    let folder = Folder::new("restarted-twice");
    assert_eq!(super::download(&server).await.unwrap().to_file(folder.file()).await.unwrap(), 2_500);
    assert_eq!(folder.settled().await, new);
    assert_eq!(server.requests()[2].header("if-range"), Some("\"v2\""));
}

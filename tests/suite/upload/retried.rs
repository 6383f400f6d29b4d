//! Attempts: each reads the source anew and tells its progress from the start.

use std::sync::Mutex;

use cloudcall::ErrorKind;
use cloudcall::json::json;
use cloudcall::upload::UploadProgress;
use cloudcall_tests::server::{Reply, Server};

use super::*;

type Told = Arc<Mutex<Vec<UploadProgress>>>;

fn told() -> (Told, impl Fn(UploadProgress) + Send + Sync + 'static) {
    let told = Told::default();
    let tell = told.clone();
    (told, move |progress| tell.lock().unwrap().push(progress))
}

/// Every attempt begins small, grows, and ends with the whole.
fn check(told: &Told, attempts: u32, total: u64) {
    let told = told.lock().unwrap();
    for number in 1..=attempts {
        let done: Vec<u64> = told.iter().filter(|at| at.attempt == number).map(|at| at.done).collect();
        assert!(done.len() > 1 || total < 131_072, "{number}: {done:?}");
        assert!(done.windows(2).all(|two| two[0] < two[1]), "{number}: {done:?}");
        assert_eq!(done.last(), Some(&total), "{number}");
    }
    assert!(told.iter().all(|at| at.total == total && at.attempt <= attempts));
    assert!(told.windows(2).all(|two| two[0].attempt <= two[1].attempt));
}

#[tokio::test]
async fn each_attempt_reads_the_source_anew() {
    let data = bytes(LARGE);
    for (unsigned, passes) in [(false, 1), (true, 0)] {
        let server = Server::replies([Reply::status(503, "", ""), Reply::close(), Reply::json(OK)]).await;
        let client = tencent(&server.url())
            .unsigned_payload(unsigned)
            .retry(RetryPolicy::standard().max_attempts(3))
            .build()
            .unwrap();
        let (part, opened) = changing(Some(LARGE as u64), vec![data.clone()]);
        let (told, tell) = told();
        let response = upload(&client, part).with_upload_progress(tell).send().await.unwrap();
        assert_eq!(response.attempts(), 3);
        assert_eq!(opened.load(Ordering::SeqCst), 3 + passes, "the digest is made once");
        assert!(server.requests().iter().all(|request| request.body == data));
        assert_eq!(server.requests().len(), 3);
        check(&told, 3, LARGE as u64);
    }
}

#[tokio::test]
async fn an_action_that_must_not_be_repeated_is_not() {
    let server = Server::replies([Reply::close(), Reply::json(OK)]).await;
    let client = tencent(&server.url()).retry(RetryPolicy::standard()).build().unwrap();
    let info = ActionInfo::new("cls", "2020-10-16", "UploadLog").with_body_format(BodyFormat::OctetStream);
    let (part, opened) = changing(None, vec![bytes(LARGE)]);
    let error = client.raw_action(info).file(Param::new("Body"), part).invoke().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Io, 1), "{error}");
    assert_eq!(opened.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn progress_is_told_of_every_kind_of_body() {
    let server = Server::replies([Reply::json(OK)]).await;
    let client = tencent(&server.url()).build().unwrap();
    let data = bytes(LARGE);
    let file = TempFile::new("x", &data);
    for part in [FilePart::new(data.clone()), FilePart::path(&file.0)] {
        let (plain, tell) = told();
        upload(&client, part.clone()).with_upload_progress(tell).invoke().await.unwrap();
        assert!(server.requests().pop().unwrap().body == data);
        check(&plain, 1, LARGE as u64);
        let (form, tell) = told();
        let info = ActionInfo::new("cii", "2021-04-08", "UploadFile").with_body_format(BodyFormat::Multipart);
        let call = client.raw_action(info).json(json!({ "A": 1 })).file(Param::new("File"), part);
        call.with_upload_progress(tell).invoke().await.unwrap();
        check(&form, 1, server.requests().pop().unwrap().body.len() as u64);
    }
    let (json, tell) = told();
    let call = client.raw("cvm", "2017-03-12", "DescribeZones").json(json!({ "A": 1 }));
    call.with_upload_progress(tell).invoke().await.unwrap();
    check(&json, 1, 7);
}

#[tokio::test]
async fn one_connection_serves_uploads_one_after_the_other() {
    let server = Server::replies([Reply::json(OK)]).await;
    let client = tencent(&server.url()).build().unwrap();
    let file = TempFile::new("x", &bytes(LARGE));
    for _ in 0..3 {
        upload(&client, FilePart::path(&file.0)).invoke().await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

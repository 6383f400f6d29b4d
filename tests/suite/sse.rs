//! Streams of server-sent events: what comes, what goes wrong, and what becomes of the connection.

use std::time::Duration;

use cloudcall::client::{HttpOptions, Proxies, TimeoutOptions};
use cloudcall::context::Context;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::json;
use cloudcall::limiter::{Limit, LimiterOptions};
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::retry::RetryPolicy;
use cloudcall::stream::{Event, Events};
use cloudcall::{Alibaba, Client, Error, ErrorKind, Tencent, cloud_action, cloud_model};
use cloudcall_tests::server::{Reply, Server};
use cloudcall_tests::time::FakeTime;

/// Chats. The service streams if it is asked to.
#[cloud_action(provider = "tencent", product = "hunyuan", version = "2023-09-01", response = Chat, stream = "sse")]
struct ChatCompletions {
    model: String,
    stream: Option<bool>,
}

#[cloud_model(provider = "tencent", response)]
#[derive(PartialEq)]
struct Chat {
    text: Option<String>,
    n: Option<i64>,
    #[param(header = "X-Trace")]
    trace: Option<String>,
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
const ERROR: &str =
    r#"{"Response":{"Error":{"Code":"FailedOperation.Busy","Message":"no"},"RequestId":"r-e"}}"#;

/// A streamed response with its length.
fn events(text: impl AsRef<[u8]>) -> Vec<u8> {
    let text = text.as_ref();
    let mut bytes = format!("{HEAD}X-Trace: t-1\r\nContent-Length: {}\r\n\r\n", text.len()).into_bytes();
    bytes.extend_from_slice(text);
    bytes
}

fn builder(endpoint: &str) -> cloudcall::client::ClientBuilder<Tencent> {
    Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(endpoint)
        .credentials(StaticCredentials::new(Credential::new("id", "planted-secret").unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).max_body_bytes(4_096_usize).build().unwrap())
}

fn client(server: &Server) -> Client<Tencent> {
    builder(&server.url()).context(FakeTime::at(1_700_000_000).context()).build().unwrap()
}

/// Real time, with limits as short as tests want them.
fn impatient(server: &Server, read: u64, stall: u64) -> Client<Tencent> {
    let limits = TimeoutOptions::builder()
        .read(Duration::from_millis(read))
        .stall(Duration::from_millis(stall))
        .attempt(Duration::from_millis(read))
        .total(Duration::from_millis(read))
        .build()
        .unwrap();
    builder(&server.url()).timeouts(limits).retry(RetryPolicy::none()).build().unwrap()
}

async fn open(client: &Client<Tencent>) -> Result<Events<Chat>, Error> {
    client.chat_completions().model("lite").stream().await
}

async fn all(mut events: Events<Chat>) -> (Vec<Event<Chat>>, Option<Error>) {
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => seen.push(event),
            Err(error) => return (seen, Some(error)),
        }
    }
    (seen, None)
}

/// The texts of a stream that ends well.
async fn texts(reply: Vec<u8>) -> Vec<String> {
    let server = Server::replies([Reply::Raw(reply)]).await;
    let (seen, error) = all(open(&client(&server)).await.unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    seen.into_iter().filter_map(|event| event.into_inner().text).collect()
}

/// How a stream ends, after so many good events.
async fn failure(reply: Reply) -> (usize, Error) {
    let server = Server::replies([reply, Reply::json("{}")]).await;
    let (seen, error) = all(open(&client(&server)).await.unwrap()).await;
    assert_eq!(server.requests().len(), 1, "a stream that was begun is never asked for again");
    (seen.len(), error.unwrap())
}

#[tokio::test]
async fn events_come_typed_with_all_that_came_with_them() {
    let text = "retry: 1500\nid: 7\nevent: delta\ndata: {\"Text\": \"a\",\ndata: \"N\": \"4\"}\n\n: alive\n\n\
                data: {\"Text\": \"b\", \"RequestId\": \"r-1\"}\n\ndata: [DONE]\n\ndata: never\n\n";
    let server = Server::replies([Reply::Raw(events(text))]).await;
    let mut events = open(&client(&server)).await.unwrap();
    assert_eq!((events.status().as_u16(), events.attempts(), events.request_id()), (200, 1, None));
    assert_eq!(events.headers()["x-trace"], "t-1");
    let first = events.next().await.unwrap().unwrap();
    assert_eq!((first.name(), first.id(), first.retry()), ("delta", "7", Some(Duration::from_millis(1_500))));
    assert_eq!((first.text.as_deref(), first.n, first.trace.as_deref()), (Some("a"), Some(4), Some("t-1")));
    let second = events.next().await.unwrap().unwrap();
    assert_eq!((second.name(), second.id(), second.retry()), ("", "7", None));
    assert_eq!((second.text.as_deref(), events.request_id()), (Some("b"), Some("r-1")));
    assert_eq!(events.retry(), Some(Duration::from_millis(1_500)));
    assert!(events.next().await.is_none() && events.next().await.is_none());
    let request = &server.requests()[0];
    assert_eq!(request.body, br#"{"Model":"lite","Stream":true}"#, "the service is asked for a stream");
    assert_eq!(request.header("accept-encoding"), Some("identity"));
}

#[tokio::test]
async fn a_parameter_that_was_set_stays_and_one_document_needs_none() {
    let server = Server::replies([Reply::Raw(events("")), Reply::json(r#"{"Response":{"Text":"t"}}"#)]).await;
    let client = client(&server);
    let call = ChatCompletions::builder().model("lite").stream_(false).build();
    drop(client.invoker(call).stream().await.unwrap());
    assert_eq!(client.chat_completions().model("lite").send().await.unwrap().text.as_deref(), Some("t"));
    let bodies: Vec<_> = server.requests().into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, [&br#"{"Model":"lite","Stream":false}"#[..], br#"{"Model":"lite"}"#]);
}

#[tokio::test]
async fn line_ends_marks_and_tails_are_read_as_the_standard_says() {
    for text in [
        "data: {\"Text\":\"a\"}\r\n\r\ndata: {\"Text\":\"b\"}\r\n\r\n",
        "\u{feff}data:{\"Text\":\"a\"}\r\rdata:{\"Text\":\"b\"}\r\r",
        "data: {\"Text\":\"a\"}\n\n:\n\ndata: \n\ndata: {\"Text\":\"b\"}\n\n",
        "data: {\"Text\":\"a\"}\n\ndata: {\"Text\":\"b\"}",
        "data: {\"Text\":\"a\"}\n\ndata: {\"Text\":\"b\"}\n\ndata: [DONE]",
    ] {
        assert_eq!(texts(events(text)).await, ["a", "b"], "{text:?}");
    }
}

#[tokio::test]
async fn every_way_to_cut_it_gives_the_same_events() {
    let text =
        "data: {\"Text\":\"\u{4f60}\"}\r\n\r\nid: 1\r\ndata: {\"Text\":\r\ndata: \"\u{597d}\"}\r\n\r\n";
    for size in [1, 2, 3, 7, 19] {
        let mut reply = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n").into_bytes();
        for piece in text.as_bytes().chunks(size) {
            reply.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
            reply.extend_from_slice(piece);
            reply.extend_from_slice(b"\r\n");
        }
        reply.extend_from_slice(b"0\r\n\r\n");
        assert_eq!(texts(reply).await, ["\u{4f60}", "\u{597d}"], "{size}");
    }
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_named_and_the_next_one_comes() {
    let text = b"data: {\"Text\":\"a\"}\n\nid: x\ndata: {\"Text\":\"\xff\"}\n\ndata: <p>\n\nevent: \xff\ndata: {}\n\n\
        data: {\"Text\":\"b\"}\n\n";
    let server = Server::replies([Reply::Raw(events(text))]).await;
    let mut events = open(&client(&server)).await.unwrap();
    let mut seen = Vec::new();
    while let Some(event) = events.next().await {
        seen.push(match event {
            Ok(event) => event.into_inner().text.unwrap(),
            Err(error) => {
                assert_eq!((error.kind(), error.action()), (ErrorKind::Decode, Some("ChatCompletions")));
                error.message().to_owned()
            }
        });
    }
    let wanted = [
        "a",
        "event 2 of the stream (id x) is not UTF-8",
        "event 3 of the stream (id x) does not match the type of the response",
        "event 4 of the stream (id x) is not UTF-8",
        "b",
    ];
    assert_eq!(seen, wanted);
}

#[tokio::test]
async fn errors_of_the_service_within_the_stream_end_it() {
    let good = "data: {\"Text\":\"a\"}\n\n";
    for (text, code, message) in [
        (format!("{good}data: {ERROR}\n\n{good}"), "FailedOperation.Busy", "no"),
        (
            format!(
                "{good}data: {{\"ErrorMsg\":{{\"Msg\":\"no\",\"Code\":2001}},\"RequestId\":\"r-e\"}}\n\n{good}"
            ),
            "2001",
            "no",
        ),
    ] {
        let (seen, error) = failure(Reply::Raw(events(&text))).await;
        assert_eq!((seen, error.kind(), error.code()), (1, ErrorKind::Service, Some(code)), "{error}");
        assert_eq!((error.message(), error.request_id(), error.attempts()), (message, Some("r-e"), 1));
        assert_eq!((error.provider(), error.action()), (Some("tencent"), Some("ChatCompletions")));
    }
    let (_, error) = failure(Reply::Raw(events("event: error\ndata: planted-secret\n\n"))).await;
    assert_eq!(error.kind(), ErrorKind::Service);
    assert!(!format!("{error} {error:?}").contains("planted-secret"), "{error}");
    let (_, error) = failure(Reply::Raw(events(ERROR))).await;
    assert_eq!(error.code(), Some("FailedOperation.Busy"), "a document that is called a stream: {error}");
    let (_, error) = failure(Reply::Raw(events("{\"Text\":\"a\"}"))).await;
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
}

#[tokio::test]
async fn alibabas_error_event_is_an_error_of_the_service() {
    let text = "data: {\"Text\":\"a\",\"Code\":\"x\"}\n\nevent: error\n:HTTP_STATUS/429\n\
                data: {\"code\":\"Throttling.User\",\"message\":\"slow\",\"request_id\":\"r-2\"}\n\n";
    let server = Server::replies([Reply::Raw(events(text))]).await;
    let keys = Credential::new("id", "secret").unwrap();
    let client = Client::<Alibaba>::builder()
        .region("cn-hangzhou")
        .endpoint(server.url().as_str())
        .credentials(StaticCredentials::new(keys))
        .build()
        .unwrap();
    let mut events = client.raw("das", "2020-01-16", "GetQueryStream").stream().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap()["Text"], "a");
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!((error.code(), error.is_throttled()), (Some("Throttling.User"), true), "{error}");
    assert_eq!(error.request_id(), Some("r-2"));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_event_that_never_ends_is_too_large() {
    for endless in
        ["data: {\"Text\":\"aaaaaaaaaaaaaaaaaaaa\"}\n", "data: aaaaaaaaaaaaaaaaaaaaaaa", ": aaaaaaaaaaaa"]
    {
        let head = format!("{HEAD}\r\ndata: {{\"Text\":\"a\"}}\n\n");
        let (seen, error) = failure(Reply::endless(&head, endless, Duration::ZERO)).await;
        assert_eq!((seen, error.kind()), (1, ErrorKind::TooLarge), "{endless:?}: {error}");
        assert!(error.message().contains("event 2 of the stream"), "{error}");
    }
    // All together they may be as many bytes as they like.
    let event = format!("data: {{\"Text\":\"{}\"}}\n\n", "x".repeat(1_000));
    assert_eq!(texts(events(event.repeat(20))).await.len(), 20);
}

#[tokio::test]
async fn a_stream_that_is_cut_off_is_an_error_and_its_half_event_is_lost() {
    let half = "data: {\"Text\":\"a\"}\n\ndata: {\"Text\":\"b\"}\n";
    let mut cut = events(format!("{half}\n"));
    cut.truncate(cut.len() - 1);
    let chunked = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{half}\r\n", half.len());
    for reply in [Reply::RawThenClose(cut), Reply::RawThenClose(chunked.clone().into())] {
        let (seen, error) = failure(reply).await;
        assert_eq!((seen, error.kind()), (1, ErrorKind::Io), "{error}");
        assert!(error.message().contains("incomplete body") && error.may_have_been_sent(), "{error}");
        assert_eq!((error.status().map(|status| status.as_u16()), error.attempts()), (Some(200), 1));
    }
    let (_, error) = failure(Reply::RawThenClose(format!("{chunked}zz\r\n").into())).await;
    assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
}

#[tokio::test]
async fn until_the_head_is_here_it_is_a_call_like_any_other() {
    let busy = ERROR.replace("FailedOperation.Busy", "RequestLimitExceeded");
    let server = Server::replies([
        Reply::json(&busy),
        Reply::status(200, "Content-Type: text/plain\r\n", &busy),
        Reply::Raw(events("data: {\"Text\":\"a\"}\n\n")),
    ])
    .await;
    let stream = open(&client(&server)).await.unwrap();
    assert_eq!(stream.attempts(), 3);
    let server = Server::replies([Reply::status(502, "", "<html>")]).await;
    let error = open(&client(&server)).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Service, 502));
    let server = Server::replies([Reply::json(ERROR)]).await;
    let error = open(&client(&server)).await.unwrap_err();
    assert_eq!((error.code(), error.request_id()), (Some("FailedOperation.Busy"), Some("r-e")));
}

#[tokio::test]
async fn one_document_in_place_of_a_stream_is_told_and_the_reverse() {
    let server = Server::replies([Reply::json(r#"{"Response":{"Text":"t","RequestId":"r-1"}}"#)]).await;
    let error = open(&client(&server)).await.unwrap_err();
    assert_eq!((error.kind(), error.request_id(), error.attempts()), (ErrorKind::Decode, Some("r-1"), 1));
    assert!(error.message().contains("one document (application/json), not a stream of events"), "{error}");

    // Streams may never end: the error comes all the same.
    let head = format!("{HEAD}\r\n");
    let server = Server::replies([Reply::endless(&head, "data: {}\n\n", Duration::from_millis(1))]).await;
    let error = client(&server).chat_completions().model("lite").send().await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Decode, 200));
    assert!(error.message().contains("stream = \"sse\""), "{error}");
    assert_eq!(server.requests().len(), 1);

    // A document that is called a stream is still the error that it is.
    let reply = Reply::status(200, "Content-Type: text/event-stream\r\n", ERROR);
    let server = Server::replies([reply]).await;
    let error = client(&server).chat_completions().model("lite").send().await.unwrap_err();
    assert_eq!(error.code(), Some("FailedOperation.Busy"), "{error}");
}

#[tokio::test]
async fn silence_ends_a_stream_and_comments_keep_it() {
    let good = "data: {\"Text\":\"a\"}\n\n";
    let server = Server::replies([Reply::RawThenStall(format!("{HEAD}\r\n{good}").into())]).await;
    let (seen, error) = all(open(&impatient(&server, 150, 50)).await.unwrap()).await;
    let error = error.unwrap();
    assert_eq!((seen.len(), error.kind()), (1, ErrorKind::Timeout));
    assert!(
        error.message().contains("no more bytes arrived within the read time limit of 150ms"),
        "between events the read limit: {error}"
    );

    // Longer than the limits of attempt and call, and slower than the stall limit allows within an event.
    let mut pieces = vec![format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n").into_bytes()];
    pieces.extend((0..8).map(|_| b"9\r\n: alive\n\n\r\n".to_vec()));
    pieces.push(format!("{:x}\r\n{good}\r\n0\r\n\r\n", good.len()).into());
    let server = Server::replies([Reply::Slowly(pieces, Duration::from_millis(60))]).await;
    let (seen, error) = all(open(&impatient(&server, 250, 20)).await.unwrap()).await;
    assert!(seen.len() == 1 && error.is_none(), "{error:?}");

    let half = format!("{HEAD}\r\n{good}data: {{");
    let server = Server::replies([Reply::RawThenStall(half.into())]).await;
    let (seen, error) = all(open(&impatient(&server, 5_000, 100)).await.unwrap()).await;
    assert_eq!(seen.len(), 1);
    assert!(error.unwrap().message().contains("stalled"), "within an event its pace");
}

#[tokio::test]
async fn the_readers_own_time_is_not_held_against_the_server() {
    let text = "data: {\"Text\":\"a\"}\n\ndata: {";
    let rest = "\"Text\":\"b\"}\n\n";
    let mut first = events(format!("{text}{rest}"));
    first.truncate(first.len() - rest.len());
    let pieces = vec![first, rest.into()];
    let server = Server::replies([Reply::Slowly(pieces, Duration::from_millis(300))]).await;
    let mut events = open(&impatient(&server, 5_000, 200)).await.unwrap();
    events.next().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert_eq!(events.next().await.unwrap().unwrap().text.as_deref(), Some("b"));
}

#[test]
fn streams_may_go_to_other_threads() {
    fn sent<T: Send + Unpin>() {}
    sent::<Events<Chat>>();
    sent::<cloudcall::stream::Download>();
}

async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..500 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("{what}");
}

#[tokio::test]
async fn a_stream_that_is_dropped_closes_its_connection_and_frees_its_place() {
    let head = format!("{HEAD}\r\n");
    let endless = move || Reply::endless(&head, "data: {\"Text\":\"a\"}\n\n", Duration::from_millis(1));
    let server = Server::start(move |_, _| endless()).await;
    let limiter = LimiterOptions::new().product("hunyuan", Limit::at_once(1));
    let total = TimeoutOptions::builder().total(Duration::from_millis(200)).build().unwrap();
    let client = builder(&server.url()).limiter(limiter).timeouts(total).build().unwrap();
    let mut events = open(&client).await.unwrap();
    events.next().await.unwrap().unwrap();
    let error = open(&client).await.unwrap_err();
    assert!(error.is_throttled(), "the stream has the only place: {error}");
    drop(events.next());
    events.next().await.unwrap().unwrap();
    drop(events);
    until("the connection is given up", || server.gone() == 1).await;
    drop(open(&client).await.unwrap());
}

#[tokio::test]
async fn after_a_whole_stream_the_connection_and_the_place_are_free() {
    let done = events("data: {\"Text\":\"a\"}\n\ndata: [DONE]\n\n");
    let server = Server::replies([Reply::Raw(done)]).await;
    let limiter = LimiterOptions::new().product("hunyuan", Limit::at_once(1));
    let client = builder(&server.url()).limiter(limiter).build().unwrap();
    let mut first = open(&client).await.unwrap();
    while let Some(event) = first.next().await {
        event.unwrap();
    }
    let (seen, error) = all(open(&client).await.unwrap()).await;
    assert!(seen.len() == 1 && error.is_none());
    let connections: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
    assert_eq!(connections, [0, 0]);
}

#[tokio::test]
async fn the_local_cloud_streams() {
    let data = [json!({ "Text": "a" }), json!({ "Text": "b" })];
    let cloud = LocalCloud::builder()
        .account("AKIDstream", "secret")
        .on("ChatCompletions", move |request| {
            assert_eq!(request.params["Stream"], true);
            LocalResponse::events(&data).pause(Duration::from_millis(1))
        })
        .on("CutOff", |_| LocalResponse::pieces("text/event-stream", ["data: {}\n\n", "data:"]).cut_off())
        .start()
        .await
        .unwrap();
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new("AKIDstream", "secret").unwrap()))
        .context(Context::system())
        .build()
        .unwrap();
    let (seen, error) = all(open(&client).await.unwrap()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(seen.iter().filter_map(|event| event.text.as_deref()).collect::<String>(), "ab");
    let mut events: Events<cloudcall::Value> =
        client.raw("hunyuan", "2023-09-01", "CutOff").stream().await.unwrap();
    assert_eq!(*events.next().await.unwrap().unwrap(), json!({}));
    assert_eq!(events.next().await.unwrap().unwrap_err().kind(), ErrorKind::Io);
    assert_eq!(cloud.count("ChatCompletions"), 1);
}

/// Responds with lines of text.
#[cloud_action(provider = "tencent", product = "hunyuan", version = "2023-09-01", response = String, stream = "sse")]
struct ChatLines {
    stream: Option<bool>,
}

#[tokio::test]
async fn data_that_is_not_json_is_read_as_text() {
    let text = "id: 1\ndata: Hello, \ndata:  world\n\ndata: {\"a\":1,\"RequestId\":\"r-1\"}\n\ndata: 1.10\n\n\
                data: \"a JSON\\ntext\"\n\ndata: <b>\n\ndata: [DONE\n\ndata: [DONE]\n\ndata: never\n\n";
    let wanted =
        ["Hello, \n world", "{\"a\":1,\"RequestId\":\"r-1\"}", "1.10", "a JSON\ntext", "<b>", "[DONE"];
    let server = Server::replies([Reply::Raw(events(text))]).await;
    let mut typed = client(&server).chat_lines().stream().await.unwrap();
    let mut raw = client(&server).raw("hunyuan", "2023-09-01", "ChatLines").stream_text().await.unwrap();
    for stream in [&mut typed, &mut raw] {
        let mut seen = Vec::new();
        while let Some(event) = stream.next().await {
            seen.push(event.unwrap().into_inner());
        }
        assert_eq!(seen, wanted);
        assert_eq!(stream.request_id(), Some("r-1"));
    }
    // An error of the service is one, whatever the type of the data.
    for event in [format!("event: error\ndata: {ERROR}\n\n"), format!("data: ok\n\ndata: {ERROR}\n\n")] {
        let server = Server::replies([Reply::Raw(events(event))]).await;
        let mut stream = client(&server).chat_lines().stream().await.unwrap();
        let mut last = stream.next().await.unwrap();
        if last.is_ok() {
            last = stream.next().await.unwrap();
        }
        assert_eq!(last.unwrap_err().code(), Some("FailedOperation.Busy"));
        assert!(stream.next().await.is_none());
    }
    // Bytes that are no text are an error, and the next event comes.
    let server = Server::replies([Reply::Raw(events(b"data: \xff\n\ndata: b\n\n"))]).await;
    let mut stream = client(&server).chat_lines().stream().await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(&**stream.next().await.unwrap().unwrap(), "b");
}

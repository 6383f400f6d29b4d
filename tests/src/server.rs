//! A raw HTTP/1.1 server on loopback: what it does with each request is the test's to say.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// Request line and headers.
    pub head: String,
    pub body: Vec<u8>,
    /// The number of the connection it came on, from 0.
    pub connection: usize,
}

impl Request {
    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// Method and target.
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1")
    }
}

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// These bytes, then the next request.
    Raw(Vec<u8>),
    /// These bytes, then the end of the connection.
    RawThenClose(Vec<u8>),
    /// These bytes, then a reset of the connection.
    RawThenReset(Vec<u8>),
    /// These bytes, then nothing for ever.
    RawThenStall(Vec<u8>),
    /// Each piece after a wait.
    Slowly(Vec<Vec<u8>>, Duration),
    /// These bytes, a wait, then the end of the connection.
    Later(Vec<u8>, Duration, End),
    /// The piece so many times after the head, then the next request. Nothing of it is kept in memory.
    Stream { head: Vec<u8>, piece: Vec<u8>, times: usize, pause: Duration },
}

/// How a connection ends.
#[derive(Debug, Clone, Copy)]
pub enum End {
    Close,
    Reset,
}

/// What the server does with a connection before it reads from it.
#[derive(Debug, Clone)]
pub enum Door {
    /// Responds to its requests.
    Open,
    /// Closes it.
    Close,
    /// Resets it.
    Reset,
    /// Says nothing, for ever.
    Silent,
    /// Says this, whatever comes, and closes it.
    Say(&'static [u8]),
}

impl Reply {
    /// A whole response.
    pub fn status(status: u16, headers: &str, body: &str) -> Self {
        Self::Raw(http(status, headers, body))
    }

    /// A whole JSON response with status 200.
    pub fn json(body: &str) -> Self {
        Self::status(200, "Content-Type: application/json\r\n", body)
    }

    /// The end of the connection without a byte.
    pub fn close() -> Self {
        Self::RawThenClose(Vec::new())
    }

    /// A reset of the connection without a byte.
    pub fn reset() -> Self {
        Self::RawThenReset(Vec::new())
    }

    /// The piece after the head, for ever.
    pub fn endless(head: &str, piece: impl Into<Vec<u8>>, pause: Duration) -> Self {
        Self::Stream { head: head.into(), piece: piece.into(), times: usize::MAX, pause }
    }

    /// Nothing, for ever.
    pub fn stall() -> Self {
        Self::RawThenStall(Vec::new())
    }
}

/// The bytes of a response with its length.
pub fn http(status: u16, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

type Script = dyn Fn(usize, &Request) -> Reply + Send + Sync;

/// What the server saw.
#[derive(Debug, Default)]
struct Seen {
    requests: Mutex<Vec<Request>>,
    connections: AtomicUsize,
    open: AtomicUsize,
    gone: AtomicUsize,
}

/// The server; it ends when dropped.
#[derive(Debug)]
pub struct Server {
    port: u16,
    secure: bool,
    seen: Arc<Seen>,
    task: JoinHandle<()>,
}

impl Server {
    /// Responds to request number `n` (from 0) as `script` says.
    pub async fn start(script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::launch(|_| Door::Open, None, script).await
    }

    /// Responds to the requests in order; the last reply repeats.
    pub async fn replies(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::start(in_order(replies)).await
    }

    /// Treats connection number `n` (from 0) as `door` says; requests get their replies in order.
    pub async fn behind(
        door: impl Fn(usize) -> Door + Send + Sync + 'static,
        replies: impl IntoIterator<Item = Reply>,
    ) -> Self {
        Self::launch(door, None, in_order(replies)).await
    }

    /// Responds over TLS, in order.
    pub async fn secure(acceptor: TlsAcceptor, replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::launch(|_| Door::Open, Some(acceptor), in_order(replies)).await
    }

    async fn launch(
        door: impl Fn(usize) -> Door + Send + Sync + 'static,
        acceptor: Option<TlsAcceptor>,
        script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, secure) = (listener.local_addr().unwrap().port(), acceptor.is_some());
        let seen = Arc::new(Seen::default());
        let (script, log): (Arc<Script>, _) = (Arc::new(script), seen.clone());
        let task = tokio::spawn(async move {
            for connection in 0.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                log.connections.fetch_add(1, Ordering::SeqCst);
                let (door, acceptor) = (door(connection), acceptor.clone());
                let (script, log) = (script.clone(), log.clone());
                tokio::spawn(async move {
                    log.open.fetch_add(1, Ordering::SeqCst);
                    receive(stream, door, acceptor, connection, script, &log).await;
                    log.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { port, secure, seen, task }
    }

    pub fn url(&self) -> String {
        format!("{}://127.0.0.1:{}", if self.secure { "https" } else { "http" }, self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.seen.requests.lock().unwrap().clone()
    }

    /// How many connections came so far, with those that brought no request.
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// How many connections are open.
    pub fn open(&self) -> usize {
        self.seen.open.load(Ordering::SeqCst)
    }

    /// How many connections the client gave up while the server was at it or stood still.
    pub fn gone(&self) -> usize {
        self.seen.gone.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn in_order(replies: impl IntoIterator<Item = Reply>) -> Box<Script> {
    let replies: Vec<_> = replies.into_iter().collect();
    Box::new(move |n, _| replies[n.min(replies.len() - 1)].clone())
}

/// A connection that can be reset.
trait Line: AsyncRead + AsyncWrite + Unpin + Send {
    fn reset(&self);
}

impl Line for TcpStream {
    fn reset(&self) {
        let _ = self.set_zero_linger();
    }
}

impl Line for TlsStream<TcpStream> {
    fn reset(&self) {
        self.get_ref().0.reset();
    }
}

async fn receive(
    mut stream: TcpStream,
    door: Door,
    acceptor: Option<TlsAcceptor>,
    connection: usize,
    script: Arc<Script>,
    seen: &Seen,
) {
    match door {
        Door::Open => {}
        Door::Close => return,
        Door::Reset => return stream.reset(),
        Door::Silent => {
            until_gone(&mut stream, seen).await;
            return;
        }
        Door::Say(bytes) => {
            let _ = stream.read(&mut [0; 1024]).await;
            let _ = stream.write_all(bytes).await;
            return;
        }
    }
    let served = match acceptor {
        None => serve(stream, connection, &script, seen).await,
        Some(acceptor) => match acceptor.accept(stream).await {
            Ok(stream) => serve(stream, connection, &script, seen).await,
            Err(_) => return,
        },
    };
    if served.is_err() {
        seen.gone.fetch_add(1, Ordering::SeqCst);
    }
}

/// Reads the request and sends no response.
async fn until_gone(stream: &mut impl Line, seen: &Seen) {
    while matches!(stream.read(&mut [0; 1024]).await, Ok(1..)) {}
    seen.gone.fetch_add(1, Ordering::SeqCst);
}

/// An error means that the client went away before it had its response.
async fn serve(
    mut stream: impl Line,
    connection: usize,
    script: &Arc<Script>,
    seen: &Seen,
) -> io::Result<()> {
    while let Some(request) = read(&mut stream, connection).await {
        let number = {
            let mut log = seen.requests.lock().unwrap();
            log.push(request.clone());
            log.len() - 1
        };
        let (bytes, after) = match script(number, &request) {
            Reply::Raw(bytes) => (bytes, After::Next),
            Reply::RawThenClose(bytes) => (bytes, After::End(End::Close)),
            Reply::RawThenReset(bytes) => (bytes, After::End(End::Reset)),
            Reply::RawThenStall(bytes) => (bytes, After::Stall),
            Reply::Slowly(pieces, wait) => {
                for piece in pieces {
                    stream.write_all(&piece).await?;
                    tokio::time::sleep(wait).await;
                }
                (Vec::new(), After::Next)
            }
            Reply::Later(bytes, wait, end) => {
                stream.write_all(&bytes).await?;
                tokio::time::sleep(wait).await;
                (Vec::new(), After::End(end))
            }
            Reply::Stream { head, piece, times, pause } => {
                stream.write_all(&head).await?;
                for _ in 0..times {
                    stream.write_all(&piece).await?;
                    if !pause.is_zero() {
                        stream.flush().await?;
                        tokio::time::sleep(pause).await;
                    }
                }
                (Vec::new(), After::Next)
            }
        };
        stream.write_all(&bytes).await?;
        stream.flush().await?;
        match after {
            After::Next => {}
            After::End(End::Close) => return Ok(()),
            After::End(End::Reset) => {
                stream.reset();
                return Ok(());
            }
            After::Stall => {
                until_gone(&mut stream, seen).await;
                return Ok(());
            }
        }
    }
    Ok(())
}

enum After {
    Next,
    End(End),
    Stall,
}

async fn read(stream: &mut impl Line, connection: usize) -> Option<Request> {
    let (mut bytes, mut piece) = (Vec::new(), [0; 16 * 1024]);
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(length) => bytes.extend_from_slice(&piece[..length]),
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut request = Request { head, body: bytes.split_off(end), connection };
    let length: usize = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    while request.body.len() < length {
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(length) => request.body.extend_from_slice(&piece[..length]),
        }
    }
    Some(request)
}

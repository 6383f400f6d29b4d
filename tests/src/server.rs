//! A raw HTTP/1.1 server on loopback: what it does with each request is the test's to say.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

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
}

impl Reply {
    /// A whole answer.
    pub fn status(status: u16, headers: &str, body: &str) -> Self {
        Self::Raw(http(status, headers, body))
    }

    /// A whole JSON answer with status 200.
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

    /// Nothing, for ever.
    pub fn stall() -> Self {
        Self::RawThenStall(Vec::new())
    }
}

/// The bytes of an answer with its length.
pub fn http(status: u16, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

type Script = dyn Fn(usize, &Request) -> Reply + Send + Sync;

/// The server; it ends when dropped.
#[derive(Debug)]
pub struct Server {
    port: u16,
    log: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Answers request number `n` (from 0) as `script` says.
    pub async fn start(script: impl Fn(usize, &Request) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (script, seen): (Arc<Script>, _) = (Arc::new(script), log.clone());
        let task = tokio::spawn(async move {
            for connection in 0.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                tokio::spawn(serve(stream, connection, script.clone(), seen.clone()));
            }
        });
        Self { port, log, task }
    }

    /// Answers the requests in order; the last reply repeats.
    pub async fn replies(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<_> = replies.into_iter().collect();
        Self::start(move |n, _| replies[n.min(replies.len() - 1)].clone()).await
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, connection: usize, script: Arc<Script>, log: Arc<Mutex<Vec<Request>>>) {
    while let Some(request) = read(&mut stream, connection).await {
        let number = {
            let mut log = log.lock().unwrap();
            log.push(request.clone());
            log.len() - 1
        };
        let (bytes, after) = match script(number, &request) {
            Reply::Raw(bytes) => (bytes, After::Next),
            Reply::RawThenClose(bytes) => (bytes, After::Close),
            Reply::RawThenReset(bytes) => (bytes, After::Reset),
            Reply::RawThenStall(bytes) => (bytes, After::Stall),
            Reply::Slowly(pieces, wait) => {
                for piece in pieces {
                    if stream.write_all(&piece).await.is_err() {
                        return;
                    }
                    tokio::time::sleep(wait).await;
                }
                (Vec::new(), After::Next)
            }
        };
        if stream.write_all(&bytes).await.is_err() {
            return;
        }
        match after {
            After::Next => {}
            After::Close => return,
            After::Reset => {
                let _ = stream.set_zero_linger();
                return;
            }
            After::Stall => {
                // Ends when the peer gives the connection up.
                let _ = stream.read(&mut [0; 64]).await;
                return;
            }
        }
    }
}

enum After {
    Next,
    Close,
    Reset,
    Stall,
}

async fn read(stream: &mut TcpStream, connection: usize) -> Option<Request> {
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

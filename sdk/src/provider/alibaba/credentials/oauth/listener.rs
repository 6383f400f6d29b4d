//! The page on this machine to which the browser returns.

use std::io::{ErrorKind, Read, Result, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

use http::Uri;
use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use tokio::sync::oneshot;

/// Browsers open connections that they do not use.
const READ_LIMIT: Duration = Duration::from_secs(1);
const POLL: Duration = Duration::from_millis(20);
/// The head of a request, in bytes.
const HEAD_CAP: usize = 16 * 1024;
const PATH: &str = "/cli/callback";

/// What the browser brought back.
pub(super) enum Returned {
    Code(SecretString),
    /// The service refused, for this reason.
    Refused(String),
    /// The browser came from another sign-in.
    OtherState,
}

/// A listener on a port of the loopback interface.
pub(super) struct Listener {
    socket: TcpListener,
    port: u16,
}

impl Listener {
    /// Takes the first port that is free.
    pub(super) fn bind(ports: impl IntoIterator<Item = u16>) -> Result<Self> {
        let mut error = ErrorKind::AddrInUse.into();
        for port in ports {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                Ok(socket) => {
                    socket.set_nonblocking(true)?;
                    let port = socket.local_addr()?.port();
                    return Ok(Self { socket, port });
                }
                Err(failure) => error = failure,
            }
        }
        Err(error)
    }

    /// The address to which the browser returns.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}{PATH}", self.port)
    }

    /// Waits for the browser, on a thread that ends when the caller gives up.
    pub(super) async fn returned(self, state: String) -> Result<Returned> {
        let (send, receive) = oneshot::channel();
        let thread = std::thread::Builder::new().name("cloudcall-sign-in".to_owned());
        thread.spawn(move || serve(&self.socket, &state, send))?;
        receive.await.map_err(|_| std::io::Error::other("the thread that waits for the browser has ended"))
    }
}

fn serve(socket: &TcpListener, state: &str, send: oneshot::Sender<Returned>) {
    while !send.is_closed() {
        match socket.accept() {
            Ok((stream, _)) => {
                if let Ok(Some(returned)) = answer(stream, state) {
                    let _ = send.send(returned);
                    return;
                }
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(POLL),
            // A connection that broke before it was accepted.
            Err(_) => std::thread::sleep(POLL),
        }
    }
}

/// Reads a request and responds to it. `None` for anything that is not the return of the browser.
fn answer(mut stream: TcpStream, state: &str) -> Result<Option<Returned>> {
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(READ_LIMIT))?;
    stream.set_write_timeout(Some(READ_LIMIT))?;
    respond(&mut stream, state)
}

fn respond(stream: &mut (impl Read + Write), state: &str) -> Result<Option<Returned>> {
    let returned = returned(&head(stream)?, state);
    let (status, text) = match &returned {
        None => ("404 Not Found", "There is nothing here."),
        Some(Returned::Code(_)) => ("200 OK", "You are signed in. You can close this page."),
        Some(_) => ("400 Bad Request", "The sign-in failed. The program tells the reason."),
    };
    // Nothing of the request is repeated.
    let page = format!("<!doctype html><meta charset=utf-8><title>{status}</title><p>{text}</p>");
    let length = page.len();
    let response = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n{page}"
    );
    // What the browser brought counts, also if it did not wait for the page.
    let _ = stream.write_all(response.as_bytes()).and_then(|()| stream.flush());
    Ok(returned)
}

/// The head of a request, which fits into few packets.
fn head(stream: &mut impl Read) -> Result<String> {
    let (mut head, mut piece) = (Vec::new(), [0; 4096]);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut piece)?;
        head.extend_from_slice(piece.get(..read).unwrap_or_default());
        if read == 0 || head.len() > HEAD_CAP {
            return Err(ErrorKind::InvalidData.into());
        }
    }
    String::from_utf8(head).map_err(|_| ErrorKind::InvalidData.into())
}

fn returned(head: &str, state: &str) -> Option<Returned> {
    let target = head.strip_prefix("GET ")?.split(' ').next()?;
    let uri: Uri = target.parse().ok()?;
    if uri.path() != PATH {
        return None;
    }
    let query = uri.query().unwrap_or_default();
    let value = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let value = pairs.into_iter().find(|(known, _)| *known == name)?.1.replace('+', " ");
        let plain = percent_decode_str(&value).decode_utf8().ok()?.into_owned();
        Some(plain).filter(|plain| !plain.is_empty())
    };
    if value("state").as_deref() != Some(state) {
        return Some(Returned::OtherState);
    }
    match value("code") {
        Some(code) => Some(Returned::Code(SecretString::from(code))),
        None => Some(Returned::Refused(value("error").unwrap_or_else(|| "it sent no code".to_owned()))),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn read(target: &str) -> Option<Returned> {
        returned(&format!("GET {target} HTTP/1.1\r\nHost: h\r\n\r\n"), "s 1")
    }

    /// A browser that is gone after it sent this request.
    struct Gone(&'static [u8]);

    impl Read for Gone {
        fn read(&mut self, piece: &mut [u8]) -> Result<usize> {
            self.0.read(piece)
        }
    }

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> Result<usize> {
            Err(ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_code_counts_although_the_browser_does_not_wait_for_the_page() {
        let mut browser = Gone(b"GET /cli/callback?code=a&state=s HTTP/1.1\r\nHost: h\r\n\r\n");
        let Ok(Some(Returned::Code(code))) = respond(&mut browser, "s") else { panic!("no code") };
        assert_eq!(code.expose_secret(), "a");
    }

    #[test]
    fn a_code_counts_only_with_the_state() {
        let Some(Returned::Code(code)) = read("/cli/callback?code=a%2Fb&state=s+1") else {
            panic!("no code")
        };
        assert_eq!(code.expose_secret(), "a/b");
        for other in ["/cli/callback", "/cli/callback?code=a", "/cli/callback?code=a&state=s2"] {
            assert!(matches!(read(other), Some(Returned::OtherState)), "{other}");
        }
        let refused = read("/cli/callback?state=s%201&error=access_denied");
        assert!(matches!(refused, Some(Returned::Refused(reason)) if reason == "access_denied"));
        let empty = read("/cli/callback?state=s%201&code=");
        assert!(matches!(empty, Some(Returned::Refused(reason)) if reason == "it sent no code"));
        for other in ["/favicon.ico", "/", "*", "/cli/callback/x?code=a&state=s+1"] {
            assert!(read(other).is_none(), "{other}");
        }
        assert!(returned("POST /cli/callback?code=a&state=s+1 HTTP/1.1\r\n\r\n", "s 1").is_none());
    }
}

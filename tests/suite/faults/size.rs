//! Rows 31 to 34: endless responses, and responses that grow when they are decompressed. Each measures the memory of a process of
//! its own; the server, in the same process, keeps nothing of what it sends.

use std::io::Write as _;

use cloudcall_tests::server::{Reply, Server};
use flate2::{Compress, Compression, FlushCompress};

use super::*;

const MIB: usize = 1024 * 1024;

/// Memory of this process, in bytes: `VmRSS` has what it has now, `VmHWM` the most it had. Only Linux tells.
fn memory(name: &str) -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? * 1024)
}

/// The call ends with `kind` after one attempt, and its client takes no more than the cap (of 32 MiB, unless it is said
/// otherwise) and 16 MiB.
async fn bounded_memory(what: &str, reply: Reply, kind: ErrorKind) {
    let server = Server::replies([Reply::json(OK), reply]).await;
    let client = client(&server, &FakeTime::at(NOW));
    call(&client, Read).await.unwrap();
    // The most is counted from here on. Where that is refused, the most of before counts too.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = memory("VmRSS");
    let start = Instant::now();
    let error = call(&client, Read).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), server.requests().len()), (kind, 1, 2), "{what}: {error}");
    if let (Some(before), Some(after)) = (before, memory("VmHWM")) {
        let grown = after.saturating_sub(before);
        println!("{what}: {} KiB more at most, {:?}", grown / 1024, start.elapsed());
        assert!(grown < HttpOptions::default().max_body_bytes + 16 * MIB, "{what}: {grown} bytes");
    }
    soon("the connection is given up", || server.open() == 0).await;
}

fn chunked(piece: &[u8]) -> Vec<u8> {
    let mut chunk = format!("{:x}\r\n", piece.len()).into_bytes();
    chunk.extend_from_slice(piece);
    chunk.extend_from_slice(b"\r\n");
    chunk
}

const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

#[tokio::test]
async fn row_31_big_json() {
    if elsewhere(module_path!(), "row_31_big_json", &[]) {
        return;
    }
    let total = 200 * MIB;
    let piece = vec![b'1'; 64 * 1024];
    let announced = Reply::Stream {
        head: format!("HTTP/1.1 200 OK\r\nContent-Length: {total}\r\n\r\n").into(),
        piece: piece.clone(),
        times: total / piece.len(),
        pause: Duration::ZERO,
    };
    bounded_memory("announced", announced, ErrorKind::TooLarge).await;
    let times = total / piece.len();
    let piece = chunked(&piece);
    let chunks = Reply::Stream { head: CHUNKED.into(), piece, times, pause: Duration::ZERO };
    bounded_memory("in chunks", chunks, ErrorKind::TooLarge).await;
}

/// Head, repeated piece and number of pieces of a gzip member of 1 GiB of zeros.
fn bomb() -> (Vec<u8>, Vec<u8>, usize) {
    let mut deflate = Compress::new(Compression::best(), false);
    let (zeros, mut piece) = (vec![0; MIB], Vec::with_capacity(64 * 1024));
    // A full flush ends on a byte and forgets what was before: the piece can be said again and again.
    deflate.compress_vec(&zeros, &mut piece, FlushCompress::Full).unwrap();
    assert_eq!(deflate.total_in(), MIB as u64);
    (vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], piece, 1024)
}

/// As many layers are undone as the header names. What is below one layer is no JSON, and ends as `Decode`.
#[tokio::test]
async fn row_32_gzip_bomb() {
    if elsewhere(module_path!(), "row_32_gzip_bomb", &[]) {
        return;
    }
    let (member, piece, times) = bomb();
    let mut head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n{}", &CHUNKED[17..]).into_bytes();
    head.extend(chunked(&member));
    let once = Reply::Stream { head, piece: chunked(&piece), times, pause: Duration::ZERO };
    bounded_memory("one layer", once, ErrorKind::TooLarge).await;

    let mut outer = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
    outer.write_all(&member).unwrap();
    for _ in 0..times {
        outer.write_all(&piece).unwrap();
    }
    let packed = outer.finish().unwrap();
    for (encoding, kind) in [
        ("gzip", ErrorKind::Decode),
        ("gzip, gzip", ErrorKind::TooLarge),
        ("gzip\r\nContent-Encoding: gzip", ErrorKind::TooLarge),
    ] {
        let mut response = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n").into_bytes();
        response.extend(format!("Content-Length: {}\r\nConnection: close\r\n\r\n", packed.len()).bytes());
        response.extend(&packed);
        bounded_memory("two layers", Reply::RawThenClose(response), kind).await;
    }
}

#[tokio::test]
async fn row_33_endless_body_endless_and_huge_and_many_headers() {
    if elsewhere(module_path!(), "row_33_endless_body_endless_and_huge_and_many_headers", &[]) {
        return;
    }
    let at_once = Duration::ZERO;
    let body = Reply::endless(CHUNKED, chunked(&[b' '; 16 * 1024]), at_once);
    bounded_memory("endless body", body, ErrorKind::TooLarge).await;
    let until_close = Reply::endless("HTTP/1.1 200 OK\r\n\r\n", [b' '; 16 * 1024], at_once);
    bounded_memory("endless body without a length", until_close, ErrorKind::TooLarge).await;
    let headers = Reply::endless("HTTP/1.1 200 OK\r\n", "X-Name: some value\r\n".repeat(64), at_once);
    bounded_memory("endless headers", headers, ErrorKind::TooLarge).await;
    let header = Reply::endless("HTTP/1.1 200 OK\r\nX-Name: ", [b'x'; 16 * 1024], at_once);
    bounded_memory("a header without end", header, ErrorKind::TooLarge).await;
    let huge = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nX-Name: {}\r\n", "x".repeat(2 * MIB));
    let huge = format!("{huge}Content-Length: {}\r\n\r\n{OK}", OK.len());
    bounded_memory("a huge header", Reply::RawThenClose(huge.into()), ErrorKind::TooLarge).await;
    let many: String = (0..10_000).map(|n| format!("X-Name-{n}: v\r\n")).collect();
    let many = format!("HTTP/1.1 200 OK\r\n{many}Content-Length: {}\r\n\r\n{OK}", OK.len());
    bounded_memory("many headers", Reply::RawThenClose(many.into()), ErrorKind::TooLarge).await;
}

#[tokio::test]
async fn row_34_gzip_corrupt() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(OK.as_bytes()).unwrap();
    let good = gzip.finish().unwrap();
    let response = |body: &[u8]| {
        let head =
            format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", body.len());
        Reply::Raw([head.as_bytes(), body].concat())
    };
    let server = Server::replies([response(&good)]).await;
    assert_eq!(call(&client(&server, &FakeTime::at(NOW)), Read).await.unwrap()["Zone"], "z");
    let flipped = |at: usize| {
        let mut bad = good.clone();
        bad[at] ^= 0x55;
        bad
    };
    // The magic, the data, the checksum, the length; cut short; not gzip at all.
    let end = good.len();
    for bad in
        [flipped(0), flipped(12), flipped(end - 7), flipped(end - 2), good[..end - 12].to_vec(), OK.into()]
    {
        let (error, requests) = failure(&Server::replies([response(&bad)]).await, Write).await;
        assert_eq!((error.kind(), error.attempts(), requests), (ErrorKind::Decode, 1, 1), "{error}");
        assert!(error.may_have_been_sent());
    }
    // The connection breaks while there is still something to unpack.
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {end}\r\n\r\n");
    for end in [Reply::RawThenClose, Reply::RawThenReset] {
        let server = Server::replies([end([head.as_bytes(), &good[..30]].concat())]).await;
        let (error, requests) = failure(&server, Read).await;
        assert_eq!((error.kind(), error.attempts(), requests), (ErrorKind::Io, 3, 3), "{error}");
    }
}

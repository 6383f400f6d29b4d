//! Compression on the wire: downloads and ordinary calls read the same codings.

use cloudcall::http::header::CONTENT_ENCODING;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn encoded(headers: &str, body: &[u8]) -> Reply {
    Reply::Raw(whole(headers, body))
}

#[tokio::test]
async fn every_member_and_every_name_of_gzip_is_read() {
    let (text, half) = (b"{\"a\":\"first half\\nsecond half\\n\"}", 14);
    let (one, two) = (gzip(&text[..half]), gzip(&text[half..]));
    let both = [&one[..], &two].concat();
    for (headers, body) in [
        ("Content-Encoding: gzip\r\n", both.clone()),
        ("Content-Encoding: GZIP\r\n", both.clone()),
        ("Content-Encoding: x-gzip\r\n", gzip(text)),
        ("content-encoding: GZip , identity\r\n", gzip(text)),
        ("Content-Encoding: identity\r\n", text.to_vec()),
        ("Content-Encoding: gzip, gzip\r\n", gzip(&both)),
        ("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n", gzip(&both)),
        ("Content-Encoding: gzip\r\n", [&both[..], &[0; 100]].concat()),
        ("Content-Encoding: gzip\r\n", [&one[..], &[0; 5], &two, b"garbage"].concat()),
    ] {
        let server = Server::replies([encoded(headers, &body)]).await;
        let download = download(&server).await.unwrap();
        assert!(!download.headers().contains_key(CONTENT_ENCODING), "{headers}");
        let (bytes, error) = read(download).await;
        assert!(error.is_none() && bytes == text, "{headers}: {error:?}");
        let value = call(&client(&server)).invoke().await.unwrap();
        assert_eq!(value["a"], "first half\nsecond half\n", "{headers}");
    }
}

#[tokio::test]
async fn a_member_that_is_cut_off_is_an_error() {
    let text = document(400);
    let both = [gzip(&text), gzip(&text)].concat();
    for cut in [both.len() - 1, both.len() - 9, both.len() / 2 + 5, both.len() / 2 - 3, 1] {
        let server = Server::replies([encoded("Content-Encoding: gzip\r\n", &both[..cut])]).await;
        let folder = Folder::new("cut-gzip");
        let error = download(&server).await.unwrap().to_file(folder.file()).await.unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Decode, 1), "{cut}: {error}");
        assert_eq!(folder.settled().await, b"old");
        let error = call(&client(&server)).invoke().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{cut}: {error}");
    }
}

#[tokio::test]
async fn the_size_limit_counts_what_was_decoded_in_each_layer() {
    let bomb = gzip(&gzip(&vec![b' '; 100 << 20]));
    let server = Server::replies([encoded("Content-Encoding: gzip, gzip\r\n", &bomb)]).await;
    let error = call(&client(&server)).invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
    let server = Server::replies([encoded("Content-Encoding: gzip,gzip,gzip,gzip,gzip\r\n", &bomb)]).await;
    let error = call(&client(&server)).invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
}

#[tokio::test]
async fn another_coding_is_left_as_it_is_and_named() {
    let server = Server::replies([encoded("Content-Encoding: br\r\n", b"not read here")]).await;
    let download = download(&server).await.unwrap();
    assert_eq!((&download.headers()[CONTENT_ENCODING], download.len()), (&"br".parse().unwrap(), None));
    assert_eq!(read(download).await.0, b"not read here");
    let server = Server::replies([encoded("Content-Encoding: br\r\n", b"\xff\xfe\x00")]).await;
    let error = call(&client(&server)).invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    assert!(error.message().contains("compressed as `br`"), "{error}");
}

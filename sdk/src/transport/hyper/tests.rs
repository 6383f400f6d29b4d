use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::options::Proxies;

#[tokio::test]
async fn time_limits_of_a_connection_may_be_endless() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        for _ in 0..2 {
            let _ = stream.read(&mut [0; 4_096]).await;
            stream.write_all(b"HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        }
    });
    let options = HttpOptions {
        pool_idle_timeout: Duration::MAX,
        connect_timeout: Duration::MAX,
        proxies: Proxies::None,
        ..HttpOptions::default()
    };
    let transport = HyperTransport::new(&options).unwrap();
    for _ in 0..2 {
        let request = http::Request::get(format!("http://{address}/")).body(Bytes::new()).unwrap();
        let mut response = transport.send(request).await.unwrap();
        assert!(futures_util::StreamExt::next(response.body_mut()).await.is_none());
        tokio::task::yield_now().await;
    }
}

//! The server of all contenders, a process of its own: it answers as each cloud would, and checks no signature.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// What the control requests set and read.
#[derive(Default)]
struct State {
    connections: AtomicUsize,
    /// Answers wait until so many requests are here; 0 when none waits.
    hold: AtomicUsize,
    arrived: AtomicUsize,
    release: Notify,
}

struct Answers {
    tencent: [String; 2],
    huawei: String,
    alibaba: String,
    sts: String,
}

fn http(kind: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn instances(count: usize) -> String {
    let one = |n: usize| {
        format!(
            r#"{{"InstanceId":"ins-{n:08}","InstanceName":"a web server, number {n}","InstanceType":"S5.MEDIUM4","Memory":4,"PrivateIpAddresses":["10.0.{}.{}"],"CreatedTime":"2024-01-02T03:04:05Z","Zone":"ap-guangzhou-3","ExtraField":{{"A":[1,2,3]}}}}"#,
            n / 250,
            n % 250
        )
    };
    let all: Vec<_> = (0..count).map(one).collect();
    format!(
        r#"{{"Response":{{"TotalCount":{count},"InstanceSet":[{}],"RequestId":"b5b41468-520d-4192-b42f-595cc34b6c1c"}}}}"#,
        all.join(",")
    )
}

impl Answers {
    fn new() -> Self {
        let json = "application/json";
        Self {
            tencent: [http(json, &instances(1)), http(json, &instances(900))],
            huawei: http(json, r#"{"vpcs":[{"id":"v-1","name":"front","cidr":"10.0.0.0/8","status":"OK"}]}"#),
            alibaba: http(
                json,
                r#"{"Regions":{"Region":[{"RegionId":"cn-hangzhou","LocalName":"Hangzhou","RegionEndpoint":"ecs.aliyuncs.com"}]},"RequestId":"b5b41468-520d-4192-b42f-595cc34b6c1c"}"#,
            ),
            sts: http(
                "text/xml",
                "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
                 <Arn>arn:aws:iam::123456789012:user/a</Arn><UserId>AIDA1</UserId><Account>123456789012</Account>\
                 </GetCallerIdentityResult><ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId>\
                 </ResponseMetadata></GetCallerIdentityResponse>",
            ),
        }
    }

    fn of(&self, head: &str, body: &[u8]) -> &str {
        if body.windows(17).any(|part| part == b"GetCallerIdentity") {
            &self.sts
        } else if head.starts_with("GET /v1/") {
            &self.huawei
        } else if head.contains("2014-05-26") {
            &self.alibaba
        } else {
            let [small, large] = &self.tencent;
            if body.ends_with(b"100}") { large } else { small }
        }
    }
}

/// One whole request from `bytes`, as its head and where its body ends.
fn whole(bytes: &[u8]) -> Option<(usize, usize)> {
    let head = bytes.windows(4).position(|part| part == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(bytes.get(..head)?).ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let end = head + length.unwrap_or(0);
    (bytes.len() >= end).then_some((head, end))
}

async fn answer(state: &State, answers: &Answers, head: &str, body: &[u8]) -> String {
    if let Some(hold) = head.strip_prefix("GET /control/hold/") {
        let count = hold.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0);
        state.arrived.store(0, Ordering::SeqCst);
        state.hold.store(count, Ordering::SeqCst);
        return http("text/plain", "");
    }
    if head.starts_with("GET /control/connections") {
        // The asking connection is one of them.
        return http("text/plain", &(state.connections.load(Ordering::SeqCst) - 1).to_string());
    }
    let hold = state.hold.load(Ordering::SeqCst);
    if hold > 0 {
        let released = state.release.notified();
        tokio::pin!(released);
        released.as_mut().enable();
        if state.arrived.fetch_add(1, Ordering::SeqCst) + 1 == hold {
            state.hold.store(0, Ordering::SeqCst);
            state.release.notify_waiters();
        } else {
            released.await;
        }
    }
    answers.of(head, body).to_owned()
}

async fn connection(mut stream: TcpStream, state: Arc<State>, answers: Arc<Answers>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut bytes, mut piece) = (Vec::new(), [0; 4_096]);
    loop {
        let Some((head, end)) = whole(&bytes) else {
            match stream.read(&mut piece).await? {
                0 => return Ok(()),
                length => bytes.extend_from_slice(&piece[..length]),
            }
            continue;
        };
        let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
        let answer = answer(&state, &answers, &text, &bytes[head..end]).await;
        stream.write_all(answer.as_bytes()).await?;
        bytes.drain(..end);
    }
}

/// Serves at as many ports, until the process is ended; the first line of output is the ports.
pub async fn serve(ports: usize) -> std::io::Result<()> {
    let (state, answers) = (Arc::<State>::default(), Arc::new(Answers::new()));
    let mut listeners = JoinSet::new();
    let mut bound = Vec::with_capacity(ports);
    for _ in 0..ports {
        let socket = TcpSocket::new_v4()?;
        socket.bind(([127, 0, 0, 1], 0).into())?;
        let listener = socket.listen(16_384)?;
        bound.push(listener.local_addr()?.port().to_string());
        listeners.spawn(accept(listener, state.clone(), answers.clone()));
    }
    println!("{}", bound.join(" "));
    while let Some(ended) = listeners.join_next().await {
        ended??;
    }
    Ok(())
}

async fn accept(listener: TcpListener, state: Arc<State>, answers: Arc<Answers>) -> std::io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        state.connections.fetch_add(1, Ordering::SeqCst);
        tokio::spawn(connection(stream, state.clone(), answers.clone()));
    }
}

/// The server as a child, ended with this value.
pub struct Server {
    child: Child,
    /// Where it listens, such as `http://127.0.0.1:4321`; as many as were asked for.
    pub urls: Vec<String>,
}

impl Server {
    /// A server at one port.
    pub fn start() -> std::io::Result<Self> {
        Self::with_ports(1)
    }

    /// A server at as many ports, which a client takes for as many hosts.
    pub fn with_ports(ports: usize) -> std::io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut child = command.args(["--serve", &ports.to_string()]).stdout(Stdio::piped()).spawn()?;
        let mut bound = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut bound)?;
        }
        let urls = bound.split_whitespace().map(|port| format!("http://127.0.0.1:{port}")).collect();
        Ok(Self { child, urls })
    }

    /// Where it listens first.
    pub fn url(&self) -> &str {
        self.urls.first().map_or("", String::as_str)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

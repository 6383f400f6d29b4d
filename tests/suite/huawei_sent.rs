//! What is signed is what is sent, for parameters nobody would think of.

use std::time::{Duration, UNIX_EPOCH};

use cloudcall::action::{ActionInfo, Fields, Param, ParamLocation};
use cloudcall::credential::Credential;
use cloudcall::http::Method;
use cloudcall::provider::huawei::signer::Canonical;
use cloudcall::provider::{Provider, SignInput};
use cloudcall::transport::HttpRequest;
use cloudcall::{Error, ErrorKind, Huawei};
use percent_encoding::percent_decode_str;

/// A small generator: the same cases in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    /// Up to eight characters, most of them awkward.
    fn text(&mut self) -> String {
        const PIECES: [&str; 36] = [
            "a",
            "B",
            "9",
            "~",
            "-",
            "_",
            ".",
            "..",
            "/",
            "\\",
            "%",
            "%2F",
            "%2e",
            "+",
            " ",
            "&",
            "=",
            "?",
            "#",
            "{",
            "}",
            "{project_id}",
            "'",
            "\"",
            "<",
            "|",
            "^",
            ";",
            ":",
            "@",
            ",",
            "*",
            "云",
            "é",
            "🚀",
            "\u{0}",
        ];
        (0..self.roll(9)).map(|_| PIECES[self.roll(PIECES.len())]).collect()
    }
}

fn sign(action: &ActionInfo, fields: Fields) -> Result<HttpRequest, Error> {
    let cloud = Huawei::default();
    let parts = cloud.encode(action, fields, [7; 16])?;
    let endpoint = "https://vpc.cn-north-4.myhuaweicloud.com".parse()?;
    let keys = Credential::new("AK", "SK")?.with_project_id("p-1");
    let input = SignInput::new(action, &parts, &endpoint, UNIX_EPOCH + Duration::from_secs(1_709_194_530))
        .credential(&keys);
    cloud.sign(&input)
}

/// The path and the query that the signature covers.
fn signed(request: &HttpRequest, keys: &Credential) -> (String, String) {
    let canonical = Canonical {
        method: request.method().as_str(),
        path: request.uri().path(),
        query: request.uri().query().unwrap_or_default(),
        headers: request.headers(),
        body: request.body(),
        region: "",
        service: "",
    };
    let steps = canonical.steps(Default::default(), keys).unwrap();
    assert_eq!(request.headers()["authorization"], steps.authorization);
    let mut lines = steps.canonical_request.split('\n').skip(1);
    (lines.next().unwrap().to_owned(), lines.next().unwrap().to_owned())
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

#[test]
fn random_parameters_arrive_as_they_were_given() {
    let (mut dice, mut refused) = (Dice(0x2545_f491_4f6c_dd1d), 0);
    let keys = Credential::new("AK", "SK").unwrap();
    let action =
        ActionInfo::new("vpc", "v1", "List").with_method(Method::GET).with_path("/v1/{project_id}/x/{id}/y");
    for round in 0..4000 {
        let id = dice.text();
        let mut given: Vec<(String, String)> =
            (0..dice.roll(5)).map(|_| (dice.text(), dice.text())).collect();
        if let (Some((name, _)), 0) = (given.first().cloned(), dice.roll(3)) {
            given.push((name, dice.text()));
        }
        let mut fields = Fields::new();
        fields.put(&Param::new("id").place(ParamLocation::Path), &id).unwrap();
        for (name, value) in &given {
            fields.put(&Param::dynamic(name).place(ParamLocation::Query), value).unwrap();
        }
        let request = match sign(&action, fields) {
            Ok(request) => request,
            Err(error) => {
                assert!(matches!(id.as_str(), "" | "." | ".."), "{round}: {id:?}: {error}");
                refused += 1;
                continue;
            }
        };
        let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
        let segments: Vec<_> = path.split('/').collect();
        assert_eq!(segments[..4], ["", "v1", "p-1", "x"], "{round}: {path}");
        assert_eq!((decoded(segments[4]), segments[5], segments.len()), (id, "y", 6), "{round}: {path}");
        let (signed_path, signed_query) = signed(&request, &keys);
        assert_eq!(signed_query, query, "{round}");
        assert_eq!(decoded(&signed_path), format!("{}/", decoded(path)), "{round}");
        let mut sent: Vec<_> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (decoded(name), decoded(value)))
            .collect();
        assert!(sent.is_sorted(), "{round}: {query}");
        given.sort();
        sent.sort();
        assert_eq!(sent, given, "{round}");
    }
    assert!(refused > 50, "the dice never showed a path that must be refused");
}

/// The URL library of the transport must leave path and query alone.
#[tokio::test]
async fn the_transport_takes_every_address_as_it_is() {
    use cloudcall::transport::HttpSend;
    use cloudcall_tests::transport::Transport;
    let transport = Transport::new(&Default::default()).unwrap();
    let mut dice = Dice(0x1234_5678_9abc_def1);
    let action = ActionInfo::new("vpc", "v1", "List").with_method(Method::GET).with_path("/v1/云 x|y/{id}");
    for _ in 0..200 {
        let mut fields = Fields::new();
        let id = dice.text();
        fields.put(&Param::new("id").place(ParamLocation::Path), &id).unwrap();
        fields.put(&Param::dynamic(dice.text()).place(ParamLocation::Query), &dice.text()).unwrap();
        let Ok(mut request) = sign(&action, fields) else { continue };
        // Nothing listens there: whether the address is taken shows before.
        let address = format!("http://127.0.0.1:1{}", request.uri().path_and_query().unwrap());
        *request.uri_mut() = address.parse().unwrap();
        let error = transport.send(request).await.unwrap_err();
        assert_ne!(error.kind, ErrorKind::Config, "{address}: {error}");
    }
}

#[test]
fn headers_cannot_smuggle() {
    let action = ActionInfo::new("vpc", "v1", "List").with_method(Method::GET).with_path("/v1/x");
    let with = |name: &str, value: &str| {
        let mut fields = Fields::new();
        fields.put(&Param::dynamic(name).place(ParamLocation::Header), value).unwrap();
        sign(&action, fields)
    };
    for value in ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "\u{7f}"] {
        assert_eq!(with("X-Note", value).unwrap_err().kind(), ErrorKind::Config, "{value:?}");
    }
    for name in ["X-A\r\nX-B", "X A", "X:A", "", "云", "connection", "content-length", "transfer-encoding"] {
        assert_eq!(with(name, "v").unwrap_err().kind(), ErrorKind::Config, "{name:?}");
    }
    let request = with("X-Note", " 云 é ").unwrap();
    assert_eq!(request.headers()["x-note"].as_bytes(), "云 é".as_bytes());
    assert!(request.headers()["authorization"].to_str().unwrap().contains(";x-note;"));
    for value in ["a b", "https://evil.example.com", "h/x", "h:99999", ""] {
        assert_eq!(with("Host", value).unwrap_err().kind(), ErrorKind::Config, "{value:?}");
    }
    // An id with a line end.
    let keys = Credential::new("AK", "SK").unwrap().with_project_id("p\r\nX-Evil: 1");
    let cloud = Huawei::default();
    let parts = cloud.encode(&action, Fields::new(), [0; 16]).unwrap();
    let endpoint = "https://h.example.com".parse().unwrap();
    let input = SignInput::new(&action, &parts, &endpoint, UNIX_EPOCH).credential(&keys);
    assert!(cloud.sign(&input).unwrap_err().message().contains("control character"));
}

/// As the vendor's SDK does: it sends a declared `Authorization` in place of a signature, and signs a declared `Host`.
#[test]
fn declared_headers_stand_in_for_ours() {
    let action = ActionInfo::new("iam", "v3", "CreateUnscopedTokenWithIdToken")
        .with_method(Method::POST)
        .with_path("/v3/OS-FEDERATION/auth");
    let with = |name: &'static str, value: &str| {
        let mut fields = Fields::new();
        fields.put(&Param::new(name).place(ParamLocation::Header), value).unwrap();
        sign(&action, fields).unwrap()
    };
    let request = with("Authorization", "Bearer id-token");
    assert_eq!(request.headers()["authorization"], "Bearer id-token");
    assert!(request.headers()["authorization"].is_sensitive());
    assert!(!request.headers().contains_key("x-sdk-date"), "nothing is signed");
    assert!(!format!("{request:?}").contains("id-token"));
    let request = with("Host", "bucket.obs.example.com");
    assert_eq!(request.headers()["host"], "bucket.obs.example.com");
    assert_ne!(request.uri().host(), Some("bucket.obs.example.com"), "it goes to the endpoint");
    let signature = request.headers()["authorization"].to_str().unwrap();
    assert!(signature.starts_with("SDK-HMAC-SHA256 Access=") && signature.contains(";host;"), "{signature}");
}

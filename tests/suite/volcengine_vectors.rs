//! The vectors of Volcengine: signatures, error responses and endpoints, every value of every row.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use cloudcall::action::ActionInfo;
use cloudcall::context::{Context, Env, ReadFile};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::{Value, json};
use cloudcall::provider::Provider;
use cloudcall::provider::volcengine::{Cloud, Resolver, ServiceHosts, Site};
use cloudcall::retry::RetryPolicy;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Client, Error, ErrorKind, Volcengine, async_trait, http};

const SIGNATURES: &str = include_str!("../vectors/volcengine.jsonl");

/// The row as the tool gets it: nothing in `expected` but a body whose spelling is that of the vendor's JSON writer.
fn blanked(line: &str, row: &Value) -> String {
    let end = line.rfind(", \"expected\": ").unwrap();
    let json = row["input"]["content"] == "json";
    let kept = if json { json!({ "body": row["expected"]["body"] }) } else { json!({}) };
    format!("{}, \"expected\": {kept}}}", &line[..end])
}

/// Names of headers count without case.
fn lower(headers: &Value) -> BTreeMap<String, Value> {
    headers.as_object().unwrap().iter().map(|(name, value)| (name.to_lowercase(), value.clone())).collect()
}

#[test]
fn every_value_of_every_signature_is_computed_from_its_input() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for line in SIGNATURES.lines() {
        let row: Value = cloudcall::json::from_str(line).unwrap();
        let (computed, done) = cloudcall_cli::sign::line(&blanked(line, &row));
        assert!(done, "{computed}");
        for (key, wanted) in row["expected"].as_object().unwrap() {
            let equal = match key.as_str() {
                "headers" => lower(&computed[key]) == lower(wanted),
                _ => computed[key] == *wanted,
            };
            if !equal {
                wrong.push(format!("{} {key}: wanted {wanted}, found {}", row["id"], computed[key]));
            }
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(count, 96);
}

#[test]
fn the_canonical_request_of_the_vendors_help_pages_is_computed() {
    use sha2::Digest as _;
    let published = |row: &Value| row["input"]["published_canonical_sha256"].as_str().map(str::to_owned);
    let mut count = 0;
    for line in SIGNATURES.lines() {
        let row: Value = cloudcall::json::from_str(line).unwrap();
        let Some(wanted) = published(&row) else { continue };
        let (computed, _) = cloudcall_cli::sign::line(&blanked(line, &row));
        let text = computed["canonical_request"].as_str().unwrap();
        assert_eq!(cloudcall::sign::encode::hex(&sha2::Sha256::digest(text)), wanted);
        count += 1;
    }
    assert_eq!(count, 1);
}

/// Gives every request the same response.
#[derive(Debug, Clone)]
struct Fixed(Arc<http::Response<String>>);

#[async_trait]
impl HttpSend for Fixed {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        Ok(self.0.as_ref().clone().map(ResponseBody::whole))
    }
}

async fn response(row: &Value) -> Result<Option<String>, Error> {
    let mut response = http::Response::builder().status(row["status"].as_u64().unwrap() as u16);
    for (name, value) in row["headers"].as_object().unwrap() {
        response = response.header(name, value.as_str().unwrap());
    }
    let response = response.body(row["body_utf8"].as_str().unwrap().to_owned()).unwrap();
    let client = Client::<Volcengine>::builder()
        .region("cn-beijing")
        .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
        .retry(RetryPolicy::none())
        .transport(Fixed(Arc::new(response)))
        .build()?;
    let found = client.raw("ecs", "2020-04-01", "DescribeInstances").send().await?;
    Ok(found.request_id().map(str::to_owned))
}

#[tokio::test]
async fn every_response_is_classified_as_its_row_says() {
    let mut count = 0;
    for line in include_str!("../vectors/volcengine_errors.jsonl").lines() {
        let row: Value = cloudcall::json::from_str(line).unwrap();
        let (id, expected) = (row["id"].as_str().unwrap(), &row["expected"]);
        let log_id = row["headers"]["X-Tt-Logid"].as_str();
        let request_id = expected["request_id"].as_str().or(log_id);
        match (response(&row).await, expected["class"].as_str()) {
            (Ok(found), None) => assert_eq!(found.as_deref(), request_id, "{id}"),
            (Err(error), Some(class)) => {
                let kind = error.kind();
                let fits = match class {
                    // A bare status 403 is refused access by whoever stands in front of the service.
                    "denied" => matches!(kind, ErrorKind::Service | ErrorKind::Auth) && !error.is_retryable(),
                    "service" => kind == ErrorKind::Service && !error.is_retryable(),
                    "auth" | "expired" | "clock" => kind == ErrorKind::Auth,
                    "not_found" => kind == ErrorKind::NotFound,
                    "throttled" => kind == ErrorKind::Throttled,
                    "transient" => kind == ErrorKind::Service && error.is_retryable(),
                    "decode" => kind == ErrorKind::Decode,
                    other => panic!("{id}: no class {other}"),
                };
                assert!(fits, "{id}: {class}, not {error:?}");
                assert_eq!(error.code(), expected["code"].as_str(), "{id}");
                if let Some(message) = expected["message"].as_str() {
                    let message: String = message.split_whitespace().collect();
                    let found: String = error.message().split_whitespace().collect();
                    assert!(found.starts_with(&message), "{id}: {error}");
                }
                if class != "decode" {
                    assert_eq!(error.request_id(), request_id, "{id}");
                }
            }
            (found, class) => panic!("{id}: wanted {class:?}, found {found:?}"),
        }
        count += 1;
    }
    assert_eq!(count, 78);
}

/// An environment and files of one row.
#[derive(Debug, Clone, Default)]
struct Setup {
    variables: BTreeMap<String, String>,
    file: Option<String>,
}

impl Env for Setup {
    fn var(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }
}

impl ReadFile for Setup {
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        let file = self.file.as_ref().filter(|_| path == Path::new("/regions.conf"));
        file.map(|text| text.clone().into_bytes()).ok_or_else(|| std::io::ErrorKind::NotFound.into())
    }

    fn modified(&self, _: &Path) -> std::io::Result<SystemTime> {
        Ok(SystemTime::UNIX_EPOCH)
    }

    fn readable_by_others(&self, _: &Path) -> bool {
        false
    }
}

/// Rows in which we differ from the vendor, and what our endpoint is, or what the error says.
const ODDITIES: [(&str, Result<&str, &str>); 3] = [
    ("volc-ep-028", Err("no region")),
    ("volc-ep-029", Ok("ecs.ap-southeast-3.volcengineapi.com")),
    ("volc-ep-033", Err("no region")),
];

fn hosts(entry: &Value) -> ServiceHosts {
    let mut hosts = match entry["is_global"].as_bool().unwrap() {
        true => ServiceHosts::global(),
        false => ServiceHosts::regional(),
    };
    if let Some(host) = entry["global"].as_str().filter(|host| !host.is_empty()) {
        hosts = hosts.host(host).unwrap();
    }
    for (region, host) in entry["regions"].as_object().unwrap() {
        hosts = hosts.in_region(region, host.as_str().unwrap()).unwrap();
    }
    hosts
}

fn host(input: &Value) -> Result<String, Error> {
    let mut cloud = Cloud::default();
    let resolver = input["resolver"].as_str().unwrap();
    if resolver.starts_with("byteplus") {
        cloud.site = Site::Byteplus;
    }
    if resolver.ends_with("standard") {
        cloud.resolver = Resolver::Standard;
    }
    cloud.dual_stack = input["dual_stack"].as_bool();
    let texts = |name: &str| input[name].as_array().cloned().unwrap_or_default();
    cloud.bootstrap_regions =
        texts("bootstrap").iter().map(|text| text.as_str().unwrap().to_owned()).collect();
    for (service, entry) in input["custom"].as_object().into_iter().flatten() {
        cloud.hosts.insert(service.clone(), hosts(entry));
    }
    let mut setup = Setup { file: input["bootstrap_file"].as_str().map(str::to_owned), ..Setup::default() };
    for (name, value) in input["env"].as_object().into_iter().flatten() {
        setup.variables.insert(name.clone(), value.as_str().unwrap().to_owned());
    }
    if setup.file.is_some() {
        setup.variables.insert("VOLC_BOOTSTRAP_REGION_LIST_CONF".to_owned(), "/regions.conf".to_owned());
    }
    let context = Context::system().with_env(setup.clone()).with_files(setup);
    let info = ActionInfo::dynamic(input["service"].as_str().unwrap(), "v", "Do");
    if let Some(own) = input["host"].as_str() {
        // The vendor's `HostEndpointProvider` is our `endpoint`.
        return Ok(own.parse::<cloudcall::endpoint::Endpoint>()?.authority().to_owned());
    }
    let found = cloud.endpoints(&context, &info, input["region"].as_str())?;
    assert_eq!(found.len(), 1);
    Ok(found[0].authority().to_owned())
}

#[test]
fn every_endpoint_is_the_vendors() {
    let mut count = 0;
    for line in include_str!("../vectors/volcengine_endpoint.jsonl").lines() {
        let row: Value = cloudcall::json::from_str(line).unwrap();
        let (id, found) = (row["id"].as_str().unwrap(), host(&row["input"]));
        let odd = ODDITIES.iter().find(|(odd, _)| *odd == id).map(|(_, ours)| *ours);
        let expected = row["expected"]["host"].as_str().ok_or("");
        match (found, odd.unwrap_or(expected)) {
            (Ok(found), Ok(wanted)) => assert_eq!(found, wanted, "{id}"),
            (Err(error), Err(wanted)) => {
                assert_eq!(error.kind(), ErrorKind::Config, "{id}");
                assert!(error.message().contains(wanted), "{id}: {error}");
            }
            (found, wanted) => panic!("{id}: wanted {wanted:?}, found {found:?}"),
        }
        count += 1;
    }
    assert_eq!(count, 102);
}

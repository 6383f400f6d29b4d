//! Every list of the catalogue is walked against a server that pages as its description says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard};

use clap::ValueEnum as _;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::sign::encode::members;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Alibaba, Client, Huawei, Tencent, Volcengine};
use cloudcall_generator::{Emitter, ParamLocation as Place, entries};
use percent_encoding::percent_decode_str;
use serde_json::{Value as Json, json};

use super::*;
use crate::actions::info;
use crate::request::{Cloud, Options};

/// Items of a page, unless the list has no parameter for it and the server decides.
const SIZE: usize = 3;

/// How the list at hand is paged, and what was asked for.
#[derive(Debug, Default)]
struct State {
    form: String,
    cursor: Option<String>,
    first: usize,
    size: Option<String>,
    next: Option<String>,
    more: Option<String>,
    total: Option<String>,
    items: String,
    envelope: Option<&'static str>,
    /// The number of all items.
    all: usize,
    requests: usize,
}

/// The server, as a transport: what is before it is the pipeline of every call.
#[derive(Debug, Clone, Default)]
struct Server(Arc<Mutex<State>>);

impl Server {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

#[cloudcall::async_trait]
impl HttpSend for Server {
    async fn send(&self, request: HttpRequest) -> std::result::Result<HttpResponse, TransportError> {
        let mut state = self.state();
        state.requests += 1;
        Ok(HttpResponse::new(ResponseBody::whole(state.page(&request).to_string())))
    }
}

impl State {
    fn page(&self, request: &HttpRequest) -> Json {
        if self.requests > 10 {
            return json!({ "error_code": "Endless", "Code": "Endless", "Message": "the walk does not end" });
        }
        let size = self
            .size
            .as_ref()
            .and_then(|name| parameter(request, name))
            .map_or(SIZE, |text| text.parse().unwrap());
        let cursor = self.cursor.as_ref().and_then(|name| parameter(request, name));
        let number = cursor.as_ref().and_then(|text| text.trim_start_matches("t-").parse::<usize>().ok());
        let start = match self.form.as_str() {
            "offset" => number.unwrap_or(self.first) - self.first,
            "number" => (number.unwrap_or(self.first) - self.first) * size,
            _ => number.unwrap_or(0),
        };
        let end = (start + size).min(self.all);
        let mut body = json!({ "RequestId": "r" });
        let items: Vec<usize> = (start.min(end)..end).collect();
        put(&mut body, &self.items, json!(items));
        if let Some(path) = &self.total {
            put(&mut body, path, json!(self.all));
        }
        if let Some(path) = &self.more {
            put(&mut body, path, json!(end < self.all));
        }
        if let Some(path) = self.next.as_ref().filter(|_| end < self.all) {
            put(&mut body, path, json!(format!("t-{end}")));
        }
        match self.envelope {
            Some("Result") => json!({ "ResponseMetadata": { "RequestId": "r" }, "Result": body }),
            Some(envelope) => json!({ envelope: body }),
            None => body,
        }
    }
}

/// Sets a member by a path with `/`.
fn put(body: &mut Json, path: &str, value: Json) {
    let place = path.split('/').fold(body, |place, name| &mut place[name]);
    *place = value;
}

/// A parameter of the request by its wire name, wherever it is.
fn parameter(request: &HttpRequest, name: &str) -> Option<String> {
    if let Some(header) = request.headers().get(name) {
        return Some(header.to_str().unwrap().to_owned());
    }
    if let Some(found) = request.uri().query().and_then(|query| in_form(query, name)) {
        return Some(found);
    }
    let body = std::str::from_utf8(request.body()).unwrap();
    if !body.starts_with('{') {
        return in_form(body, name);
    }
    let (_, value) = members(body.as_bytes()).unwrap().into_iter().find(|(known, _)| known == name)?;
    Some(value.get().trim_matches('"').to_owned())
}

fn in_form(text: &str, name: &str) -> Option<String> {
    let decoded =
        |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8().unwrap().into_owned();
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(key, value)| (decoded(key), decoded(value)))
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

/// A client of each cloud, over the server, and one for the product that takes a token in place of a key pair.
fn clients(server: &Server) -> HashMap<&'static str, Box<dyn Caller>> {
    let keys = || {
        let keys = Credential::new("ID", "SECRET").unwrap().with_project_id("p").with_domain_id("d");
        StaticCredentials::new(keys)
    };
    let token = StaticCredentials::new(Credential::bearer("TOKEN").unwrap());
    macro_rules! client {
        ($cloud:ident, $credentials:expr) => {{
            let builder = Client::<$cloud>::builder().region("cn-north-4").credentials($credentials);
            let builder = builder.endpoint("http://127.0.0.1:9").transport(server.clone());
            Box::new(builder.build().unwrap()) as Box<dyn Caller>
        }};
    }
    HashMap::from([
        ("tencent", client!(Tencent, keys())),
        ("huawei", client!(Huawei, keys())),
        ("alibaba", client!(Alibaba, keys())),
        ("volcengine", client!(Volcengine, keys())),
        ("meeting", client!(Huawei, token)),
    ])
}

/// Which figures an action is walked with: the number of all items, and whether it is asked for by token.
fn rounds(paging: &Paging<'_>, number: usize) -> Vec<(usize, bool)> {
    // A last page that is not full, one that is full, and a list without items.
    let all = [7, 6, 0].into_iter().cycle().nth(number).unwrap_or(7);
    let mut rounds = vec![(all, false)];
    if paging.token.is_some() {
        rounds.push((7, true));
    }
    rounds
}

#[tokio::test]
async fn every_list_of_the_catalogue_is_walked_whole() {
    let server = Server::default();
    let words = Words { quiet: true, ..Words::default() };
    let clients = clients(&server);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut wrong = String::new();
    for entry in entries() {
        let description = entry.open().unwrap();
        let client = clients.get(entry.product).unwrap_or(&clients[entry.cloud]);
        for action in description.actions().filter(|action| action.fact("paging").is_some()) {
            if description.refusal(&action).unwrap().is_some() {
                continue;
            }
            let facts = Emitter::new(&description, "::cloudcall").call(&action).unwrap();
            let paging = facts.paging.as_ref().unwrap();
            let names = item_names(&description, action.output, &facts).unwrap();
            let count = counts.entry(entry.cloud).or_default();
            *count += 1;
            for (all, by_token) in rounds(paging, *count) {
                let (form, cursor, size) = match by_token {
                    true => ("token", paging.token, paging.token_size),
                    false => (paging.form, Some(paging.cursor), paging.size),
                };
                let wire = |key: &str| {
                    let field = facts.parameters.iter().find(|member| member.field.key == key);
                    field
                        .map(|member| member.field)
                        .unwrap_or_else(|| panic!("{entry} {}: {key}", action.name))
                };
                *server.state() = State {
                    form: form.to_owned(),
                    cursor: cursor.map(|key| wire(key).wire.to_owned()),
                    first: paging
                        .first
                        .map_or(usize::from(form == "number"), |first| first.try_into().unwrap()),
                    size: size.map(|key| wire(key).wire.to_owned()),
                    next: paging.next.filter(|_| !matches!(form, "offset" | "number")).map(str::to_owned),
                    more: paging.more.map(str::to_owned),
                    total: paging.total.map(str::to_owned),
                    items: paging.items.to_owned(),
                    envelope: Cloud::from_str(entry.cloud, false).unwrap().envelope(),
                    all,
                    requests: 0,
                };
                let mut built = Built {
                    request: Request {
                        cloud: Cloud::from_str(entry.cloud, false).unwrap(),
                        info: info(&description, &action, &facts),
                        given: Vec::new(),
                        options: Options::default(),
                    },
                    values: Vec::new(),
                };
                let mut give = |field: &Field<'_>, json: &str| {
                    built.request.given.push(Given::Value(param(field), json.to_owned()));
                    built.values.push((field.key.to_owned(), json.to_owned()));
                };
                let places = facts.parameters.iter().map(|member| &member.field);
                for field in places.filter(|field| matches!(field.place, Place::Path | Place::Host)) {
                    give(field, if matches!(field.ty, "i64" | "u64") { "1" } else { "\"x\"" });
                }
                match size {
                    Some(key) if wire(key).ty == "string" => give(&wire(key), "\"3\""),
                    Some(key) => give(&wire(key), "3"),
                    None if by_token => give(&wire(paging.token.unwrap()), "\"t-0\""),
                    None => {}
                }
                let found = super::all(&**client, built, &facts, &names, &words).await;
                let found = found
                    .map(|items| items.to_string())
                    .unwrap_or_else(|incomplete| incomplete.failure.message);
                let wanted = json!((0..all).collect::<Vec<_>>()).to_string();
                if found != wanted {
                    let _ = writeln!(wrong, "{entry} {} {all} {by_token} {paging:?}: {found}", action.name);
                }
            }
        }
    }
    println!("{counts:?}");
    assert!(wrong.is_empty(), "{}\n{}", wrong.lines().count(), wrong.chars().take(8000).collect::<String>());
    let all: usize = counts.values().sum();
    assert!(all > 11_000, "{all}");
}

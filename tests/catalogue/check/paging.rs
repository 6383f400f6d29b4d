//! Walks a list against a service that pages as the catalogue describes: by offset, page number, marker or token. Each item must
//! be served exactly once, and the walk must return all items.

use std::sync::{Arc, Mutex};

use cloudcall::action::ActionInfo;
use cloudcall::json::{Value, json};
use cloudcall::paginate::{Cursor, Paginate};
use cloudcall::provider::Provider;
use cloudcall::testing::{MockRequest, MockResponse, MockRule, MockTransport};
use cloudcall_generator::{Description, Type, find};

/// The number of items of the list, and of a page if the request does not set it.
const ITEMS: u64 = 23;
const PAGE: u64 = 10;

/// The facts of the catalogue about a list, with wire names.
struct Facts {
    form: String,
    cursor: String,
    keys: Vec<(String, String)>,
    /// One entry of the list.
    entry: Value,
}

impl Facts {
    fn read(description: &Description, info: &ActionInfo) -> Self {
        let action = description.action(info.name()).unwrap();
        let fact = action.fact("paging").unwrap();
        let mut words = fact.split(' ').map(str::to_owned);
        let (form, cursor) = (words.next().unwrap(), words.next().unwrap());
        let split =
            |word: String| word.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
        let keys: Vec<_> = words.map(|word| split(word).unwrap()).collect();
        let items = &keys.iter().find(|(key, _)| key == "items").unwrap().1;
        let mut ty = action.output;
        for member in items.split('/') {
            let Ok(Type::Struct(fields)) = description.ty(ty.trim_start_matches('#')) else {
                panic!("{fact}")
            };
            ty = fields.iter().find(|field| field.key == member).unwrap().ty;
        }
        let entry = match ty.strip_prefix("[]").unwrap() {
            "string" => json!("x"),
            "i64" | "u64" => json!(1),
            list if list.starts_with("[]") => json!([]),
            _ => json!({}),
        };
        Self { form, cursor, keys, entry }
    }

    fn key(&self, wanted: &str) -> Option<&str> {
        self.keys.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str())
    }

    /// The response, and the range of the items in it.
    fn respond(&self, request: &MockRequest) -> (Value, std::ops::Range<u64>) {
        let number = |name: &str| given(request, name).map(|text| text.parse::<u64>().unwrap());
        let first = |usual: u64| self.key("first").map_or(usual, |first| first.parse().unwrap());
        let size = self.key("size").and_then(number);
        let by_token = ["token", "token_size"].iter().filter_map(|key| self.key(key));
        let by_token = by_token.clone().any(|name| given(request, name).is_some());
        let (from, size) = match self.form.as_str() {
            _ if by_token => {
                let token = self.key("token").and_then(|name| given(request, name));
                (place(token), self.key("token_size").and_then(number).unwrap_or(PAGE))
            }
            // Without a size, the offset is ignored.
            "offset" if self.key("send").is_some() && size.is_none() => (0, PAGE),
            "offset" => (number(&self.cursor).unwrap_or(first(0)) - first(0), size.unwrap_or(PAGE)),
            "number" => {
                let size = size.unwrap_or(PAGE);
                ((number(&self.cursor).unwrap_or(first(1)) - first(1)) * size, size)
            }
            _ => (place(given(request, &self.cursor)), size.unwrap_or(PAGE)),
        };
        let items = from.min(ITEMS)..(from + size).min(ITEMS);
        let is_last = items.end == ITEMS;
        let mut response = json!({});
        let mut put = |key: &str, value: Value| {
            if let Some(path) = self.key(key) {
                let path = path.split('/').map(|member| format!("/{}", member.replace('~', "~0")));
                set(&mut response, &path.collect::<Vec<_>>(), value);
            }
        };
        // An action that is paged by number returns a token only if the request has one. Its total is then that of the page.
        let is_token = by_token || matches!(self.form.as_str(), "token" | "marker");
        put("total", json!(if by_token { items.end - items.start } else { ITEMS }));
        put("more", json!(!is_last));
        if is_token && !is_last {
            put("next", json!(format!("t{}", items.end)));
        }
        put("items", json!(vec![&self.entry; (items.end - items.start) as usize]));
        (response, items)
    }
}

/// A parameter, in whichever part of the request it is.
fn given(request: &MockRequest, name: &str) -> Option<String> {
    let in_query = || request.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    request.param(name).or_else(in_query)
}

/// The number of the first item after a token.
fn place(token: Option<String>) -> u64 {
    token.map_or(0, |token| token.trim_start_matches('t').parse().unwrap())
}

fn set(at: &mut Value, path: &[String], value: Value) {
    let Some((member, rest)) = path.split_first() else {
        *at = value;
        return;
    };
    let members = at.as_object_mut().unwrap();
    let inner = members.entry(member.trim_start_matches('/')).or_insert_with(|| json!({}));
    set(inner, rest, value);
}

/// Walks the list of one action of a product-version. A list that can also be paged by token is walked a second time by token.
pub(crate) fn walk<A: Paginate>(product: &str, action: impl Fn() -> A)
where
    A::Provider: Default,
{
    let names: Vec<&str> = product.split(' ').collect();
    let &[cloud, name, version] = names.as_slice() else { panic!("{product}: three words were expected") };
    let description = find(cloud, name, version).unwrap().open().unwrap();
    walked(product, &description, action());
    let mut by_token = action();
    if by_token.token_size().is_some_and(|size| size.write(&Cursor::Number(7))) {
        walked(product, &description, by_token);
    }
}

fn walked<A: Paginate>(product: &str, description: &Description, action: A)
where
    A::Provider: Default,
{
    let name = format!("{product} {}", A::INFO.name());
    let facts = Facts::read(description, A::INFO);
    let served = Arc::new(Mutex::new(Vec::new()));
    let log = served.clone();
    let rule = MockRule::any().respond_with(move |request| {
        let (response, items) = facts.respond(request);
        log.lock().unwrap().extend(items);
        MockResponse::ok(response)
    });
    let mock = MockTransport::builder().rule(rule).build().unwrap();
    let client = mock.client::<A::Provider>();
    let region = match A::Provider::default().name() {
        "tencent" => "ap-guangzhou",
        "huawei" => "cn-north-4",
        _ => "cn-hangzhou",
    };
    let client = client.region(region).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let items = runtime.block_on(client.invoker(action).items().collect_all());
    let items = items.unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(items.len() as u64, ITEMS, "{name}");
    let mut served = served.lock().unwrap().clone();
    served.sort_unstable();
    assert_eq!(served, (0..ITEMS).collect::<Vec<_>>(), "{name}: each item is served once");
}

//! Typed calls against requests of the vendors' packages: the rows of `tests/vectors/wire_products.jsonl`, which
//! `models/extract/wire_rows.py` writes. They are many products, so they are called without compiling their actions.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::HashSet;

use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::Value;
use cloudcall::provider::Provider;
use cloudcall::provider::huawei::Scope;
use cloudcall::{Alibaba, Client, Huawei, Tencent};
use cloudcall_generator::{Emitter, find};

use super::*;
use crate::request::Caller;

#[path = "../../../../tests/wire/compare.rs"]
mod compare;

const ROWS: &str = include_str!("../../../../tests/vectors/wire_products.jsonl");

fn client<P: Provider>(cloud: P, credential: Credential) -> Box<dyn Caller> {
    let builder = Client::<P>::builder_for(cloud).region("cn-north-4");
    let builder = builder.credentials(StaticCredentials::new(credential)).endpoint("https://api.example.com");
    Box::new(builder.build().unwrap())
}

/// A client with the settings of a row.
fn caller(row: &Value) -> Box<dyn Caller> {
    let text = |key: &str| row["credential"][key].as_str();
    let mut credential = match text("token") {
        Some(token) => Credential::bearer(token).unwrap(),
        None => Credential::new("AK", "SK").unwrap(),
    };
    credential = text("project_id").into_iter().fold(credential, Credential::with_project_id);
    credential = text("domain_id").into_iter().fold(credential, Credential::with_domain_id);
    match row["cloud"].as_str().unwrap() {
        "tencent" => client(Tencent::default(), credential),
        "huawei" => {
            let mut cloud = Huawei::default();
            cloud.scope = if text("type") == Some("global") { Scope::Account } else { Scope::Project };
            client(cloud, credential)
        }
        _ => {
            let mut cloud = Alibaba::default();
            // The vendor's package leaves the region to the caller.
            cloud.omit_region_id = true;
            client(cloud, credential)
        }
    }
}

#[tokio::test]
async fn requests_over_a_hundred_products_are_those_of_the_vendors_packages() {
    let (mut wrong, mut rows, mut products) = (Vec::new(), 0, HashSet::new());
    for line in ROWS.lines() {
        let row: Value = line.parse().unwrap();
        let text = |key: &str| row[key].as_str().unwrap();
        let description = find(text("cloud"), text("product"), text("version")).unwrap().open().unwrap();
        let action = description.callable_action(text("action")).unwrap();
        let facts = Emitter::new(&description, "::cloudcall").call(&action).unwrap();
        let cloud = <Cloud as clap::ValueEnum>::from_str(text("cloud"), false).unwrap();
        let params = row["params"].to_string();
        let input = Input { params: Some(&params), ..Input::default() };
        let name = format!("{} {} {}", text("cloud"), text("product"), text("action"));
        let built = build(cloud, &description, &action, &facts, &input, Options::default());
        let built = built.unwrap_or_else(|failure| panic!("{name}: {}", failure.message));
        let request = caller(&row).sign(&built.request).await.unwrap();
        let found = compare::differences(&request, &built.request.info, &row);
        wrong.extend(found.into_iter().map(|what| format!("{name}: {what}")));
        rows += 1;
        products.insert((text("cloud").to_owned(), text("product").to_owned()));
    }
    println!("{rows} rows of {} products", products.len());
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 300 && products.len() >= 100, "{rows} rows of {} products", products.len());
}

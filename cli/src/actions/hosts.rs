//! Endpoint tables of products whose hosts the SDK could not know.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use cloudcall::endpoint::{EndpointTable, Gateway};
use cloudcall_generator::{Entry, Hosts, KnownGateway, Rule};

/// A table is part of an action's facts, which live as long as the program: each product has at most one.
static TABLES: LazyLock<Mutex<HashMap<String, EndpointTable>>> = LazyLock::new(Mutex::default);

/// The table of a product; none if the SDK's own rules hold.
pub(super) fn table(entry: &Entry, hosts: &Hosts<'_>) -> Option<EndpointTable> {
    if hosts.rule == Rule::Listed {
        return None;
    }
    let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
    let table = tables.entry(entry.to_string()).or_insert_with(|| {
        let leaked = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
        let listed: Vec<(&str, &str)> =
            hosts.listed.iter().map(|(host, regions)| (leaked(host), leaked(regions))).collect();
        let listed: &'static [(&str, &str)] = Box::leak(listed.into_boxed_slice());
        let table = match hosts.rule {
            Rule::Central => EndpointTable::central(listed),
            _ => EndpointTable::regional(listed),
        };
        match hosts.known_gateway(entry.service) {
            Some(KnownGateway::Log) => table.with_gateway(Gateway::Log),
            Some(KnownGateway::Pop(code)) => table.with_gateway(Gateway::Pop(leaked(code))),
            _ => table,
        }
    });
    Some(*table)
}

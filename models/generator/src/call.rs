//! How an action is called: the facts that code has as attributes, as data for programs that call without types.

use crate::description::{Action, ParamLocation};
use crate::emit::Emitter;
use crate::error::Error;
use crate::facts;
use crate::hosts::Hosts;
use crate::member::Member;

/// The facts of one action that a call without types needs.
#[derive(Debug)]
pub struct CallFacts<'a> {
    /// The parameters.
    pub parameters: Vec<Member<'a>>,
    /// `rpc` or `roa`, for a cloud with several styles.
    pub style: Option<&'a str>,
    /// The kind of body, if it is not the usual one: `json`, `form`, `multipart`, `xml` or `octet-stream`.
    pub body: Option<&'static str>,
    /// The content type, if the caller must name it.
    pub content_type: Option<&'a str>,
    /// The version to send.
    pub version: &'a str,
    /// A host that neither region nor product decides.
    pub host: Option<&'a str>,
    /// The hosts of the product.
    pub hosts: Option<Hosts<'a>>,
    /// The action is sent without a signature.
    pub anonymous: bool,
    /// The action takes no region as a parameter.
    pub regionless: bool,
    /// The response is bytes or text, not JSON.
    pub binary: bool,
    /// The response can be a stream of events.
    pub events: bool,
    /// The action changes nothing.
    pub readonly: bool,
    /// The wire name and the place of the parameter that makes repeated calls one.
    pub token: Option<(&'a str, ParamLocation)>,
    /// How the list is paged.
    pub paging: Option<Paging<'a>>,
}

/// How a list is paged, by wire names. Members of the response are paths with `/`.
#[derive(Debug, Clone, Default)]
pub struct Paging<'a> {
    /// `offset`, `number`, `token` or `marker`.
    pub form: &'a str,
    /// The parameter that leads to a page.
    pub cursor: &'a str,
    /// The number of the first page or item.
    pub first: Option<u64>,
    /// The parameter for the number of items of a page.
    pub size: Option<&'a str>,
    /// The number of items to ask for if the request does not say.
    pub default_size: Option<u64>,
    /// The parameter for a token of a list that is paged by number, too.
    pub token: Option<&'a str>,
    /// The parameter for the number of items that goes with the token.
    pub token_size: Option<&'a str>,
    /// The next cursor in the response.
    pub next: Option<&'a str>,
    /// Whether more pages follow, in the response.
    pub more: Option<&'a str>,
    /// The number of all items, in the response.
    pub total: Option<&'a str>,
    /// The list, in the response.
    pub items: &'a str,
}

impl<'a> Paging<'a> {
    /// Reads `FORM CURSOR KEY=VALUE...`, see `models/extract/paging.py`.
    fn read(fact: &'a str) -> Option<Self> {
        let mut parts = fact.split(' ');
        let mut paging = Self { form: parts.next()?, cursor: parts.next()?, ..Self::default() };
        for part in parts {
            let (key, value) = part.split_once('=')?;
            match key {
                "first" => paging.first = value.parse().ok(),
                "size" => paging.size = Some(value),
                "send" => paging.default_size = value.parse().ok(),
                "token" => paging.token = Some(value),
                "token_size" => paging.token_size = Some(value),
                "next" => paging.next = Some(value),
                "more" => paging.more = Some(value),
                "total" => paging.total = Some(value),
                "items" => paging.items = value,
                _ => {}
            }
        }
        (!paging.items.is_empty()).then_some(paging)
    }
}

impl<'a> Emitter<'a> {
    /// The facts of an action.
    ///
    /// # Errors
    ///
    /// If the catalogue's file is damaged.
    pub fn call(&self, action: &Action<'a>) -> Result<CallFacts<'a>, Error> {
        let description = self.description();
        let entry = description.entry();
        let parameters = self.parameters(action)?;
        let style = self.style(action);
        let has_region = parameters.iter().any(|member| member.field.wire == "RegionId");
        let rest = entry.protocol.ends_with("-rest");
        Ok(CallFacts {
            style,
            body: self.body(action, &parameters),
            content_type: self.content_type(action, &parameters),
            version: action.fact("version").unwrap_or(entry.version),
            host: action.fact("host"),
            hosts: Hosts::of(description)?,
            anonymous: action.fact("anonymous").is_some(),
            regionless: style == Some("rpc") && !has_region,
            binary: action.output == "binary" || action.fact("response") == Some("binary"),
            events: action.fact("maybe_sse").or(action.fact("sse")).is_some(),
            readonly: facts::is_readonly(action, rest),
            token: facts::token(&parameters).map(|token| (token.field.wire, token.field.place)),
            paging: action.fact("paging").and_then(Paging::read),
            parameters,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::{entries, find};

    #[test]
    fn every_action_has_facts_and_every_paging_is_read() {
        let mut pages = 0;
        for entry in entries() {
            let description = entry.open().unwrap();
            for action in description.actions() {
                let facts = Emitter::new(&description, "::cloudcall").call(&action).unwrap();
                assert_eq!(
                    facts.paging.is_some(),
                    action.fact("paging").is_some(),
                    "{entry} {}",
                    action.name
                );
                pages += usize::from(facts.paging.is_some());
            }
        }
        assert!(pages > 7000, "{pages}");
    }

    #[test]
    fn a_rest_action_has_its_places_and_its_body() {
        let vpc = find("huawei", "vpc", "v3").unwrap().open().unwrap();
        let action = vpc.action("CreateVpc").unwrap();
        let facts = Emitter::new(&vpc, "::cloudcall").call(&action).unwrap();
        assert!(!facts.readonly && facts.style.is_none() && facts.host.is_none());
        let body = facts.parameters.iter().find(|member| member.field.wire == "body").unwrap();
        assert_eq!((body.field.place, body.field.required), (ParamLocation::Whole, false));
    }
}

//! What programs can ask of the command, in JSON: find an action, describe it, show a call, make it. `mcp`
//! and `explore` offer these operations, each with its own rules about what may be called.

mod describe;
mod find;

use std::borrow::Cow;

use cloudcall::Value;
use cloudcall_generator::{Emitter, names::list};
use serde::Deserialize;

pub(crate) use describe::describe;
pub(crate) use find::search;

use crate::actions::{action_name, resolve};
use crate::exit::{Failure, Result};
use crate::mask;
use crate::output;
use crate::query::Query;
use crate::request::{Cloud, Options, Request};
use crate::typed::{Input, Program, build, is_cloud};

/// The names of an action.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    pub(crate) cloud: String,
    pub(crate) product: String,
    pub(crate) action: String,
    /// Default: the main version, or another one that has the action.
    #[serde(default)]
    pub(crate) version: Option<String>,
}

/// A call.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Call {
    pub(crate) cloud: String,
    pub(crate) product: String,
    pub(crate) action: String,
    #[serde(default)]
    pub(crate) version: Option<String>,
    #[serde(default)]
    pub(crate) region: Option<String>,
    /// Parameters by wire name.
    #[serde(default)]
    pub(crate) params: Option<Value>,
    /// What to return of the response, as JMESPath.
    #[serde(default)]
    pub(crate) query: Option<String>,
}

/// A call that was checked.
pub(crate) struct Prepared {
    pub(crate) request: Request,
    /// The names as the catalogue writes them: cloud, product, action.
    pub(crate) names: [String; 3],
    /// The action changes nothing.
    pub(crate) readonly: bool,
    /// The Rust program that makes the call.
    pub(crate) program: String,
    query: Option<Query>,
    binary: bool,
}

impl Call {
    /// Checks the call by the catalogue. Nothing is sent.
    pub(crate) fn prepare(&self, options: Options) -> Result<Prepared> {
        let cloud = cloud(&self.cloud)?;
        let description = resolve(&self.cloud, &self.product, self.version.as_deref(), &self.action)?;
        let action = description.callable_action(action_name(&description, &self.action)?)?;
        let facts = Emitter::new(&description, "::cloudcall").call(&action)?;
        let query = self.query.as_deref().filter(|text| !text.is_empty());
        let query = query.map(|text| Query::parse("query", text)).transpose()?;
        let params = match &self.params {
            None | Some(Value::Null) => "{}".to_owned(),
            Some(params @ Value::Object(_)) => params.to_string(),
            Some(_) => return Err(Failure::usage("usage: `params` is an object of parameters by wire name")),
        };
        let input = Input { params: Some(&params), given: &[], unchecked: false };
        let region = self.region.clone().filter(|region| !region.is_empty()).or(options.region.clone());
        let options = Options { region, ..options };
        let built = build(cloud, &description, &action, &facts, &input, options)?;
        let program = Program {
            cloud,
            file: None,
            description: &description,
            action: &action,
            facts: &facts,
            values: &built.values,
            region: built.request.options.region.as_deref(),
        };
        let entry = description.entry();
        Ok(Prepared {
            program: program.write()?,
            names: [entry.cloud, entry.product, action.name].map(str::to_owned),
            readonly: facts.readonly,
            binary: facts.binary,
            query,
            request: built.request,
        })
    }
}

/// The response of a call, with its secrets masked.
pub(crate) struct Called {
    pub(crate) response: Value,
    /// Why the response is not what was asked for, although the call was made.
    pub(crate) note: Option<String>,
}

impl Prepared {
    /// The signed request with its secrets masked.
    pub(crate) async fn dry_run(&self) -> Result<String> {
        Ok(mask::request(&self.request.sign().await?))
    }

    /// Makes the call. The query sees the masked response. If it does not fit, the whole response is returned
    /// with a note, because an error would look as if the call had not been made.
    pub(crate) async fn call(&self) -> Result<Called> {
        if self.binary {
            return Err(Failure::usage(format!(
                "usage: the response of {} is a file: use the command",
                self.names[2]
            )));
        }
        let made = |failure: &Failure| Some(format!("The call was made. {}", message(failure)));
        let text = match self.request.send().await {
            Ok(text) => text,
            Err(error) => {
                let masked = error.raw_body().map(String::from_utf8_lossy).unwrap_or_default().into_owned();
                let failure = Failure::from(error);
                return match failure.received {
                    Some(_) => Ok(Called { response: Value::from(masked), note: made(&failure) }),
                    None => Err(failure),
                };
            }
        };
        let response = mask::value(&output::parse(&text)?);
        let selected = self.query.as_ref().map(|query| query.search(&response).map(Cow::into_owned));
        Ok(match selected {
            None => Called { response, note: None },
            Some(Ok(response)) => Called { response, note: None },
            Some(Err(failure)) => Called { note: made(&failure), response },
        })
    }
}

/// A cloud of the catalogue.
fn cloud(name: &str) -> Result<Cloud> {
    let found = <Cloud as clap::ValueEnum>::from_str(name, false).ok();
    found.filter(|cloud| is_cloud(cloud.name())).ok_or_else(|| {
        let known = list(&["tencent", "huawei", "alibaba", "volcengine"], "or");
        Failure::usage(format!("usage: `cloud` is {known}, not `{name}`"))
    })
}

/// A message for a program, which gave no command line.
pub(crate) fn message(failure: &Failure) -> String {
    let text = crate::exit::one_line(&failure.message);
    text.strip_prefix("usage: ").unwrap_or(&text).to_owned()
}

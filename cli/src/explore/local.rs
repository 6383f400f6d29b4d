//! The cloud that the page calls if no account is at hand: it verifies the signature, and responds with an
//! example of the action's own response.

use cloudcall::Value;
use cloudcall::credential::Credential;
use cloudcall::http::Method;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall_generator::Emitter;

use super::guard::random;
use crate::actions::{action_name, example_response, resolve};
use crate::exit::Result;
use crate::operations::Call;

const ID: &str = "AKIDexplore";

/// The keys of the local cloud.
#[derive(Debug)]
pub(super) struct Keys {
    secret: String,
}

impl Keys {
    pub(super) fn new() -> Result<Self> {
        Ok(Self { secret: random()? })
    }

    pub(super) fn credential(&self) -> Result<Credential> {
        Ok(Credential::new(ID, self.secret.clone())?.with_project_id("explore"))
    }

    /// A cloud that knows these keys, and the action of the call.
    pub(super) async fn cloud(&self, call: &Call) -> Result<LocalCloud> {
        let description = resolve(&call.cloud, &call.product, call.version.as_deref(), &call.action)?;
        let action = description.callable_action(action_name(&description, &call.action)?)?;
        let facts = Emitter::new(&description, "::cloudcall").call(&action)?;
        let response: Value = example_response(&description, action.output)?.parse().unwrap_or_default();
        let react = move |_: &_| LocalResponse::ok(&response);
        let mut builder = LocalCloud::builder().account(ID, self.secret.clone());
        if facts.anonymous {
            builder = builder.anonymous(action.name);
        }
        let builder = match action.method.parse::<Method>() {
            Ok(method) if call.cloud == "huawei" => builder.on_path(method, action.path, react),
            _ => builder.on(action.name, react),
        };
        Ok(builder.start().await?)
    }
}

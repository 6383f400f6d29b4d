//! `--wait`: the call is repeated until its response shows the state.

use cloudcall::Value;
use cloudcall::wait::Wait;

use super::progress::Progress;
use super::words::Words;
use crate::exit::Result;
use crate::output;
use crate::request::{Caller, Polls, Request};
use crate::wait::Until;

/// Returns the response that shows the state; null if the resource is gone, and that was waited for.
pub(super) async fn wait(
    client: &dyn Caller,
    request: &Request,
    until: &Until,
    words: &Words,
) -> Result<Value> {
    let name = request.info.name();
    let progress = Progress::new(name, words.quiet);
    let mut mistake = None;
    let check = |response: &Value| {
        until.verdict(response).unwrap_or_else(|failure| {
            mistake = Some(failure);
            Wait::failed("the expression does not fit the response")
        })
    };
    let polls = Polls {
        check: Box::new(check),
        progress: Box::new(|state| progress.says(&format!("{name}: {}", state.unwrap_or("not yet")))),
        delay: words.wait_delay,
        limit: words.wait_timeout,
    };
    let outcome = client.wait(request, polls).await;
    match (mistake, outcome) {
        (Some(mistake), _) => Err(mistake),
        (None, Ok(text)) => output::parse(&text),
        (None, Err(error)) if error.is_not_found() && until.ends_if_gone() => Ok(Value::Null),
        (None, Err(error)) => Err(error.into()),
    }
}

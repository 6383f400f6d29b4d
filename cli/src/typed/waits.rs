//! `--wait`: the call is repeated until its response shows the state.

use cloudcall::Value;
use cloudcall::wait::Wait;

use super::Incomplete;
use super::progress::Progress;
use super::words::Words;
use crate::output;
use crate::request::{Caller, Polls, Request};
use crate::wait::Until;

/// Returns the response that shows the state; null if the resource is gone, and that was waited for. A failure
/// has the last response.
pub(super) async fn wait(
    client: &dyn Caller,
    request: &Request,
    until: &Until,
    words: &Words,
) -> Result<Value, Incomplete> {
    let name = request.info.name();
    let progress = Progress::new(name, words.quiet);
    let (mut last, mut mistake) = (None, None);
    let check = |response: &Value| {
        last = Some(response.clone());
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
    let failure = match (mistake, outcome) {
        (Some(mistake), _) => mistake,
        (None, Ok(text)) => {
            return output::parse(&text).map_err(|failure| Incomplete { failure, value: last });
        }
        (None, Err(error)) if until.ends_with(&error) => return Ok(Value::Null),
        (None, Err(error)) => error.into(),
    };
    Err(Incomplete { failure, value: last })
}

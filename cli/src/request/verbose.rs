//! `-v`: attempts, waits and timings on stderr, secrets masked.

use std::fmt::Display;
use std::io::Write as _;

use cloudcall::observe::{Listener, Outcome};

use crate::exit::one_line;

/// Prints a line for each request, response, wait and end of a call.
pub(super) fn listener() -> Listener {
    Listener::new()
        .on_request(|attempt| {
            line(format_args!("> attempt {}: {} {}", attempt.number, attempt.method(), attempt.url()));
        })
        .on_response(|reply| {
            let status = reply.status.map_or_else(|| reply.outcome().to_owned(), |status| status.to_string());
            let (size, time) = (reply.body_len, reply.elapsed.as_secs_f64() * 1000.0);
            let id = reply.request_id.unwrap_or("none");
            line(format_args!(
                "< attempt {}: {status}, {size} bytes, {time:.1} ms, request id {id}",
                reply.number
            ));
        })
        .on_wait(|waited| {
            line(format_args!("* waited {:.3} s: {}", waited.time.as_secs_f64(), waited.reason.as_str()))
        })
        .on_end(|ended| {
            let outcome = match ended.outcome {
                Outcome::Ok => "ok",
                other => other.as_str(),
            };
            let time = ended.elapsed.as_secs_f64() * 1000.0;
            line(format_args!("* {outcome} after {} attempts, {time:.1} ms", ended.attempts));
        })
}

fn line(text: impl Display) {
    let _ = writeln!(std::io::stderr(), "{}", one_line(&text.to_string()));
}

//! A chat with a model over server-sent events of Tencent Cloud: the response is read while the model writes
//! it.
//!
//! ```text
//! cargo run -p cloudcall-examples --example chat_stream
//! ```
//!
//! With `-- --real` it calls the vendor with your credentials.

use std::io::Write as _;
use std::time::Duration;

use cloudcall::json::{Value, json};
use cloudcall::local::LocalResponse;
use cloudcall::{Error, Tencent, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

/// Sends a message to a model. `stream()` requests events and `send()` one document. Both have the type
/// `Chat`.
#[cloud_action(provider = "tencent", product = "hunyuan", version = "2023-09-01", response = Chat, stream = "sse")]
struct ChatCompletions {
    model: String,
    messages: Vec<Message>,
    stream: Option<bool>,
}

#[cloud_model(provider = "tencent")]
struct Message {
    role: Option<String>,
    content: Option<String>,
}

/// One event: some words, and in the last one the number of tokens.
#[cloud_model(provider = "tencent", response)]
struct Chat {
    choices: Option<Vec<Choice>>,
    usage: Option<Usage>,
}

#[cloud_model(provider = "tencent", response)]
struct Choice {
    delta: Option<Message>,
    finish_reason: Option<String>,
}

#[cloud_model(provider = "tencent", response)]
struct Usage {
    total_tokens: Option<i64>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(|cloud| {
        cloud.on("ChatCompletions", |_| {
            let words = ["Air", " scatters", " blue", " light", " most", "."];
            let last = json!({
                "Choices": [{ "Delta": { "Content": "" }, "FinishReason": "stop" }],
                "Usage": { "TotalTokens": 17 }
            });
            LocalResponse::events(words.map(word).into_iter().chain([last])).pause(Duration::from_millis(40))
        })
    })
    .await?;
    let client = target.client::<Tencent>("ap-guangzhou")?;
    let question = Message { role: Some("user".into()), content: Some("Why is the sky blue?".into()) };
    let mut events = client.chat_completions().model("hunyuan-lite").messages([question]).stream().await?;
    let mut out = std::io::stdout();
    // To stop early, drop `events`. This closes the connection, and the model stops.
    while let Some(event) = events.next().await {
        let event = event?;
        for choice in event.choices.iter().flatten() {
            let text = choice.delta.as_ref().and_then(|delta| delta.content.as_deref()).unwrap_or_default();
            // A terminal shows the words at once; a pipe gets them at the end.
            let _ = write!(out, "{text}").and_then(|()| out.flush());
            if let Some(reason) = &choice.finish_reason {
                println!(
                    "\n({reason}, {:?} tokens)",
                    event.usage.as_ref().and_then(|usage| usage.total_tokens)
                );
            }
        }
    }
    Ok(())
}

fn word(text: &str) -> Value {
    json!({ "Choices": [{ "Delta": { "Role": "assistant", "Content": text } }] })
}

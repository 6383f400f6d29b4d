//! A chat whose response is read while the model still writes: server-sent events of Tencent Cloud.
//!
//! ```text
//! cargo run --example chat_stream
//! ```
//!
//! With `-- --real` it asks the vendor, with the keys of your environment.

use std::io::Write as _;
use std::time::Duration;

use cloudcall::json::{Value, json};
use cloudcall::local::LocalResponse;
use cloudcall::{Error, Tencent, cloud_action, cloud_model};
use cloudcall_examples::target::Target;

/// Talks to a model. `stream()` asks for events, `send()` for one document: the type of both is `Chat`.
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

/// One event: a few words, and with the last one what they cost.
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
    // To stop early, drop `events`: the connection closes, and the model with it.
    while let Some(event) = events.next().await {
        let event = event?;
        for choice in event.choices.iter().flatten() {
            let text = choice.delta.as_ref().and_then(|delta| delta.content.as_deref()).unwrap_or_default();
            // Whoever reads this elsewhere than in a terminal gets it at the end.
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

//! Metrics of calls for OpenTelemetry, recorded by an observer of fifty lines.
//!
//! ```text
//! cargo run -p cloudcall-examples --example opentelemetry
//! ```
//!
//! A real program would add an exporter such as OTLP; this one prints the measurements. All labels have few
//! values: provider, product, action, outcome, reason, and for the breaker the host.

use cloudcall::breaker::{BreakerChange, BreakerState};
use cloudcall::json::json;
use cloudcall::local::LocalResponse;
use cloudcall::observe::{Ended, Observe, Reply, Waited};
use cloudcall::{Client, Tencent};
use cloudcall_quickstart::target::Target;
use opentelemetry::KeyValue;
use opentelemetry::metrics::{Counter, Gauge, Histogram, Meter, MeterProvider as _};
use opentelemetry_sdk::metrics::data::{AggregatedMetrics, MetricData};
use opentelemetry_sdk::metrics::{InMemoryMetricExporter, PeriodicReader, SdkMeterProvider};

/// The instruments.
#[derive(Debug)]
struct Metrics {
    calls: Histogram<f64>,
    attempts: Histogram<f64>,
    retries: Counter<u64>,
    waits: Histogram<f64>,
    breaker: Gauge<u64>,
}

impl Metrics {
    fn new(meter: &Meter) -> Self {
        let seconds = |name: &'static str| meter.f64_histogram(name).with_unit("s").build();
        Self {
            calls: seconds("cloudcall.call.duration"),
            attempts: seconds("cloudcall.attempt.duration"),
            retries: meter.u64_counter("cloudcall.retries").build(),
            waits: seconds("cloudcall.wait.duration"),
            breaker: meter.u64_gauge("cloudcall.breaker.state").build(),
        }
    }
}

fn labels(provider: &'static str, product: &str, action: &str) -> [KeyValue; 3] {
    [
        KeyValue::new("provider", provider),
        KeyValue::new("product", product.to_owned()),
        KeyValue::new("action", action.to_owned()),
    ]
}

impl Observe for Metrics {
    fn after(&self, reply: &Reply<'_>) {
        let [a, b, c] = labels(reply.provider, reply.product, reply.action);
        self.attempts
            .record(reply.elapsed.as_secs_f64(), &[a, b, c, KeyValue::new("outcome", reply.outcome())]);
    }

    fn waited(&self, wait: &Waited<'_>) {
        let [a, b, c] = labels(wait.provider, wait.product, wait.action);
        self.waits.record(wait.time.as_secs_f64(), &[a, b, c, KeyValue::new("reason", wait.reason.as_str())]);
    }

    fn ended(&self, call: &Ended<'_>) {
        let [a, b, c] = labels(call.provider, call.product, call.action);
        self.retries.add(call.attempts.saturating_sub(1).into(), &[a.clone(), b.clone(), c.clone()]);
        self.calls
            .record(call.elapsed.as_secs_f64(), &[a, b, c, KeyValue::new("outcome", call.outcome.as_str())]);
    }

    fn breaker_changed(&self, change: &BreakerChange<'_>) {
        let state = match change.to {
            BreakerState::Closed => 0,
            BreakerState::HalfOpen => 1,
            BreakerState::Open => 2,
        };
        let host = KeyValue::new("host", change.endpoint.to_string());
        self.breaker.record(state, &[KeyValue::new("provider", change.provider), host]);
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let exporter = InMemoryMetricExporter::default();
    let reader = PeriodicReader::builder(exporter.clone()).build();
    let provider = SdkMeterProvider::builder().with_reader(reader).build();

    let busy = LocalResponse::error("RequestLimitExceeded", "slow down");
    let done = LocalResponse::ok(json!({ "TotalCount": 1 }));
    let target = Target::from_args(|cloud| cloud.on_each("DescribeZones", [busy, done])).await?;
    let builder = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .observer(Metrics::new(&provider.meter("cloudcall")));
    let client = target.prepared(builder)?.build()?;
    for _ in 0..3 {
        client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await?;
    }

    provider.force_flush()?;
    let read = exporter.get_finished_metrics()?;
    for metric in read.iter().flat_map(|read| read.scope_metrics()).flat_map(|scope| scope.metrics()) {
        match metric.data() {
            AggregatedMetrics::F64(MetricData::Histogram(histogram)) => {
                for point in histogram.data_points() {
                    println!("{} {} times{}", metric.name(), point.count(), shown(point.attributes()));
                }
            }
            AggregatedMetrics::U64(MetricData::Sum(sum)) => {
                for point in sum.data_points() {
                    println!("{} {}{}", metric.name(), point.value(), shown(point.attributes()));
                }
            }
            _ => {}
        }
    }
    provider.shutdown()?;
    Ok(())
}

fn shown<'a>(labels: impl Iterator<Item = &'a KeyValue>) -> String {
    let mut labels: Vec<_> = labels.map(|label| format!(" {}={}", label.key, label.value)).collect();
    labels.sort();
    labels.concat()
}

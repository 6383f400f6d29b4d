//! All suites in one program: one link instead of many.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod alibaba_calls;
mod alibaba_endpoint;
mod alibaba_sent;
mod alibaba_vectors;
mod backoff;
mod blocking;
mod breaker;
mod call;
mod credentials;
mod credentials_cache;
mod credentials_log;
mod credentials_providers;
mod examples;
mod faults;
mod huawei_calls;
mod huawei_errors;
mod huawei_ids;
mod huawei_region;
mod huawei_sent;
mod huawei_vectors;
mod limiter;
mod local;
mod macros;
mod observe;
mod pipeline;
mod properties;
mod proxy;
mod qcloud;
mod quickstart;
mod replay;
mod simulation;
mod stall;
mod tencent_sent;
mod tls;
mod ui;

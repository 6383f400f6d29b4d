//! All suites in one program: one link instead of many.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod alibaba_calls;
mod alibaba_endpoint;
mod alibaba_sent;
mod alibaba_vectors;
mod breaker;
mod call;
mod credentials;
mod credentials_cache;
mod credentials_log;
mod credentials_providers;
mod examples;
mod huawei_calls;
mod huawei_errors;
mod huawei_region;
mod huawei_sent;
mod huawei_vectors;
mod local;
mod macros;
mod pipeline;
mod properties;
mod qcloud;
mod quickstart;
mod replay;
mod simulation;
mod tencent_sent;
mod ui;

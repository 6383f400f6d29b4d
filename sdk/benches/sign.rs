//! The cost of a signature, compared with the bare hashes that it needs.
//!
//! `cargo bench -p cloudcall --bench sign` prints a table; with `-- --rows` the rows have the columns of
//! `tests/bench/run`. Nothing is asserted.
#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, reason = "a program that measures")]

use std::alloc::System;
use std::hint::black_box;
use std::time::{Duration, Instant};

use cloudcall::credential::Credential;
use cloudcall::provider::{alibaba, huawei, qcloud, tencent, volcengine};
use cloudcall::sign::encode;
use http::HeaderMap;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATIONS: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const SIZES: [(&str, usize, f64); 2] = [("200 B", 200, 1.6), ("10 KB", 10 * 1024, 1.05)];

/// The least time of many rounds, in nanoseconds: what is left when nothing disturbs.
fn least(mut work: impl FnMut()) -> f64 {
    const CALLS: u32 = 100;
    let mut best = Duration::MAX;
    for _ in 0..400 {
        let start = Instant::now();
        for _ in 0..CALLS {
            work();
        }
        best = best.min(start.elapsed());
    }
    best.as_secs_f64() / f64::from(CALLS) * 1e9
}

/// The compressions of a text of SHA-1 or SHA-256: blocks of 64 bytes, with at least 9 bytes of padding.
fn blocks(length: usize) -> usize {
    (length + 9).div_ceil(64)
}

/// The compressions of an HMAC. The first block of each half depends on the key only, which is kept.
fn mac(length: usize) -> usize {
    blocks(64 + length) + blocks(64 + 32) - 2
}

/// The time of that many compressions in one text.
fn compressions<D: Digest>(count: usize) -> f64 {
    let data = vec![7_u8; count * 64 - 9];
    least(|| {
        black_box(D::digest(black_box(&data)));
    })
}

/// One row. `count` is the number of compressions that no implementation can avoid.
fn row<D: Digest>(rows: bool, name: &str, goal: f64, count: usize, mut sign: impl FnMut()) {
    sign();
    let region = Region::new(ALLOCATIONS);
    sign();
    let allocations = region.change().allocations;
    let (ours, bare) = (least(sign), compressions::<D>(count));
    let ratio = ours / bare;
    if rows {
        println!("| signature against bare hashes, {name} | | | {ratio:.2} | {ratio:.2} | {goal:.2} |");
    } else {
        println!(
            "| {name} | {ours:.0} | {bare:.0} ({count} blocks) | {ratio:.2} | {goal:.2} | {allocations} |"
        );
    }
}

fn main() {
    let rows = std::env::args().any(|argument| argument == "--rows");
    if !rows {
        println!("| signature | ns | bare hashes, ns | ratio | goal | allocations |");
        println!("| --- | --- | --- | --- | --- | --- |");
    }
    let keys =
        Credential::new("AKIDz8krbsJ5yKBZQpn74WFkmLPx3example", "Gu5t9xGARNpq86cd98joQYCN3example").unwrap();
    for (size, length, goal) in SIZES {
        let body = vec![b'x'; length];
        tc3(rows, size, goal, &body, &keys);
        sdk_hmac(rows, size, goal, &body, &keys);
        acs3(rows, size, goal, &body, &keys);
        volcengine(rows, size, goal, &body, &keys);
    }
    for (size, length, goal) in SIZES {
        legacy(rows, size, goal, length, &keys);
    }
}

/// Tencent Cloud, with the signing key of the day cached.
fn tc3(rows: bool, size: &str, goal: f64, body: &[u8], keys: &Credential) {
    let tc3 = tencent::signer::Canonical {
        method: "POST",
        query: "",
        content_type: "application/json",
        host: "cvm.tencentcloudapi.com",
        payload: Some(body),
        service: "cvm",
        timestamp: 1_700_000_000,
    };
    let (cache, steps) = (tencent::signer::KeyCache::default(), tc3.steps(keys));
    let count = blocks(body.len()) + blocks(steps.canonical_request.len()) + mac(steps.string_to_sign.len());
    row::<Sha256>(rows, &format!("TC3-HMAC-SHA256, {size}"), goal, count, || {
        black_box(black_box(&tc3).authorization(keys, &cache));
    });
}

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
}

/// Huawei Cloud.
fn sdk_hmac(rows: bool, size: &str, goal: f64, body: &[u8], keys: &Credential) {
    let headers = headers(&[
        ("host", "ecs.cn-north-4.myhuaweicloud.com"),
        ("x-sdk-date", "20240229T081530Z"),
        ("content-type", "application/json"),
        ("x-project-id", "0123456789abcdef0123456789abcdef"),
    ]);
    let canonical = huawei::signer::Canonical {
        method: "POST",
        path: "/v1/0123456789abcdef0123456789abcdef/cloudservers",
        query: "",
        headers: &headers,
        body,
        region: "",
        service: "",
    };
    let method = huawei::SignMethod::default();
    let steps = canonical.steps(method, keys).unwrap();
    let count = blocks(body.len()) + blocks(steps.canonical_request.len()) + mac(steps.string_to_sign.len());
    row::<Sha256>(rows, &format!("SDK-HMAC-SHA256, {size}"), goal, count, || {
        black_box(black_box(&canonical).authorization(method, keys).unwrap());
    });
}

/// Alibaba Cloud.
fn acs3(rows: bool, size: &str, goal: f64, body: &[u8], keys: &Credential) {
    let method = alibaba::SignMethod::Acs3HmacSha256;
    let hash = alibaba::signer::content_hash(method, body).unwrap();
    let mut headers = headers(&[
        ("host", "ecs.cn-hangzhou.aliyuncs.com"),
        ("x-acs-action", "DescribeInstances"),
        ("x-acs-version", "2014-05-26"),
        ("x-acs-date", "2024-02-29T08:15:30Z"),
        ("x-acs-signature-nonce", "0123456789abcdef0123456789abcdef"),
    ]);
    headers.insert("x-acs-content-sha256", hash.parse().unwrap());
    let cache = alibaba::signer::KeyCache::default();
    let canonical = alibaba::signer::Canonical {
        method,
        http_method: "POST",
        path: "/",
        query: "RegionId=cn-hangzhou",
        headers: &headers,
        covered: alibaba::signer::Covered::default(),
        content_sha256: &hash,
    };
    let steps = canonical.steps(keys, &cache).unwrap();
    let count = blocks(body.len()) + blocks(steps.canonical_request.len()) + mac(steps.string_to_sign.len());
    row::<Sha256>(rows, &format!("ACS3-HMAC-SHA256, {size}"), goal, count, || {
        let hash = alibaba::signer::content_hash(method, black_box(body)).unwrap();
        let canonical = alibaba::signer::Canonical { content_sha256: &hash, ..canonical };
        black_box(canonical.authorization(keys, &cache).unwrap());
    });
}

/// Volcengine, with the signing key of the day cached. The caller computes the hash of the body.
fn volcengine(rows: bool, size: &str, goal: f64, body: &[u8], keys: &Credential) {
    let hash = encode::hex(&Sha256::digest(body));
    let mut headers = headers(&[
        ("content-type", "application/json"),
        ("host", "open.volcengineapi.com"),
        ("x-date", "20240229T081530Z"),
    ]);
    headers.insert("x-content-sha256", hash.parse().unwrap());
    let cache = volcengine::signer::KeyCache::default();
    let canonical = volcengine::signer::Canonical {
        method: "POST",
        path: "/",
        query: "Action=DescribeInstances&Version=2020-04-01",
        headers: &headers,
        body_sha256: &hash,
        date: "20240229T081530Z",
        region: "cn-beijing",
        service: "ecs",
    };
    let steps = canonical.steps(keys).unwrap();
    let count = blocks(body.len()) + blocks(steps.canonical_request.len()) + mac(steps.string_to_sign.len());
    row::<Sha256>(rows, &format!("HMAC-SHA256 (Volcengine), {size}"), goal, count, || {
        let hash = encode::hex(&Sha256::digest(black_box(body)));
        let canonical = volcengine::signer::Canonical { body_sha256: &hash, ..canonical };
        black_box(canonical.authorization(keys, &cache).unwrap());
    });
}

/// The legacy API of Tencent Cloud, which signs the parameters.
fn legacy(rows: bool, size: &str, goal: f64, length: usize, keys: &Credential) {
    for sign_method in ["HmacSHA1", "HmacSHA256"] {
        let canonical = qcloud::signer::Canonical {
            method: "POST",
            host: "cvm.api.qcloud.com",
            action: "DescribeInstances",
            version: "2017-03-12",
            region: "ap-guangzhou",
            request_client: "SDK_RUST_cloudcall",
            sign_method,
            timestamp: 1_700_000_000,
            nonce: 4_711,
        };
        let params = [("Text".to_owned(), "x".repeat(length))];
        let count = mac(canonical.steps(&params, keys).string_to_sign.len());
        let name = format!("{sign_method}, {size}");
        let sign = || {
            black_box(black_box(&canonical).signature(&params, keys));
        };
        match sign_method {
            "HmacSHA1" => row::<Sha1>(rows, &name, goal, count, sign),
            _ => row::<Sha256>(rows, &name, goal, count, sign),
        }
    }
}

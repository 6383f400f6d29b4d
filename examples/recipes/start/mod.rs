//! The first programs, whole: one for each provider.

mod alibaba;
mod huawei;
mod tencent;
mod volcengine;

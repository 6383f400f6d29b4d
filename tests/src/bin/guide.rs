//! The programs of the migration guide as they are written there: `build.rs` takes them out. The argument names one.
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    clippy::disallowed_methods,
    clippy::pedantic,
    reason = "code of a guide"
)]

use std::error::Error;
use std::process::ExitCode;

/// What the `main` of a program gives.
pub(crate) trait Ends {
    fn code(self) -> ExitCode;
}

impl<E: Into<Box<dyn Error>>> Ends for Result<(), E> {
    fn code(self) -> ExitCode {
        match self {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{}", error.into());
                ExitCode::FAILURE
            }
        }
    }
}

macro_rules! programs {
    ($($name:ident = $file:literal),* $(,)?) => {
        $(mod $name {
            include!(concat!(env!("OUT_DIR"), "/", $file));
        })*

        fn main() -> ExitCode {
            match std::env::args().nth(1).unwrap_or_default().as_str() {
                $(stringify!($name) => $name::run().code(),)*
                other => {
                    eprintln!("no program {other:?}");
                    ExitCode::from(2)
                }
            }
        }
    };
}

programs! {
    tencent = "guide_0.rs",
    tencent_keys = "guide_1.rs",
    qcloud = "guide_2.rs",
    huawei = "guide_3.rs",
    huawei_keys = "guide_4.rs",
    alibaba = "guide_5.rs",
    volcengine = "guide_6.rs",
}

//! What all targets share: each feeds one property of `cloudcall_tests::fuzz` from libFuzzer.

use std::path::PathBuf;

/// Writes the seeds of a target into the folder that `CLOUDCALL_SEEDS` names, so that a corpus begins with them.
pub fn seed(name: &str) {
    let Some(folder) = std::env::var_os("CLOUDCALL_SEEDS").map(PathBuf::from) else { return };
    let target = cloudcall_tests::fuzz::TARGETS.iter().find(|target| target.name == name).expect("a known target");
    for (number, seed) in target.seeds.iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{number}")), seed).expect("the folder exists");
    }
}

/// The program of one target.
#[macro_export]
macro_rules! target {
    ($name:ident) => {
        libfuzzer_sys::fuzz_target!(
            init: $crate::seed(stringify!($name)),
            |data: &[u8]| cloudcall_tests::fuzz::$name(data)
        );
    };
}

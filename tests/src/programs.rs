//! The programs of `examples/`, as built beside the tests.

use std::path::PathBuf;

/// Where an example program is. Cargo tells tests only of binaries, but `cargo test --workspace` builds examples too,
/// into a folder beside that of the test program.
pub fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(|deps| deps.parent()).expect("tests run from target/PROFILE/deps");
    let path = profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "{} is not built: run `cargo test --workspace`, or `cargo build -p cloudcall-quickstart -p cloudcall-examples --examples` first",
        path.display()
    );
    path
}

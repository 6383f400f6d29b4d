//! What the compiler says to users of the macros: `ui/fail/<rule>/<mistake>.rs`, with right uses in `ui/pass`.
//!
//! The texts are those of the pinned compiler. After a wanted change, write them anew and read the diff:
//! `TRYBUILD=overwrite cargo test -p cloudcall-tests --test suite ui`.

use std::process::Command;

/// The version in `rust-toolchain.toml`.
fn pinned() -> Option<&'static str> {
    include_str!("../../rust-toolchain.toml")
        .lines()
        .find_map(|line| line.strip_prefix("channel = "))
        .map(|v| v.trim_matches('"'))
}

/// The compiler that cargo would use, such as `1.95.0`.
fn compiler() -> Option<String> {
    let output = Command::new(option_env!("RUSTC").unwrap_or("rustc")).arg("--version").output().ok()?;
    String::from_utf8(output.stdout).ok()?.split(' ').nth(1).map(str::to_owned)
}

/// Copies the description files of `ui/api` to where the cases are built: `actions!` looks for them there.
fn copy_descriptions() -> std::io::Result<()> {
    let program = std::env::current_exe()?;
    // The program is `TARGET/PROFILE/deps/suite`.
    let target = program.ancestors().nth(3).unwrap_or(&program);
    let to = target.join("tests/trybuild").join(env!("CARGO_PKG_NAME")).join("api");
    std::fs::create_dir_all(&to)?;
    for file in std::fs::read_dir("ui/api")? {
        let file = file?;
        std::fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(())
}

#[test]
fn messages_are_those_that_were_read() {
    let (pinned, compiler) = (pinned().unwrap_or("none"), compiler().unwrap_or("none".to_owned()));
    assert_eq!(pinned, compiler, "the messages are those of the pinned compiler: run the suite with it");
    copy_descriptions().unwrap();
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/fail/*/*.rs");
}

//! A program with reqwest clients of its own. Cargo compiles reqwest once, with the features of everybody: those that cloudcall
//! turns on must not break what the program does.
//!
//! Run it alone, `cargo test -p cloudcall-unified`: with the whole workspace, the features of the other packages count, too.

#[cfg(test)]
mod tests {
    use cloudcall::{Client, Tencent};

    #[test]
    fn a_client_of_the_program_is_made_before_and_after_one_of_cloudcall() {
        drop(reqwest::Client::new());
        let client = Client::<Tencent>::builder().region("ap-guangzhou").build().unwrap();
        assert!(reqwest::Client::builder().build().is_ok());
        drop(client);
    }
}

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| cloudcall_tests::fuzz::nested(data));

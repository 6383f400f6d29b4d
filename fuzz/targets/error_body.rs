#![no_main]

cloudcall_fuzz::target!(error_body);

#![no_main]

cloudcall_fuzz::target!(query);

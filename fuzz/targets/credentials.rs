#![no_main]

cloudcall_fuzz::target!(credentials);

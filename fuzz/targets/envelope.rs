#![no_main]

cloudcall_fuzz::target!(envelope);

#![no_main]

cloudcall_fuzz::target!(server_time);

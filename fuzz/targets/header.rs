#![no_main]

cloudcall_fuzz::target!(header);

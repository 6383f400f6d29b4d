//! A cloud in your own process, on a loopback port, that checks every signature.

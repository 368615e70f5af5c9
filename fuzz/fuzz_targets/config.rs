#![no_main]

#[path = "../../tests/probes/probe.rs"]
#[allow(dead_code)]
mod probe;

libfuzzer_sys::fuzz_target!(|data: &[u8]| probe::configuration(data));

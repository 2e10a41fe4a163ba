#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| octroi_fuzz::charter_import::check(data));

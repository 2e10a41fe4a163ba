#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| octroi_fuzz::consent_formats::check(data));

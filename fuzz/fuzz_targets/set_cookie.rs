#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| octroi_fuzz::set_cookie::check(data));

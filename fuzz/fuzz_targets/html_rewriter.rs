#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| octroi_fuzz::html_rewriter::check(data));

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::Corpus;
use octroi::consent::Format;

/// `FORMATS=tcf,gpp` in the environment spends the whole run on these.
static WANTED: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("FORMATS").ok());

fn is_wanted(data: &[u8]) -> bool {
    let format = data.first().map(|byte| Format::ALL[usize::from(*byte) % Format::ALL.len()].word());
    WANTED.as_ref().is_none_or(|words| words.split(',').any(|word| Some(word) == format))
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| -> Corpus {
    if !is_wanted(data) {
        return Corpus::Reject;
    }
    octroi_fuzz::consent_formats::check(data);
    Corpus::Keep
});

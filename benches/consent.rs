//! The time to read a visitor's choice, valid and invalid: `cargo bench --bench consent`.

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use octroi::consent::{Banner, Choice, Format, Keys, Options, Undated};
use octroi::cookie::UnixTime;

const NOW: UnixTime = UnixTime(1_795_435_200);

/// Shows what decoding allocates.
#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn banner() -> Banner {
    let format = Format::Opendatasoft;
    let keys = Keys::new(["functional_cookies", "ga", "matomo", "piano", "xiti"].map(str::to_owned).to_vec(), 0);
    let (names, options) = (format.names(None), Options::default());
    Banner { format, names, options, keys, valid_for: 181 * 86_400, undated: Undated::Allow }
}

fn read(banner: &Banner, values: &[&[u8]]) -> Choice {
    banner.read(black_box(values).iter().map(|value| (&b"cookies_preferences"[..], *value)), NOW)
}

#[divan::bench(args = [
    r#"{"functional_cookies":true,"matomo":false,"ga":true}"#,
    "{%22functional_cookies%22:true%2C%22matomo%22:false%2C%22ga%22:true}",
    "%7B%22functional_cookies%22%3Atrue%2C%22matomo%22%3Afalse%2C%22ga%22%3Atrue%7D",
    r#"{"matomo":true,"timestamp":1795000000000}"#,
    r#"{"youtube":true,"vimeo":[false,{"a":1}],"matomo":"true"}"#,
    "%7B%22functional_cookies%22%3Atrue%2C%22matomo",
])]
fn opendatasoft(bencher: Bencher<'_, '_>, value: &str) {
    let banner = banner();
    bencher.counter(BytesCount::of_str(value)).bench_local(|| read(&banner, &[value.as_bytes()]));
}

/// The largest number of keys that a choice may have.
#[divan::bench]
fn opendatasoft_of_256_keys(bencher: Bencher<'_, '_>) {
    let (banner, keys) = (banner(), (0..256).map(|number| format!("\"k{number}\":true")).collect::<Vec<_>>());
    let value = format!("{{{}}}", keys.join(","));
    bencher.counter(BytesCount::of_str(&value)).bench_local(|| read(&banner, &[value.as_bytes()]));
}

/// A browser sends one instance for each domain and path for which the banner wrote it.
#[divan::bench]
fn two_instances(bencher: Bencher<'_, '_>) {
    let banner = banner();
    let values: [&[u8]; 2] = [br#"{"matomo":true,"ga":true}"#, br#"{"matomo":true,"ga":false}"#];
    bencher.bench_local(|| read(&banner, &values));
}

//! The time of the cookie core for a portal's lines: `cargo bench --bench cookie`.

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use octroi::cookie::{Amendment, AttributeKind, SetCookie, UnixTime, amend, pairs, parse_cookie_date};

const NOW: UnixTime = UnixTime(1_795_435_200);

const ANALYTICS: &[u8] = b"_ga=GA1.2.1234567890.1795435200; Path=/; Domain=.example.fr";
const SESSION: &[u8] = b"sessionid=8f3k2j5h6g7d9s0a1q2w3e4r5t6y7u8i; expires=Mon, 07 Dec 2026 12:00:00 GMT; \
    HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax; Secure";
const SIX_PAIRS: &[u8] = b"_ga=GA1.2.1234567890.1795435200; _pk_id.12.ab34=0f1e2d3c4b5a6978.1795435200.; \
    csrftoken=Zk3Jd8sLq0PxWv5Tn7Rb2Yc9Uf4Mg6Ha; sessionid=8f3k2j5h6g7d9s0a1q2w3e4r5t6y7u8i; \
    cookies_preferences=%7B%22ga%22%3Atrue%7D; django_language=fr";

#[derive(Debug)]
enum Line {
    Analytics,
    Session,
}

impl Line {
    const ALL: [Self; 2] = [Self::Analytics, Self::Session];

    fn bytes(&self) -> &'static [u8] {
        black_box(match self {
            Self::Analytics => ANALYTICS,
            Self::Session => SESSION,
        })
    }
}

/// Shows that reading allocates nothing.
#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench(args = Line::ALL)]
fn name(bencher: Bencher<'_, '_>, line: &Line) {
    bencher
        .counter(BytesCount::of_slice(line.bytes()))
        .bench(|| SetCookie::parse(line.bytes()).map(|cookie| cookie.name()));
}

#[divan::bench(args = Line::ALL)]
fn attributes(bencher: Bencher<'_, '_>, line: &Line) {
    bencher.counter(BytesCount::of_slice(line.bytes())).bench(|| {
        let cookie = SetCookie::parse(line.bytes()).ok()?;
        Some(cookie.attributes().filter(|attribute| black_box(*attribute).is(AttributeKind::Path)).count())
    });
}

#[divan::bench(args = Line::ALL)]
fn surely_deletes(line: &Line) -> bool {
    SetCookie::parse(line.bytes()).is_ok_and(|cookie| cookie.surely_deletes(NOW))
}

/// The common case: a cap that the line already keeps.
#[divan::bench(args = Line::ALL)]
fn amend_nothing(line: &Line) -> Option<Vec<u8>> {
    let amendment = Amendment { max_lifetime: Some(34_000_000), ..Amendment::default() };
    SetCookie::parse(line.bytes()).ok().and_then(|cookie| amend(&cookie, &amendment, NOW))
}

#[divan::bench]
fn six_pairs(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_slice(SIX_PAIRS))
        .bench(|| pairs(black_box(SIX_PAIRS)).filter(|pair| black_box(pair.name).is_some()).count());
}

/// In the forms of HTTP, Netscape, RFC 850 and asctime(3); one that only RFC 6265 §5.1.1 reads; and two texts that are no date.
#[divan::bench(args = [
    "Mon, 07 Dec 2026 12:00:00 GMT",
    "Mon, 07-Dec-2026 12:00:00 GMT",
    "Monday, 07-Dec-26 12:00:00 GMT",
    "Mon Dec  7 12:00:00 2026",
    "12:0:0;2026/december@7 (CET) +0100",
    "Mon, 30 Feb 2026 12:00:00 GMT",
    "in a fortnight, or whenever the portal is next restarted",
])]
fn date(text: &str) -> Option<UnixTime> {
    parse_cookie_date(black_box(text.as_bytes()))
}

//! Many cookies in one response. A browser keeps 180 of a site, so no case sets more names than that.

use crate::jar::case::{Case, Outcome};

pub(super) fn cases() -> Vec<Case> {
    let mixed = |number: usize| match number % 3 {
        0 => format!("portal-{number}=allowed; Path=/"),
        1 => format!("_ga=refused{number}; Path=/"),
        _ => format!("refused-{}=v; Path=/c", number % 50),
    };
    let alike = |number: usize| format!("{}={number}; Path=/", ["sessionid", "_ga"][number % 2]);
    let filler = |count: usize| "X-Filler: x\r\n".repeat(count);
    vec![
        Case::cookies("a hundred and one cookies", (0..101).map(mixed)),
        Case::cookies("three hundred cookies", (0..300).map(mixed)),
        Case::cookies("nine hundred cookies of two names", (0..900).map(alike)),
        Case::head(
            "990 other lines before the cookies",
            "200 OK",
            format!("{}Set-Cookie: sessionid=1\r\nSet-Cookie: _ga=2\r\n", filler(990)),
        ),
        Case::head(
            "more lines than octroi reads",
            "200 OK",
            format!("Set-Cookie: sessionid=1\r\nSet-Cookie: _ga=2\r\n{}", filler(1001)),
        )
        .comes_out(Outcome::Refused),
        Case::both("a head of 200 KiB", format!("=v; Path=/{}", "; x=xxxxxxxxxx".repeat(7_000))),
        Case::both("a head of more bytes than octroi reads", format!("=v; Path=/{}", "; x=xxxxxxxxxx".repeat(10_000)))
            .comes_out(Outcome::Refused),
    ]
}

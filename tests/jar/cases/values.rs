//! Values: any bytes, which concern the browser and not the proxy.

use super::{CONTROLS, hex, is_refused, is_refused_in_a_cookie};
use crate::jar::case::{Case, Outcome};

pub(super) fn cases() -> Vec<Case> {
    [written(), bytes(), lengths()].concat()
}

fn written() -> Vec<Case> {
    let values: [&[u8]; 32] = [
        b"",
        b"v",
        b"=",
        b"a=b==c",
        b"a b  c",
        b"a\tb",
        b"\"quoted\"",
        b"\"quoted",
        b"\"a;b\"",
        b"\"a\\\"b\"",
        b"\"\"",
        b"'single'",
        b"a,b",
        b"a, _ga=b",
        b"a,Set-Cookie: _ga=b",
        b"%73%65%73",
        b"%0d%0aSet-Cookie:%20_ga=1",
        b"%00",
        b"%",
        b"\\r\\nSet-Cookie: _ga=1",
        b"{\"json\":[1,2],\"x\":null}",
        b"<script>",
        b"a|b&c^d`e~",
        b"\xc3\xa9t\xc3\xa9",
        b"\xe9t\xe9",
        b"\xf0\x9f\x8d\xaa",
        b"\xed\xa0\x80",
        b"\xc4\x8d\xc4\x8aSet-Cookie: _ga=1",
        b"v ; Path=/ ",
        b"v;Path=/;HttpOnly",
        b"$Version=1",
        b"; Path=/",
    ];
    values
        .into_iter()
        .map(|value| Case::both(format!("the value {}", value.escape_ascii()), [b"=", value].concat()))
        .collect()
}

/// Control characters and bytes above ASCII: in a value, in an attribute, in another field.
fn bytes() -> Vec<Case> {
    let mut cases = Vec::new();
    for byte in CONTROLS.into_iter().chain([0x80, 0x85, 0xa0, 0xff]) {
        let (name, one) = (hex(byte), [byte]);
        let of_cookie = [
            Case::both(format!("{name} in the value"), [b"=a", &one[..], b"b"].concat()),
            Case::both(format!("{name} in an attribute"), [b"=a; Path=/", &one[..], b"b; HttpOnly"].concat()),
        ];
        let other = Case::head(
            format!("{name} in another field"),
            "200 OK",
            [b"X-A: b", &one[..], b"Set-Cookie: _ga=2\r\nSet-Cookie: sessionid=1\r\n"].concat(),
        );
        let come_out = |case: Case, refused| if refused { case.comes_out(Outcome::Refused) } else { case };
        cases.extend(of_cookie.map(|case| come_out(case, is_refused_in_a_cookie(&one))));
        cases.push(come_out(other, is_refused(&one)));
    }
    cases
}

/// Around what browsers keep of a pair (4096 bytes) and of an attribute (1024), and far beyond.
fn lengths() -> Vec<Case> {
    let pairs = [4080, 4086, 4087, 4088, 4092, 4093, 4094, 4096, 4097, 5000, 16_384, 65_536]
        .map(|length| Case::both(format!("a value of {length} bytes"), format!("={}; Path=/", "v".repeat(length))));
    let names = [4000, 4094, 4095, 4096, 4097].map(|length| {
        Case::cookies(
            format!("a name of {length} bytes"),
            [format!("portal-{}=v", "n".repeat(length - 7)), format!("_ga{}=v", "n".repeat(length - 3))],
        )
    });
    let attributes = [1022, 1023, 1024, 1025, 4096, 65_536].into_iter().flat_map(|length| {
        [
            Case::both(
                format!("a path of {length} bytes"),
                format!("=v; Path=/{}", "c/".repeat(length).split_at(length - 1).0),
            ),
            Case::both(
                format!("a Max-Age of {length} digits"),
                format!("=v; Max-Age={}864000", "0".repeat(length - 6)),
            ),
            Case::both(
                format!("an unknown attribute of {length} bytes"),
                format!("=v; X={}; HttpOnly", "x".repeat(length)),
            ),
        ]
    });
    pairs.into_iter().chain(names).chain(attributes).collect()
}

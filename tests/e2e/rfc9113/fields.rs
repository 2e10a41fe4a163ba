//! Sections 8.2 and 8.3: names, values, and the pseudo fields that make a request.

use super::Expected::{Nothing, Refused};
use super::Stream1::Idle;
use super::{Row, check};
use crate::support::frames::{Field, Fields, changed, headers};

const BAD: [Field<'static>; 4] =
    [(b":method", b"GET"), (b":scheme", b"http"), (b":authority", b"h"), (b":path", b"/bad")];

fn refused<'a>(section: &'a str, what: &'a str, fields: &[Field<'_>]) -> Row<'a> {
    (section, what, Idle, headers(1, true, fields), Refused)
}

/// A bad head with one field more.
fn field<'a>(section: &'a str, what: &'a str, name: &'a [u8], value: &'a [u8]) -> Row<'a> {
    refused(section, what, &[&BAD[..], &[(name, value)]].concat())
}

/// A head with one pseudo field changed or left out.
fn pseudo<'a>(what: &'a str, name: &'a [u8], value: Option<&'a [u8]>) -> Row<'a> {
    let mut fields: Fields = changed(name, value);
    // The row's path if it is not the row's subject.
    fields.iter_mut().filter(|(field, value)| *field == b":path" && *value == b"/").for_each(|field| field.1 = b"/bad");
    refused("8.3.1", what, &fields)
}

#[tokio::test]
async fn names_and_values() {
    check(names_and_values_rows()).await;
}

fn names_and_values_rows() -> Vec<Row<'static>> {
    vec![
        field("8.2", "an upper-case name", b"X-Upper", b"1"),
        field("8.2.1", "an empty name", b"", b"1"),
        field("8.2.1", "a blank in a name", b"x y", b"1"),
        field("8.2.1", "a tab in a name", b"x\ty", b"1"),
        field("8.2.1", "NUL in a name", b"x\0y", b"1"),
        field("8.2.1", "LF in a name", b"x\ny", b"1"),
        field("8.2.1", "CR in a name", b"x\ry", b"1"),
        field("8.2.1", "DEL in a name", b"x\x7fy", b"1"),
        field("8.2.1", "a byte beyond ASCII in a name", b"x\xe9y", b"1"),
        field("8.2.1", "a colon in a name", b"x:y", b"1"),
        field("8.2.1", "CR LF in a value", b"x", b"a\r\nset-cookie: _ga=1"),
        field("8.2.1", "LF in a value", b"x", b"a\nb: c"),
        field("8.2.1", "CR in a value", b"x", b"a\rb"),
        field("8.2.1", "NUL in a value", b"x", b"a\0b"),
        field("8.2.1", "a blank before a value", b"x", b" a"),
        field("8.2.1", "a tab behind a value", b"x", b"a\t"),
        field("8.2.1", "LF in a cookie", b"cookie", b"a=1\nb: c"),
    ]
}

#[tokio::test]
async fn fields_of_a_connection() {
    check(fields_of_a_connection_rows()).await;
}

fn fields_of_a_connection_rows() -> Vec<Row<'static>> {
    vec![
        field("8.2.2", "connection", b"connection", b"close"),
        field("8.2.2", "proxy-connection", b"proxy-connection", b"x"),
        field("8.2.2", "keep-alive", b"keep-alive", b"1"),
        field("8.2.2", "transfer-encoding", b"transfer-encoding", b"chunked"),
        field("8.2.2", "upgrade", b"upgrade", b"websocket"),
        field("8.2.2", "TE beyond trailers", b"te", b"gzip"),
        field("8.2.2", "TE of trailers and more", b"te", b"trailers, gzip"),
        (
            "8.2.2",
            "TE of trailers",
            Idle,
            headers(1, true, &[&changed(b":path", Some(b"/"))[..], &[(b"te", b"trailers")]].concat()),
            Nothing,
        ),
    ]
}

#[tokio::test]
async fn pseudo_fields() {
    check(pseudo_fields_rows()).await;
}

fn pseudo_fields_rows() -> Vec<Row<'static>> {
    vec![
        pseudo("no method", b":method", None),
        pseudo("no scheme", b":scheme", None),
        pseudo("no path", b":path", None),
        pseudo("no authority and no host", b":authority", None),
        pseudo("an empty method", b":method", Some(b"")),
        pseudo("an empty path", b":path", Some(b"")),
        pseudo("an empty authority", b":authority", Some(b"")),
        pseudo("a path without its slash", b":path", Some(b"bad")),
        pseudo("a path that is an address", b":path", Some(b"http://h/bad")),
        pseudo("an asterisk without OPTIONS", b":path", Some(b"*")),
        pseudo("CR LF in the path", b":path", Some(b"/bad HTTP/1.1\r\nHost: evil\r\n\r\n")),
        pseudo("a blank in the path", b":path", Some(b"/bad b")),
        pseudo("NUL in the path", b":path", Some(b"/bad\0")),
        pseudo("CR LF in the method", b":method", Some(b"GET / HTTP/1.1\r\nX: y\r\n\r\nGET")),
        pseudo("a blank in the method", b":method", Some(b"GET /")),
        pseudo("a blank in the authority", b":authority", Some(b"a b")),
        pseudo("a user in the authority", b":authority", Some(b"user@h")),
        pseudo("CR LF in the authority", b":authority", Some(b"h\r\nx: y")),
        pseudo("a slash in the authority", b":authority", Some(b"h/bad")),
        pseudo("a list of authorities", b":authority", Some(b"h, evil.test")),
        pseudo("a list of authorities that agree", b":authority", Some(b"h,h")),
        pseudo("a port that is no number", b":authority", Some(b"h:x")),
        pseudo("a port beyond the last one", b":authority", Some(b"h:65536")),
        pseudo("another scheme", b":scheme", Some(b"ftp")),
        pseudo("CR LF in the scheme", b":scheme", Some(b"http\r\nx: y")),
        field("8.3", "two methods", b":method", b"POST"),
        field("8.3", "two schemes", b":scheme", b"https"),
        field("8.3", "two authorities", b":authority", b"evil.test"),
        field("8.3", "two paths", b":path", b"/bad"),
        field("8.3", "a pseudo field of responses", b":status", b"200"),
        field("8.3", "an unknown pseudo field", b":x", b"1"),
        // The `http` crate cuts it off before anyone sees it.
        ("8.3.1", "a fragment", Idle, headers(1, true, &changed(b":path", Some(b"/#bad"))), Nothing),
        refused("8.3", "a pseudo field behind a field", &[&BAD[..3], &[(b"x", b"1"), BAD[3]]].concat()),
        field("8.3.1", "another host", b"host", b"evil.test"),
        field("8.3.1", "a host that is none", b"host", b""),
        field("8.3.1", "a list of hosts", b"host", b"h, h"),
        refused("8.3.1", "two hosts that agree", &[&BAD[..], &[(b"host", b"h"), (b"host", b"h")]].concat()),
        refused("8.3.1", "two hosts", &[&BAD[..], &[(b"host", b"h"), (b"host", b"evil.test")]].concat()),
        field("8.1.1", "a length without its body", b"content-length", b"5"),
        refused("8.1.1", "two lengths", &[&BAD[..], &[(b"content-length", b"0"), (b"content-length", b"1")]].concat()),
        refused(
            "8.1.1",
            "two lengths that agree",
            &[&BAD[..], &[(b"content-length", b"0"), (b"content-length", b"0")]].concat(),
        ),
        field("8.1.1", "a length that is none", b"content-length", b"+0"),
        field("8.1.1", "an empty length", b"content-length", b""),
        field("8.1.1", "a list of lengths", b"content-length", b"0, 0"),
        field("8.1.1", "a length that overflows", b"content-length", b"18446744073709551616"),
    ]
}

/// All rows of this file.
pub(super) fn rows() -> Vec<Row<'static>> {
    [names_and_values_rows(), fields_of_a_connection_rows(), pseudo_fields_rows()].concat()
}

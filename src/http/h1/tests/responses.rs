//! What a portal sends: heads and contents, whole and in pieces.

use std::collections::HashSet;

use bytes::{Buf, Bytes, BytesMut};
use http::{HeaderMap, Version};
use hyper::ext::ReasonPhrase;
use proptest::prelude::*;

use super::differential::changed;
use super::pieces::changes;
use super::*;

const LIMITS: SectionLimits = SectionLimits { fields: 100, bytes: 1000 };

/// What a connection brings, and how reading it ends.
#[derive(Debug, Default, PartialEq)]
struct Read {
    heads: Vec<String>,
    refused: Option<Refusal>,
    /// What is left after the last head.
    left: Vec<u8>,
}

/// Reads heads, as long as there are any.
fn read_heads<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Read {
    let (mut reader, mut input, mut read) = (ResponseHeads::default(), BytesMut::new(), Read::default());
    for piece in pieces {
        input.extend_from_slice(piece);
        loop {
            match reader.read(&mut input, &mut HeaderMap::new(), LIMITS) {
                Ok(Some(head)) => read.heads.push(format!("{head:?}")),
                Ok(None) => break,
                Err(refusal) => return Read { refused: Some(refusal), ..read },
            }
        }
    }
    Read { left: input.to_vec(), ..read }
}

const HEADS: [&[u8]; 5] = [
    b"HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 18:00:00 GMT\r\nContent-Type: text/html; charset=utf-8\r\n\
      Set-Cookie: sessionid=abc123def456ghi789; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.0 404 Not Found\r\nX_Odd.Name-1: caf\xc3\xa9, a value that is as long as a block\r\nTab:\ta\tb\r\nEmpty:\r\n\r\n",
    b"HTTP/1.1 304\r\nETag: \"0123456789abcdef0123456789abcdef\"\r\n\r\n",
    b"HTTP/1.1 103 Early Hints\r\nLink: </x.css>; rel=preload\r\n\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n",
];

const REFUSED: &[(&[u8], Refusal)] = &[
    (b"\r", Refusal::StatusLine),
    (b" ", Refusal::StatusLine),
    (b"h", Refusal::StatusLine),
    (b"HTTP/2", Refusal::StatusLine),
    (b"HTTP/1.2 200 OK\r\n\r\n", Refusal::StatusLine),
    (b"HTTP/1.1\t200 OK\r\n\r\n", Refusal::StatusLine),
    (b"HTTP/1.1  200 OK\r\n\r\n", Refusal::StatusLine),
    (b"HTTP/1.1 20 OK\r\n\r\n", Refusal::StatusLine),
    (b"HTTP/1.1 2000 OK\r\n\r\n", Refusal::StatusLine),
    (b"HTTP/1.1 099 OK\r\n\r\n", Refusal::StatusLine),
    (b"HTTP/1.1 +20 OK\r\n\r\n", Refusal::StatusLine),
    (b"HTTP/1.1 200OK\r\n\r\n", Refusal::StatusLine),
    (b"HTTP/1.1 200 O\0\r\n\r\n", Refusal::StatusLine),
    (b"HTTP/1.1 200 O\rK\r\n\r\n", Refusal::StatusLine),
    (b"HTTP/1.1 200 OK\n", Refusal::BareLineFeed),
    (b"HTTP/1.1 200 OK\r\nA: b\n", Refusal::BareLineFeed),
    (b"HTTP/1.1 200 OK\r\nA: b\r\n\n", Refusal::BareLineFeed),
    (b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", Refusal::FoldedLine),
    (b"HTTP/1.1 200 OK\r\nA: b\r\n\tc: d\r\n\r\n", Refusal::FoldedLine),
    (b"HTTP/1.1 200 OK\r\nSet-Cookie : a=b\r\n\r\n", Refusal::FieldName),
    (b"HTTP/1.1 200 OK\r\nSet-Cookie\r\n\r\n", Refusal::FieldName),
    (b"HTTP/1.1 200 OK\r\n: a\r\n\r\n", Refusal::FieldName),
    (b"HTTP/1.1 200 OK\r\nA\0: a\r\n\r\n", Refusal::FieldName),
    (b"HTTP/1.1 200 OK\r\nA: \0\r\n\r\n", Refusal::ControlByte),
    (b"HTTP/1.1 200 OK\r\nA: \x01\r\n\r\n", Refusal::ControlByte),
    (b"HTTP/1.1 200 OK\r\nSet-Cookie: a=\0\r\n\r\n", Refusal::ControlByte),
    (b"HTTP/1.1 200 OK\r\nSet-Cookie: a=\x01\0\r\n\r\n", Refusal::ControlByte),
    (b"HTTP/1.1 200 OK\r\nSet-Cookie: a=\x01\rb\r\n\r\n", Refusal::BareCarriageReturn),
    (b"HTTP/1.1 200 OK\r\nSet-Cookie: a=\x01\n\r\n\r\n", Refusal::BareLineFeed),
    (b"HTTP/1.1 200 OK\r\nA: b\rSet-Cookie: c=d\r\n\r\n", Refusal::BareCarriageReturn),
    (b"HTTP/1.1 200 OK\r\nA: b\r\r\n\r\n", Refusal::BareCarriageReturn),
    (b"HTTP/1.1 103 E\r\n\r\n\r", Refusal::StatusLine),
    (b"HTTP/1.1 103 E\r\n\r\nHTTP/1.1 200 OK\r\nA: b\n", Refusal::BareLineFeed),
];

#[test]
fn each_oddity_of_a_head_is_refused_for_what_it_is() {
    for (bytes, refusal) in REFUSED {
        for size in [1, 7, bytes.len()] {
            assert_eq!(read_heads(bytes.chunks(size)).refused, Some(*refusal), "{}", bytes.escape_ascii());
        }
    }
}

#[test]
fn a_head_is_read_with_all_that_it_says() {
    let mut input = BytesMut::from(
        &b"HTTP/1.0 404 caf\xe9\t!\r\nSet-Cookie: a=b\r\nX:\t \t\r\nset-cookie:  c = d \r\nY:caf\xc3\xa9\r\n\r\nbody"[..],
    );
    let mut before = HeaderMap::from_iter([(http::header::COOKIE, "a=b".parse().unwrap())]);
    let read = ResponseHeads::default().read(&mut input, &mut before, LIMITS).unwrap().unwrap();
    let ResponseHead { response: head, set_cookies } = *read;
    assert_eq!((head.status().as_u16(), head.version()), (404, Version::HTTP_10));
    assert_eq!(head.extensions().get::<ReasonPhrase>().unwrap().as_bytes(), b"caf\xe9\t!");
    let fields: Vec<_> = head.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    assert_eq!(fields, [("x", &b""[..]), ("y", b"caf\xc3\xa9")]);
    assert!(set_cookies.iter().map(|line| line.to_value().unwrap()).eq(["a=b", "c = d"]));
    assert_eq!(&input[..], b"body");
    assert!(before.is_empty());
}

#[test]
fn a_control_byte_in_a_cookie_costs_that_cookie_alone() {
    for byte in (1..0x20).chain([0x7f]).filter(|byte| !b"\t\r\n".contains(byte)) {
        let line = |start: &[u8], end: &[u8]| [b"Set-Cookie: ", start, &[byte], end, b"\r\n"].concat();
        let lines = [
            &b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\n"[..],
            &line(b"", b"b=1"),
            &line(b"b=1", b""),
            &line(b"b=1; Path=/", b"; HttpOnly"),
            b"Set-Cookie: c=\t1\r\n\r\n",
        ];
        let mut input = BytesMut::from(&lines.concat()[..]);
        let read = ResponseHeads::default().read(&mut input, &mut HeaderMap::new(), LIMITS).unwrap().unwrap();
        assert!(read.set_cookies.iter().map(|line| line.to_value().unwrap()).eq(["a=1", "c=\t1"]), "{byte:#x}");
        assert_eq!(read.set_cookies.unreadable(), 3, "{byte:#x}");
    }
}

#[test]
fn a_head_is_as_large_as_the_limits_allow() {
    let verdict = |bytes: String| read_heads([bytes.as_bytes()].into_iter()).refused;
    let fields = |count| format!("HTTP/1.1 200 OK\r\n{}\r\n", "a:b\r\n".repeat(count));
    assert_eq!((verdict(fields(100)), verdict(fields(101))), (None, Some(Refusal::TooLarge)));
    let bytes = |count: usize| format!("HTTP/1.1 200 OK\r\na:{}\r\n\r\n", "b".repeat(count - 23));
    assert_eq!((verdict(bytes(1000)), verdict(bytes(1001))), (None, Some(Refusal::TooLarge)));
    // Without an end, too.
    assert_eq!(verdict(format!("HTTP/1.1 200 OK\r\na:{}", "b".repeat(1000))), Some(Refusal::TooLarge));
}

fn whole(mut pieces: BufChain) -> Bytes {
    pieces.copy_to_bytes(pieces.remaining())
}

/// Returns all data and trailers of content that is received in pieces, and whether it has ended.
fn read_content(mut content: Content, pieces: &[&[u8]]) -> Result<(Vec<u8>, HeaderMap, bool, Vec<u8>), Refusal> {
    let (mut input, mut data, mut trailers) = (BytesMut::new(), Vec::new(), HeaderMap::new());
    for piece in pieces {
        input.extend_from_slice(piece);
        while let Some(frame) = content.take(&mut input, LIMITS)? {
            match frame.into_data() {
                Ok(pieces) => data.extend_from_slice(&whole(pieces)),
                Err(frame) => trailers = frame.into_trailers().unwrap(),
            }
        }
    }
    Ok((data, trailers, content.has_ended(), input.to_vec()))
}

#[test]
fn a_length_is_read_to_the_byte() {
    let (data, _, ended, left) = read_content(Content::of_length(5), &[b"ab", b"cdefg"]).unwrap();
    assert_eq!((&data[..], ended, &left[..]), (&b"abcde"[..], true, &b"fg"[..]));
    assert!(Content::of_length(0).has_ended());
    assert_eq!(Content::of_length(7).size_hint().exact(), Some(7));
}

#[test]
fn chunks_that_have_come_are_one_frame_of_a_few_pieces() {
    let mut content = Content::chunked();
    let mut next = |bytes: &[u8]| {
        let frame = content.take(&mut BytesMut::from(bytes), LIMITS).unwrap();
        frame.map(|frame| whole(frame.into_data().unwrap()))
    };
    assert_eq!(next(b"3\r\nabc\r\n2\r\nde\r\n5\r\nf").unwrap(), "abcdef");
    assert_eq!(next(b"ghij\r").unwrap(), "ghij");
    assert_eq!(next(b"\n1"), None);
    let (mut input, mut content) = (BytesMut::from("1\r\na\r\n".repeat(100).as_str()), Content::chunked());
    let frames = std::iter::from_fn(|| content.take(&mut input, LIMITS).unwrap());
    let lengths: Vec<_> = frames.map(|frame| whole(frame.into_data().unwrap()).len()).collect();
    assert_eq!(lengths, [32, 32, 32, 4]);
}

#[test]
fn chunks_end_with_the_last_of_them_if_there_are_no_trailers() {
    let mut input = BytesMut::from(&b"3  ;x=y\r\nabc\r\n0\r\n\r\nnext"[..]);
    let mut content = Content::chunked();
    let frame = content.take(&mut input, LIMITS).unwrap().unwrap();
    assert_eq!(whole(frame.into_data().unwrap()), "abc");
    assert!(content.has_ended());
    assert_eq!(&input[..], b"next");
}

const CHUNKED: &[u8] = b"1\r\na\r\n0004;n=\"v\"\r\n\r\n0\r\r\nA\r\n0123456789\r\n0\r\nX-Sum: 7\r\nY:\r\n\r\nnext";

#[test]
fn chunks_are_read_alike_in_all_pieces() {
    for size in 1..=CHUNKED.len() {
        let (data, trailers, ended, left) =
            read_content(Content::chunked(), &CHUNKED.chunks(size).collect::<Vec<_>>()).unwrap();
        assert_eq!(data, b"a\r\n0\r0123456789", "{size}");
        assert_eq!(
            (&trailers["x-sum"], &trailers["y"], trailers.len()),
            (&"7".parse().unwrap(), &"".parse().unwrap(), 2)
        );
        assert!(ended && b"next".ends_with(&left), "{size}");
    }
}

#[test]
fn chunks_that_are_none_are_refused_after_what_came_before_them() {
    for (bytes, refusal) in [
        (&b"x\r\n"[..], Refusal::ChunkSize),
        (b"-1\r\n", Refusal::ChunkSize),
        (b"\r\n", Refusal::ChunkSize),
        (b"1000000000000000\r\n", Refusal::ChunkSize),
        (b"1;a\n", Refusal::ChunkExtension),
        (b"1\r\nab", Refusal::ChunkEnd),
        (b"1\na", Refusal::ChunkSize),
        (b"0\r\nA: b\n", Refusal::BareLineFeed),
        (b"0\r\n A: b\r\n\r\n", Refusal::FoldedLine),
    ] {
        for size in [1, bytes.len()] {
            let pieces: Vec<_> = bytes.chunks(size).collect();
            assert_eq!(read_content(Content::chunked(), &pieces).unwrap_err(), refusal, "{}", bytes.escape_ascii());
        }
        let mut input = BytesMut::from(&[b"2\r\nok\r\n", bytes].concat()[..]);
        let mut content = Content::chunked();
        let frame = content.take(&mut input, LIMITS).unwrap().unwrap();
        assert!(whole(frame.into_data().unwrap()).starts_with(b"ok"));
        let refused = std::iter::repeat_with(|| content.take(&mut input, LIMITS)).find_map(Result::err);
        assert_eq!(refused, Some(refusal), "{}", bytes.escape_ascii());
    }
}

#[test]
fn what_follows_a_size_on_its_line_is_bounded() {
    const MOST: usize = 16 << 10;
    let chunks = |behind: &[u8]| [b"1", behind, b"\r\na\r\n1", behind, b"\r\nb\r\n0\r\n\r\n"].concat();
    for (filling, begin) in [(b"x", &b";"[..]), (b" ", b" "), (b" ", b" ;")] {
        for size in [1, 1000, 2 * MOST] {
            let of_length = |length: usize| chunks(&[begin, &filling.repeat(length - begin.len())].concat());
            let read = |bytes: &[u8]| read_content(Content::chunked(), &bytes.chunks(size).collect::<Vec<_>>());
            assert_eq!(read(&of_length(MOST)).unwrap().0, b"ab", "{size}");
            assert_eq!(read(&of_length(MOST + 1)).unwrap_err(), Refusal::ChunkExtension, "{size}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn heads_are_read_alike_in_all_pieces(
        heads in prop::collection::vec(prop::sample::select(&HEADS[..]), 1..4), changes in changes(), size in 2..200_usize,
    ) {
        let bytes = changed(heads.concat(), &changes);
        let bytewise = read_heads(bytes.chunks(1));
        prop_assert_eq!(&read_heads([&bytes[..]].into_iter()), &bytewise, "{}", bytes.escape_ascii());
        prop_assert_eq!(&read_heads(bytes.chunks(size)), &bytewise, "{}", bytes.escape_ascii());
    }

    #[test]
    fn changed_chunks_are_read_alike_in_all_pieces(changes in changes(), size in 2..40_usize) {
        let bytes = changed(CHUNKED.to_vec(), &changes);
        let in_pieces = |size| read_content(Content::chunked(), &bytes.chunks(size).collect::<Vec<_>>())
            .map(|(data, trailers, ended, _)| (data, trailers, ended));
        let bytewise = in_pieces(1);
        prop_assert_eq!(&in_pieces(bytes.len()), &bytewise, "{}", bytes.escape_ascii());
        prop_assert_eq!(&in_pieces(size), &bytewise, "{}", bytes.escape_ascii());
    }
}

proptest! {
    /// What a reader remembers of the names of one head changes nothing in the next.
    #[test]
    fn each_head_is_read_as_if_it_were_the_first(
        heads in proptest::collection::vec(proptest::collection::vec(
            proptest::sample::select(&["Age", "age", "Ag", "X-A", "x-a", "X-B", "Set-Cookie", "set-cookie", "A b"][..]), 0..5,
        ), 1..8),
    ) {
        let written = |names: &Vec<&str>| {
            let lines = names.iter().enumerate().map(|(place, name)| format!("{name}:\t{place} \r\n"));
            let lines = lines.collect::<Vec<_>>().concat();
            format!("HTTP/1.1 200 OK\r\n{lines}\r\n")
        };
        let mut reader = ResponseHeads::default();
        for head in heads.iter().map(written) {
            let read = |reader: &mut ResponseHeads| {
                let head = reader.read(&mut BytesMut::from(head.as_bytes()), &mut HeaderMap::new(), LIMITS);
                format!("{head:?}")
            };
            let (again, first) = (read(&mut reader), read(&mut ResponseHeads::default()));
            if first.starts_with("Err") {
                prop_assert!(again.starts_with("Err"));
                break;
            }
            prop_assert_eq!(again, first);
        }
    }
}

#[test]
fn a_value_that_is_always_the_same_does_not_hold_what_came() {
    let mut heads = ResponseHeads::default();
    let responses: Vec<_> = (0..100)
        .map(|number| {
            let head = format!("HTTP/1.1 200 OK\r\nServer: kept for ever\r\nX-Number: {number}\r\n\r\n");
            let head = heads.read(&mut BytesMut::from(&*head), &mut HeaderMap::new(), LIMITS).unwrap().unwrap();
            let fields = head.response.headers();
            assert_eq!((&fields["server"], &fields["x-number"]), (&"kept for ever".parse().unwrap(), &number.into()));
            head.response
        })
        .collect();
    // None was dropped: each that holds its own head has another address.
    let addresses = responses.iter().map(|response| response.headers()["server"].as_bytes().as_ptr());
    assert!(addresses.collect::<HashSet<_>>().len() < 50);
}

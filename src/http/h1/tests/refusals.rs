//! What is refused and why, at which byte, and in whatever pieces it comes.

use proptest::prelude::*;

use super::*;

/// What a client sends, and how reading it ends.
const TABLE: &[(&[u8], Option<Refusal>)] = &[
    // Whole requests.
    (b"GET / HTTP/1.1\r\nHost: h\r\n\r\n", None),
    (b"GET / HTTP/1.0\r\n\r\n", None),
    (b"\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n", None),
    (b"M-SEARCH * HTTP/1.1\r\nHost:h\r\nEmpty:\r\nTab:\t a\tb \t\r\n\r\n", None),
    (b"GET /\xc3\xa9?a={b}|^[c]\"<>\\` HTTP/1.1\r\nX: \xe9\xff\r\n\r\n", None),
    (b"POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n\r\n\0\nGET / HTTP/1.1\r\n\r\n", None),
    (b"POST / HTTP/1.1\r\ncontent-length:0004\t \r\n\r\nabcdGET / HTTP/1.1\r\n\r\n", None),
    (b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\nGET / HTTP/1.1\r\n\r\n", None),
    (b"POST / HTTP/1.1\r\nContent-Length: 9223372036854775807\r\n\r\n\0\0", None),
    (b"POST / HTTP/1.1\r\nTRANSFER-ENCODING: ChUnKeD \r\n\r\n2\r\n\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n", None),
    (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n00A;a=\"b\"; c\r\n0123456789\r\n000\r\nX: y\r\n\r\n", None),
    (b"GET / HTTP/1.1\r\nUpgrade: WebSocket\r\n\r\n\x81\x85\0\n\r", None),
    (b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nContent-Length: 1\r\n\r\na\x81\x85\0\n\r", None),
    (b"GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\nGET / HTTP/1.1\r\n\r\n", None),
    (b"GET / HTTP/1.1\r\nTransfer-Encodings: x\r\nX-Content-Length: y\r\nContent-Lengt: z\r\n\r\n", None),
    // The request line.
    (b"\r\n\r", Some(Refusal::RequestLine)),
    (b" ", Some(Refusal::RequestLine)),
    (b"GET  ", Some(Refusal::RequestLine)),
    (b"GET\t", Some(Refusal::RequestLine)),
    (b"G@", Some(Refusal::RequestLine)),
    (b"G\0", Some(Refusal::RequestLine)),
    (b"GET\r", Some(Refusal::RequestLine)),
    (b"GET /\r", Some(Refusal::RequestLine)),
    (b"GET /\t", Some(Refusal::RequestLine)),
    (b"GET /\0", Some(Refusal::RequestLine)),
    (b"GET /\x7f", Some(Refusal::RequestLine)),
    (b"GET /a#", Some(Refusal::RequestLine)),
    (b"GET /  ", Some(Refusal::RequestLine)),
    (b"GET / h", Some(Refusal::RequestLine)),
    (b"GET / HTTP/2", Some(Refusal::RequestLine)),
    (b"GET / HTTP/1.2", Some(Refusal::RequestLine)),
    (b"GET / HTTP/1.11", Some(Refusal::RequestLine)),
    (b"GET / HTTP/1.1 ", Some(Refusal::RequestLine)),
    (b"PRI * HTTP/2", Some(Refusal::RequestLine)),
    (b"\x16", Some(Refusal::RequestLine)),
    // Line ends.
    (b"\n", Some(Refusal::BareLineFeed)),
    (b"GET / HTTP/1.1\n", Some(Refusal::BareLineFeed)),
    (b"GET / HTTP/1.1\r\nA: b\n", Some(Refusal::BareLineFeed)),
    (b"GET / HTTP/1.1\r\nA:\n", Some(Refusal::BareLineFeed)),
    (b"GET / HTTP/1.1\r\nA\n", Some(Refusal::BareLineFeed)),
    (b"GET / HTTP/1.1\r\nA: b\r\n\n", Some(Refusal::BareLineFeed)),
    (b"\r\r", Some(Refusal::BareCarriageReturn)),
    (b"\rG", Some(Refusal::BareCarriageReturn)),
    (b"GET / HTTP/1.1\r\r", Some(Refusal::BareCarriageReturn)),
    (b"GET / HTTP/1.1\r\nA: b\rX", Some(Refusal::BareCarriageReturn)),
    (b"GET / HTTP/1.1\r\nA: b\r\r", Some(Refusal::BareCarriageReturn)),
    (b"GET / HTTP/1.1\r\nA: b\r\n\rX", Some(Refusal::BareCarriageReturn)),
    // Field lines.
    (b"GET / HTTP/1.1\r\n ", Some(Refusal::FoldedLine)),
    (b"GET / HTTP/1.1\r\nA: b\r\n\t", Some(Refusal::FoldedLine)),
    (b"GET / HTTP/1.1\r\n:", Some(Refusal::FieldName)),
    (b"GET / HTTP/1.1\r\nA ", Some(Refusal::FieldName)),
    (b"GET / HTTP/1.1\r\nA\t", Some(Refusal::FieldName)),
    (b"GET / HTTP/1.1\r\nA\0", Some(Refusal::FieldName)),
    (b"GET / HTTP/1.1\r\nA\xff", Some(Refusal::FieldName)),
    (b"GET / HTTP/1.1\r\nA(", Some(Refusal::FieldName)),
    (b"GET / HTTP/1.1\r\nnocolon\r", Some(Refusal::FieldName)),
    (b"GET / HTTP/1.1\r\nA: \0", Some(Refusal::ControlByte)),
    (b"GET / HTTP/1.1\r\nA: b\0", Some(Refusal::ControlByte)),
    (b"GET / HTTP/1.1\r\nA: b\x0b", Some(Refusal::ControlByte)),
    (b"GET / HTTP/1.1\r\nA: b\x1b", Some(Refusal::ControlByte)),
    (b"GET / HTTP/1.1\r\nA: b\x7f", Some(Refusal::ControlByte)),
    // Lengths.
    (b"A / HTTP/1.1\r\nContent-Length:\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: +1\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: -1\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: 0x1\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: 1a\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: 1 1\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: 1,1\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: 1, 1\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: \"1\"\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: 1.0\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: \xb2\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: 9223372036854775808\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: 18446744073709551616\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: 00000000000000000001\r\n", Some(Refusal::ContentLength)),
    (b"A / HTTP/1.1\r\nContent-Length: 1\r\nA: b\r\nContent-Length: 1\r\n", Some(Refusal::ContentLengthRepeated)),
    (b"A / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n", Some(Refusal::ContentLengthRepeated)),
    // Transfer codings.
    (b"A / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n", Some(Refusal::TransferCoding)),
    (b"A / HTTP/1.1\r\nTransfer-Encoding:\r\n", Some(Refusal::TransferCoding)),
    (b"A / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n", Some(Refusal::TransferCoding)),
    (b"A / HTTP/1.1\r\nTransfer-Encoding: identity\r\n", Some(Refusal::TransferCoding)),
    (b"A / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n", Some(Refusal::TransferCoding)),
    (b"A / HTTP/1.1\r\nTransfer-Encoding: chunked,\r\n", Some(Refusal::TransferCoding)),
    (b"A / HTTP/1.1\r\nTransfer-Encoding: ,chunked\r\n", Some(Refusal::TransferCoding)),
    (b"A / HTTP/1.1\r\nTransfer-Encoding: chunked;q=1\r\n", Some(Refusal::TransferCoding)),
    (b"A / HTTP/1.1\r\nTransfer-Encoding: chunkedchunkedchunked\r\n", Some(Refusal::TransferCoding)),
    (b"A / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", Some(Refusal::TransferCoding)),
    (b"A / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n", Some(Refusal::LengthAndCoding)),
    (b"A / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n", Some(Refusal::LengthAndCoding)),
];

/// As [`TABLE`]: what follows a head that announces chunks.
const CHUNKS: &[(&[u8], Option<Refusal>)] = &[
    (b"0\r\nA: b\r\n\r\nGET / HTTP/1.1\r\n\r\n", None),
    (b"fFf", None),
    (b"000000000000001\r\na\r\n0\r\n\r\n", None),
    (b"\r", Some(Refusal::ChunkSize)),
    (b";", Some(Refusal::ChunkSize)),
    (b" ", Some(Refusal::ChunkSize)),
    (b"g", Some(Refusal::ChunkSize)),
    (b"+", Some(Refusal::ChunkSize)),
    (b"-", Some(Refusal::ChunkSize)),
    (b"0x", Some(Refusal::ChunkSize)),
    (b"1 ", Some(Refusal::ChunkSize)),
    (b"1\t", Some(Refusal::ChunkSize)),
    (b"1_", Some(Refusal::ChunkSize)),
    (b"1\n", Some(Refusal::ChunkSize)),
    (b"\xb2", Some(Refusal::ChunkSize)),
    (b"0000000000000001", Some(Refusal::ChunkSize)),
    (b"ffffffffffffffff", Some(Refusal::ChunkSize)),
    (b"1;\n", Some(Refusal::ChunkExtension)),
    (b"1;a\0", Some(Refusal::ChunkExtension)),
    (b"1;a\x7f", Some(Refusal::ChunkExtension)),
    (b"1\ra", Some(Refusal::ChunkEnd)),
    (b"1;a\ra", Some(Refusal::ChunkEnd)),
    (b"1\r\na\n", Some(Refusal::ChunkEnd)),
    (b"1\r\nab", Some(Refusal::ChunkEnd)),
    (b"1\r\na0", Some(Refusal::ChunkEnd)),
    (b"1\r\na\rb", Some(Refusal::ChunkEnd)),
    (b"2\r\na\r\n", Some(Refusal::ChunkEnd)),
    (b"0\r\n\n", Some(Refusal::BareLineFeed)),
    (b"0\r\n\ra", Some(Refusal::BareCarriageReturn)),
    (b"0\r\nA: b\n", Some(Refusal::BareLineFeed)),
    (b"0\r\n ", Some(Refusal::FoldedLine)),
    (b"0\r\nA ", Some(Refusal::FieldName)),
    (b"0\r\nA: \0", Some(Refusal::ControlByte)),
    (b"0\r\nContent-Length: 1\r\n", Some(Refusal::FramingInTrailers)),
    (b"0\r\nA: b\r\nTransfer-Encoding: chunked\r\n", Some(Refusal::FramingInTrailers)),
    (b"0\r\n\r\nGET / HTTP/1.1\n", Some(Refusal::BareLineFeed)),
];

fn rows() -> impl Iterator<Item = (Vec<u8>, Option<Refusal>)> {
    let head = b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunked = CHUNKS.iter().map(|(bytes, ends)| ([&head[..], bytes].concat(), *ends));
    TABLE.iter().map(|(bytes, ends)| (bytes.to_vec(), *ends)).chain(chunked)
}

/// In the tables, what is wrong shows with the last byte.
#[test]
fn each_oddity_is_refused_for_what_it_is() {
    for (bytes, ends) in rows() {
        let shown = bytes.escape_ascii();
        assert_eq!(read(&bytes), ends.map(|why| (why, bytes.len() - 1)), "{shown}");
    }
}

/// A line is passed over whole only if none of its bytes must be refused.
#[test]
fn what_follows_the_byte_that_is_refused_does_not_save_it() {
    let tails: [&[u8]; 5] =
        [b"/ HTTP/1.1\r\n\r\n", b" HTTP/1.1\r\n\r\n", b"HTTP/1.1\r\n\r\n", b": b\r\n\r\n", b"\r\n\r\n"];
    for (bytes, ends) in rows().filter(|(_, ends)| ends.is_some()) {
        for tail in tails {
            let whole = [&bytes[..], tail].concat();
            assert_eq!(read(&whole), ends.map(|why| (why, bytes.len() - 1)), "{}", whole.escape_ascii());
        }
    }
}

#[test]
fn each_byte_alone_gives_the_same_verdict_as_all_at_once() {
    for (bytes, _) in rows() {
        let bytewise: Vec<_> = bytes.chunks(1).collect();
        assert_eq!(read_in(&bytewise), read(&bytes), "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_head_is_refused_if_it_grows_too_long_and_each_is_measured_alone() {
    let head = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 99\r\n\r\n";
    let whole = format!("{head}{}\r\n", "x".repeat(99)).repeat(3);
    for size in 1..whole.len() {
        let read = |most| read_by(&mut Requests::limited(most), whole.as_bytes().chunks(size));
        // An empty line in front is a part of it.
        assert_eq!(read(head.len() + 2), None);
        assert_eq!(read(head.len() + 1), Some((Refusal::TooLarge, 2 * head.len() + 100)), "{size}");
        assert_eq!(read(head.len() - 1), Some((Refusal::TooLarge, head.len() - 1)), "{size}");
    }
}

#[test]
fn no_byte_that_is_refused_within_a_head_comes_after_its_end() {
    for (bytes, _) in rows() {
        let Err(refused) = Requests::new().read(&bytes) else { continue };
        let taken = &bytes[..refused.taken];
        let last_head = taken.windows(4).rposition(|window| window == b"\r\n\r\n").map_or(0, |at| at + 4);
        // hyper never finds that head whole.
        assert!(!refused.within_head || memchr::memmem::find(&taken[last_head..], b"\r\n\r\n").is_none());
    }
}

proptest! {
    #[test]
    fn pieces_give_the_same_verdict_as_the_whole(
        row in any::<prop::sample::Index>(),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let rows: Vec<_> = rows().collect();
        let (bytes, _) = &rows[row.index(rows.len())];
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.sort_unstable();
        let mut rest = &bytes[..];
        let mut pieces = Vec::new();
        for (earlier, cut) in std::iter::once(&0).chain(&cuts).zip(&cuts) {
            let (piece, later) = rest.split_at(cut - earlier);
            pieces.push(piece);
            rest = later;
        }
        pieces.push(rest);
        prop_assert_eq!(read_in(&pieces), read(bytes));
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let bytewise: Vec<_> = bytes.chunks(1).collect();
        prop_assert_eq!(read_in(&bytewise), read(&bytes));
    }
}

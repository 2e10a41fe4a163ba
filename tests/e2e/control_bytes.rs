//! A control byte in a cookie's line: browsers ignore that cookie and show the page, and so does octroi.

use crate::support::{Findings, Octroi, Origin, Setup};

const OTHERS: [&str; 2] = ["sessionid=1; Path=/", "csrftoken=2; Path=/"];

/// A portal that puts one byte into a cookie's line: `/PLACE/BYTE`.
async fn portal() -> Origin {
    Origin::replying(|request| {
        let target = request.target();
        let (place, byte) = target[1..].split_once('/').unwrap();
        let byte: u8 = byte.parse().unwrap();
        let line: [&[u8]; 3] = match place {
            "name" => [b"___utm", &[byte], b"vaAbC=dmo; path=/"],
            "value" => [b"___utmvaAbC=dmo", &[byte], b"OZPF; path=/"],
            "attribute" => [b"sessionid=3; Path=/", &[byte], b"x"],
            _ => [b"sessionid=3; Path=/", &[byte], b""],
        };
        let [before, after] = OTHERS;
        [
            b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nSet-Cookie: ",
            before.as_bytes(),
            b"\r\nSet-Cookie: ",
            &line.concat(),
            b"\r\nSet-Cookie: ",
            after.as_bytes(),
            b"\r\n\r\npage",
        ]
        .concat()
    })
    .await
}

async fn assert_dropped_alone(octroi: &Octroi) {
    let mut findings = Findings::default();
    let (mut client, mut dropped) = (octroi.client().await, 0.0);
    for place in ["name", "value", "attribute", "end"] {
        for byte in (1..0x20_u8).chain([0x7f]).filter(|byte| !b"\t\r\n".contains(byte)) {
            let response = client.get(&format!("/{place}/{byte}"), "").await;
            dropped += 1.0;
            findings.expect(
                response.status() == 200 && response.text() == "page" && response.set_cookies() == OTHERS,
                || format!("{byte:#x} in the {place}:\n{}", response.shown()),
            );
        }
    }
    findings.none();
    let labels = [("direction", "response"), ("reason", "unreadable")];
    octroi.metrics_until("the dropped lines", |metrics| metrics.sum("octroi_cookies_total", &labels) >= dropped).await;
}

#[tokio::test]
async fn only_that_cookie_is_dropped_and_counted() {
    let origin = portal().await;
    assert_dropped_alone(&Octroi::before(&origin).await).await;
}

#[tokio::test]
async fn it_is_dropped_in_report_only_too() {
    let origin = portal().await;
    assert_dropped_alone(&Setup::before(&origin).report_only().start().await).await;
}

#[tokio::test]
async fn a_byte_that_could_end_the_line_is_a_502() {
    let origin = portal().await;
    let octroi = Octroi::before(&origin).await;
    for place in ["name", "value", "attribute", "end"] {
        for byte in *b"\0\r\n" {
            // CR at the end makes CR CR LF; LF makes a line that ends with LF alone.
            let response = octroi.client().await.get(&format!("/{place}/{byte}"), "").await;
            assert_eq!((response.status(), response.set_cookies().len()), (502, 0), "{byte:#x} in the {place}");
        }
    }
}

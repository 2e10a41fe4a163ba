//! A portal deletes a refused cookie: the deletion passes in the one form that every browser reads as a deletion.

use crate::support::choice::refused;
use crate::support::origin::ok;
use crate::support::{Findings, Octroi, Origin, shown};

/// What leaves when a refused visitor's portal sends each of these lines.
async fn rewritten(lines: &[&[u8]]) -> Vec<Vec<Vec<u8>>> {
    let owned: Vec<Vec<u8>> = lines.iter().map(|line| line.to_vec()).collect();
    let origin = Origin::replying(move |request| {
        let row: usize = request.target()[1..].parse().unwrap();
        [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: ", &owned[row][..], b"\r\n\r\n"].concat()
    })
    .await;
    let octroi = Octroi::before(&origin).await;
    let mut client = octroi.client().await;
    let mut all = Vec::new();
    for row in 0..lines.len() {
        let response = client.get(&format!("/{row}"), &format!("Cookie: {}\r\n", refused())).await;
        all.push(response.assert_status(200).values("set-cookie"));
    }
    all
}

/// The attributes of a line, in any order.
fn parts(line: &str) -> Vec<String> {
    let mut parts: Vec<String> = line.split(';').map(|part| part.trim().to_owned()).collect();
    parts[1..].sort();
    parts
}

#[tokio::test]
async fn sure_deletions_become_empty_and_canonical() {
    const END: &str = "Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
    let rows: [(&[u8], &str); 12] = [
        (b"_ga=; Max-Age=0; Path=/", "_ga=; Path=/"),
        (b"_ga=smuggled; Max-Age=0", "_ga="),
        (b"_ga=x; Max-Age=-1; Path=/a; Domain=.gouv.fr", "_ga=; Path=/a; Domain=.gouv.fr"),
        (b"_ga=x; max-age=00", "_ga="),
        (b"_ga=x; Max-Age=3600; Max-Age=0", "_ga="),
        (b"_ga=x; Max-Age=0; Expires=Fri, 31 Dec 2100 00:00:00 GMT", "_ga="),
        (b"_ga=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/", "_ga=; Path=/"),
        (b"_ga=x; Expires=Thu, 01 Jan 1970 00:00:01 GMT; Secure; HttpOnly", "_ga=; Secure; HttpOnly"),
        (b"_ga=x; Max-Age=0; SameSite=None; Secure; Partitioned", "_ga=; SameSite=None; Secure; Partitioned"),
        (b"stranger=x; Max-Age=0", "stranger="),
        (b"_pk_id.1.ab=x; Max-Age=0; Priority=High; Other=1", "_pk_id.1.ab="),
        (b"__Host-x=1; Max-Age=0; Path=/; Secure", "__Host-x=; Path=/; Secure"),
    ];
    let lines: Vec<&[u8]> = rows.iter().map(|(line, _)| *line).collect();
    let mut findings = Findings::default();
    for ((line, wanted), got) in rows.iter().zip(rewritten(&lines).await) {
        let wanted = parts(&format!("{wanted}; {END}"));
        let right = got.len() == 1 && parts(&String::from_utf8_lossy(&got[0])) == wanted;
        findings.expect(right, || {
            format!(
                "{}\n    became {:?}\n    not {wanted:?}",
                shown(line),
                got.iter().map(|line| shown(line)).collect::<Vec<_>>()
            )
        });
    }
    findings.none();
}

#[tokio::test]
async fn a_deletion_that_browsers_read_differently_is_dropped() {
    let rows: [&[u8]; 13] = [
        b"_ga=x; Max-Age=+0",
        b"_ga=x; Max-Age=-",
        b"_ga=x; Max-Age=",
        b"_ga=x; Max-Age=\xc2\xa00",
        b"_ga=x; Max-Age=0s",
        b"_ga=x; Max-Age=0; Max-Age=1",
        b"_ga=x; Max-Age=0; Max-Age=x",
        b"_ga=x; Expires=Thu, 01 Jan 1970",
        b"_ga=x; Expires=Thu, 01 Jan 1970 24:00:00 GMT",
        b"_ga=x; Expires=0",
        b"_ga=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Expires=Fri, 31 Dec 2100 00:00:00 GMT",
        b"_ga=; Path=/",
        b"_ga=x; Max-Age=1",
    ];
    let mut findings = Findings::default();
    for (line, got) in rows.iter().zip(rewritten(&rows).await) {
        findings.expect(got.is_empty(), || {
            format!("{} left as {:?}", shown(line), got.iter().map(|l| shown(l)).collect::<Vec<_>>())
        });
    }
    findings.none();
}

#[tokio::test]
async fn an_allowed_cookies_deletion_is_not_touched() {
    let lines = ["sessionid=x; Max-Age=+0; Path=/", "csrftoken=; expires=Thu, 01 Jan 1970 00:00:00 GMT"];
    let origin = Origin::always(ok(&format!("Set-Cookie: {}\r\nSet-Cookie: {}\r\n", lines[0], lines[1]), "")).await;
    let octroi = Octroi::before(&origin).await;
    assert_eq!(octroi.client().await.get("/", "").await.set_cookies(), lines);
}

#[tokio::test]
async fn a_deletion_is_counted_as_one() {
    let origin = Origin::always(ok("Set-Cookie: _ga=; Max-Age=0\r\n", "")).await;
    let octroi = Octroi::before(&origin).await;
    octroi.client().await.get("/", "").await;
    let labels = [("direction", "response"), ("verdict", "delete"), ("category", "statistics")];
    let metrics = octroi.after_requests(1).await;
    assert!(metrics.sum("octroi_cookies_total", &labels) > 0.0, "{metrics:#?}");
}

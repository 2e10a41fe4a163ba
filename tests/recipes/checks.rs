//! The checks for every proxy: cookies are judged, the visitor's address and scheme are right, tunnels and large bodies pass,
//! and no request fails during a reload or a drain.

use super::front::{Front, VISITOR};
use super::portal::{HALF, Portal};
use crate::support::choice::{granted, refused};
use crate::support::client::{HOST, get, navigate};
use crate::support::wire::BodyRule;
use crate::support::{Client, Message, Octroi, within};

/// What visitors speak to the proxy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    Http,
    Https,
}

/// A proxy, octroi and the portal, in the order in which a request meets them.
pub(super) struct World {
    pub(super) front: Front,
    pub(super) octroi: Octroi,
    pub(super) portal: Portal,
    pub(super) scheme: Scheme,
}

impl World {
    pub(super) async fn client(&self) -> Client {
        match self.scheme {
            Scheme::Http => self.front.clear().await,
            Scheme::Https => self.front.tls().await,
        }
    }

    /// All of it; octroi has ended after that.
    pub(super) async fn holds(self) {
        self.cookies_are_judged().await;
        if self.scheme == Scheme::Https {
            self.cookies_are_judged_over_http2().await;
        }
        self.the_visitor_is_told().await;
        self.a_tunnel_passes().await;
        self.an_upload_is_streamed().await;
        self.a_reload_loses_nobody().await;
        self.a_drain_loses_nobody().await;
    }

    async fn visit(&self, cookies: &str) -> Message {
        let request = navigate("/explore/", &format!("Cookie: sessionid=s; _ga=1; {cookies}\r\n"));
        let response = self.client().await.exchange(request).await;
        response.assert_status(200);
        response
    }

    async fn cookies_are_judged(&self) {
        let page = self.visit(&refused()).await;
        let (deleted, set): (Vec<_>, Vec<_>) =
            page.set_cookies().into_iter().partition(|line| line.contains("Max-Age=0"));
        assert_eq!(set, ["sessionid=s; Path=/"], "{}", page.shown());
        let secure = deleted.iter().filter(|line| line.starts_with("_ga=;") && line.contains("; Secure")).count();
        assert_eq!(secure > 0, self.scheme == Scheme::Https, "{}", page.shown());
        assert!(deleted.iter().any(|line| line.starts_with("_ga=;")), "{}", page.shown());
        let reached = self.portal.origin.last().texts("cookie");
        assert!(reached.len() == 1 && reached[0].contains("sessionid=s") && !reached[0].contains("_ga"), "{reached:?}");

        let page = self.visit(&granted()).await;
        assert_eq!(page.set_cookies(), ["sessionid=s; Path=/", "_ga=1; Path=/"], "{}", page.shown());
    }

    /// As browsers do: HTTP/2, and each cookie in a field of its own (RFC 9113 §8.2.3).
    async fn cookies_are_judged_over_http2(&self) {
        let mut visitor = self.front.http2().await;
        for (choice, kept) in
            [(refused(), &["sessionid=s; Path=/"][..]), (granted(), &["sessionid=s; Path=/", "_ga=1; Path=/"])]
        {
            let page = visitor.fetch(navigation(&["sessionid=s", "_ga=1", &choice])).await.expect("the stream failed");
            assert_eq!(page.status(), 200, "{page:?}");
            let mut set = page.texts("set-cookie");
            set.retain(|line| !line.contains("Max-Age=0"));
            assert_eq!(set, kept, "{page:?}");
            let reached = self.portal.origin.last().texts("cookie").join("; ");
            assert!(reached.contains("sessionid=s"), "{reached}");
            assert_eq!(reached.contains("_ga"), kept.len() == 2, "{reached}");
        }
    }

    /// What a visitor claims of themselves reaches nobody.
    async fn the_visitor_is_told(&self) {
        let claims = "X-Forwarded-For: 203.0.113.66\r\nX-Real-IP: 203.0.113.66\r\nX-Forwarded-Proto: gopher\r\n\
                      Forwarded: for=203.0.113.66;proto=gopher\r\n";
        for lines in ["", claims] {
            self.client().await.get("/explore/", lines).await.assert_status(200);
            let seen = self.portal.origin.last();
            assert_eq!(seen.texts("x-real-ip"), [VISITOR.to_string()], "{}", seen.shown());
            let scheme = if self.scheme == Scheme::Https { "https" } else { "http" };
            assert_eq!(seen.texts("x-forwarded-proto"), [scheme], "{}", seen.shown());
            assert_eq!(seen.texts("host"), ["data.education.gouv.fr"], "{}", seen.shown());
        }
    }

    async fn a_tunnel_passes(&self) {
        let lines = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                     Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        let mut client = self.client().await;
        let switched = client.exchange(get("/echo", lines)).await;
        assert_eq!(switched.status(), 101, "{}", switched.shown());
        client.send("hello").await;
        assert_eq!(client.wire.take(5).await, b"hello");
    }

    /// The portal has the first half before the visitor sends the second.
    async fn an_upload_is_streamed(&self) {
        let mut client = self.client().await;
        let head =
            format!("POST /upload HTTP/1.1\r\nHost: data.education.gouv.fr\r\nContent-Length: {}\r\n\r\n", 2 * HALF);
        client.send(head).await;
        // A little more than half: proxies send on what fills their buffers.
        let more = HALF / 4;
        client.send(vec![b'u'; HALF + more]).await;
        self.portal.half_has_come().await;
        client.send(vec![b'u'; HALF - more]).await;
        assert_eq!(client.response().await.assert_status(200).text(), "taken");
    }

    /// A download of which the visitor has read half, while the portal holds back the rest.
    async fn half_a_download(&self) -> Client {
        let mut client = self.client().await;
        client.send(get("/download", "")).await;
        let head = Message::new(within("the head of a download", client.wire.head()).await.expect("no head"));
        head.assert_status(200);
        // The last bytes of the half may wait in a buffer of the proxy.
        assert!(client.wire.discard(HALF / 4 * 3).await, "the first half did not come");
        client
    }

    async fn second_half(&self, mut client: Client) {
        self.portal.go_on.add_permits(1);
        assert!(client.wire.discard(HALF / 4 + HALF).await, "the download broke off");
    }

    async fn a_reload_loses_nobody(&self) {
        let download = self.half_a_download().await;
        let mut open = self.client().await;
        open.get("/explore/", "").await.assert_status(200);
        let charter = self.octroi.file("charters/data.education.gouv.fr.toml");
        let text = std::fs::read_to_string(&charter).unwrap();
        let declared = "[[cookie]]\nname = \"_ga\"\ncategory = \"necessary\"\n";
        let undeclared = text.replace("name = \"_ga\"", "name = \"_gone\"");
        let (before, consent) = undeclared.split_once("[consent]").expect("the charter has a [consent]");
        std::fs::write(&charter, format!("{before}{declared}\n[consent]{consent}")).unwrap();
        self.octroi.admin("POST /reload", "").await.assert_status(200);
        let page = open.get("/explore/", "").await;
        assert_eq!(page.set_cookies(), ["sessionid=s; Path=/", "_ga=1; Path=/"], "{}", page.shown());
        self.second_half(download).await;
    }

    async fn a_drain_loses_nobody(self) {
        let download = self.half_a_download().await;
        self.octroi.terminate();
        self.octroi.stderr.find("the drain", |line| line.contains("\"draining\"").then_some(())).await.unwrap();
        self.second_half(download).await;
        let Self { front, octroi, .. } = self;
        assert_eq!(octroi.exit_code().await, Some(0));
        drop(front);
    }
}

/// A browser's navigation over HTTP/2.
fn navigation(cookies: &[&str]) -> http::Request<()> {
    let mut request = http::Request::builder().version(http::Version::HTTP_2).uri(format!("https://{HOST}/explore/"));
    let fetch = [
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
        ("sec-fetch-site", "none"),
        ("accept", "text/html"),
    ];
    for (name, value) in fetch.into_iter().chain(cookies.iter().map(|cookie| ("cookie", *cookie))) {
        request = request.header(name, value);
    }
    request.body(()).unwrap()
}

/// Whether an exchange through the proxy was answered whole.
pub(super) async fn is_whole(client: &mut Client) -> bool {
    client.send(get("/explore/", "")).await;
    let answer = within("an answer", client.wire.message(BodyRule::Response)).await;
    answer.is_some_and(|answer| answer.status() == 200 && answer.complete)
}

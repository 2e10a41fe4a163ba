//! The portal of the recipes: pages with cookies, bodies in two halves, and an echo behind an upgrade.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::support::origin::ok;
use crate::support::{Origin, Visit};

/// Half of a body that goes through in two parts; more than any buffer on the way.
pub(super) const HALF: usize = 8 << 20;

/// The portal, and what holds back the second half of its bodies.
pub(super) struct Portal {
    pub(super) origin: Origin,
    /// One permit lets one response go on.
    pub(super) go_on: Arc<Semaphore>,
    /// One permit for each upload whose first half has come.
    pub(super) half_came: Arc<Semaphore>,
}

impl Portal {
    pub(super) async fn start() -> Self {
        let (go_on, half_came) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let (go, came) = (Arc::clone(&go_on), Arc::clone(&half_came));
        let origin = Origin::start(move |visit| serve(visit, Arc::clone(&go), Arc::clone(&came))).await;
        Self { origin, go_on, half_came }
    }

    /// The first permit of this kind, taken.
    pub(super) async fn half_has_come(&self) {
        crate::support::within("the first half of an upload", self.half_came.acquire()).await.unwrap().forget();
    }
}

async fn serve(mut visit: Visit, go_on: Arc<Semaphore>, half_came: Arc<Semaphore>) {
    while let Some(head) = visit.head().await {
        let target = head.target();
        match target.split('?').next().unwrap_or_default() {
            "/download" => {
                let length = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", 2 * HALF);
                visit.send(length).await;
                visit.send(vec![b'1'; HALF]).await;
                go_on.acquire().await.unwrap().forget();
                visit.send(vec![b'2'; HALF]).await;
            }
            "/upload" => {
                visit.wire.discard(HALF).await;
                half_came.add_permits(1);
                visit.wire.discard(HALF).await;
                visit.send(ok("", "taken")).await;
            }
            "/echo" => {
                let switch = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n";
                let accept = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
                visit.send(format!("{switch}{accept}")).await;
                let said = visit.wire.take(5).await;
                visit.send(said).await;
                return visit.closed().await;
            }
            path if path.starts_with("/assets/") => {
                let number = visit.count();
                visit.send(ok("Cache-Control: public, max-age=600\r\n", &format!("asset {number}"))).await;
            }
            _ => {
                let number = visit.count();
                let cookies = "Set-Cookie: sessionid=s; Path=/\r\nSet-Cookie: _ga=1; Path=/\r\n";
                let kept = "Cache-Control: public, s-maxage=600\r\n";
                visit.send(ok(&format!("{cookies}{kept}"), &format!("page {number}"))).await;
            }
        }
    }
}

//! A well-behaved HTTP/2 client.

use bytes::Bytes;
use h2::client::{ResponseFuture, SendRequest};
use h2::{RecvStream, SendStream};
use http::{HeaderMap, Request, Response};

use super::client::HOST;
use super::wire::Duplex;
use super::within;

/// A well-behaved HTTP/2 connection.
pub(crate) struct Http2 {
    pub(crate) requests: SendRequest<Bytes>,
    connection: tokio::task::JoinHandle<Result<(), h2::Error>>,
}

/// A whole response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) head: Response<()>,
    pub(crate) body: Vec<u8>,
    pub(crate) trailers: Option<HeaderMap>,
}

impl Http2 {
    pub(crate) async fn over(stream: impl Duplex + 'static) -> Self {
        let (requests, connection) = within("HTTP/2", h2::client::handshake(stream)).await.expect("no HTTP/2");
        Self { requests, connection: tokio::spawn(connection) }
    }

    pub(crate) async fn connect(address: std::net::SocketAddr) -> Self {
        let stream = within("a connection", tokio::net::TcpStream::connect(address)).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self::over(stream).await
    }

    /// Begins a request; its body is the caller's to send, unless `ends`.
    pub(crate) async fn begin(&mut self, request: Request<()>, ends: bool) -> (ResponseFuture, SendStream<Bytes>) {
        let mut ready =
            within("room for a stream", self.requests.clone().ready()).await.expect("the connection is gone");
        ready.send_request(request, ends).expect("the request cannot be sent")
    }

    /// Begins an extended CONNECT (RFC 8441).
    pub(crate) async fn extend(
        &mut self,
        protocol: &'static str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> (ResponseFuture, SendStream<Bytes>) {
        let mut request = request("CONNECT", path, fields);
        request.extensions_mut().insert(h2::ext::Protocol::from_static(protocol));
        self.begin(request, false).await
    }

    /// A request without a body, and its whole answer.
    pub(crate) async fn fetch(&mut self, request: Request<()>) -> Result<Answer, h2::Error> {
        let (response, _) = self.begin(request, true).await;
        whole(response).await
    }

    pub(crate) async fn get(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.fetch(request("GET", path, fields)).await.expect("the stream failed")
    }

    /// Closes the connection without a word.
    pub(crate) fn leave(self) {
        self.connection.abort();
    }

    /// Waits for the peer to end the connection.
    pub(crate) async fn ended_by_peer(&mut self) -> Result<(), h2::Error> {
        within("the peer to end the connection", &mut self.connection).await.unwrap()
    }
}

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.head.status().as_u16()
    }

    pub(crate) fn values(&self, name: &str) -> Vec<Vec<u8>> {
        self.head.headers().get_all(name).iter().map(|value| value.as_bytes().to_vec()).collect()
    }

    /// All fields, in their order.
    pub(crate) fn fields(&self) -> Vec<(String, Vec<u8>)> {
        let field = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            (name.as_str().to_owned(), value.as_bytes().to_vec())
        };
        self.head.headers().iter().map(field).collect()
    }

    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        self.values(name).iter().map(|value| String::from_utf8_lossy(value).into_owned()).collect()
    }
}

/// A request to the host of the tests.
pub(crate) fn request(method: &str, path: &str, fields: &[(&str, &str)]) -> Request<()> {
    request_to(HOST, method, path, fields)
}

pub(crate) fn request_to(host: &str, method: &str, path: &str, fields: &[(&str, &str)]) -> Request<()> {
    let mut request = Request::builder().method(method).uri(format!("http://{host}{path}"));
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    request.version(http::Version::HTTP_2).body(()).unwrap()
}

/// Reads an answer to its end.
pub(crate) async fn whole(response: ResponseFuture) -> Result<Answer, h2::Error> {
    let (parts, mut body) = within("an HTTP/2 response", response).await?.into_parts();
    let mut bytes = Vec::new();
    while let Some(data) = within("HTTP/2 data", body.data()).await {
        let data = data?;
        body.flow_control().release_capacity(data.len())?;
        bytes.extend_from_slice(&data);
    }
    let trailers = within("HTTP/2 trailers", body.trailers()).await?;
    Ok(Answer { head: Response::from_parts(parts, ()), body: bytes, trailers })
}

/// The next piece of a body. Fails if there is none.
pub(crate) async fn piece(body: &mut RecvStream) -> Bytes {
    let data = within("HTTP/2 data", body.data()).await.expect("the stream ended").expect("the stream failed");
    body.flow_control().release_capacity(data.len()).unwrap();
    data
}

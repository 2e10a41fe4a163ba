//! Spans, read by a collector that uses the official OTLP types: their traces, their content, what they leave out, and that no
//! collector can delay a visitor.

use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTracePartialSuccess, ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use prost::Message as _;

use crate::support::origin::ok;
use crate::support::{Authority, Message, Octroi, Origin, Setup};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";
const TRUSTED: &str = "trusted = [\"127.0.0.1\"]\n";

/// The table of the documentation, with another collector.
fn documented(collector: &Origin) -> String {
    let page = include_str!("../../docs/tracing.md");
    let table = page.split("```toml tried\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert!(table.contains("ratio = 0.05 "), "{table}");
    let local = table.replace("127.0.0.1:4318", &collector.address.to_string());
    local.replace("ratio = 0.05 ", "ratio = 0 ").replace("\"octroi\"", "\"portal\"")
}

fn tracing(collector: &Origin, more: &str) -> String {
    format!("[tracing]\nendpoint = \"http://{}\"\n{more}\n", collector.address)
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// What a collector was sent in one request.
fn export(message: &Message) -> ExportTraceServiceRequest {
    assert_eq!((message.method(), message.target()), ("POST".to_owned(), "/v1/traces".to_owned()));
    assert_eq!(message.field("content-type").as_deref(), Some("application/x-protobuf"));
    ExportTraceServiceRequest::decode(message.body.as_slice()).unwrap()
}

fn spans_of(messages: &[Message]) -> Vec<Span> {
    let exports = messages.iter().map(export);
    let scopes = exports.flat_map(|export| export.resource_spans).flat_map(|resource| resource.scope_spans);
    scopes.flat_map(|scope| scope.spans).collect()
}

/// All spans that came, once there are so many.
async fn spans(collector: &Origin, count: usize) -> Vec<Span> {
    assert!(collector.until(|messages| spans_of(messages).len() >= count).await, "fewer than {count} spans came");
    spans_of(&collector.requests())
}

/// The attributes, each as `key=value`, in the order of their names.
fn attributes(span: &Span) -> Vec<String> {
    let one = |value: Value| match value {
        Value::StringValue(text) => text,
        Value::IntValue(number) => number.to_string(),
        other => panic!("{other:?}"),
    };
    let all = span.attributes.clone().into_iter();
    let mut all: Vec<_> =
        all.map(|one_of| format!("{}={}", one_of.key, one(one_of.value.unwrap().value.unwrap()))).collect();
    all.sort();
    all
}

fn of_kind(spans: &[Span], kind: SpanKind) -> Vec<&Span> {
    spans.iter().filter(|span| span.kind() == kind).collect()
}

#[tokio::test]
async fn a_trace_continues_through_octroi_without_cookies_or_query() {
    let collector = Origin::always(ok("", "")).await;
    let origin = Origin::always(ok("Set-Cookie: _ga=s3cret\r\nSet-Cookie: sessionid=s3cret\r\n", "x")).await;
    let setup = Setup::before(&origin).listener(TRUSTED).toml(&documented(&collector));
    let octroi = setup.start().await;
    let lines = format!(
        "traceparent: 00-{TRACE}-{PARENT}-01\r\ntracestate: a=1\r\ntracestate: b=2\r\nCookie: sessionid=s3cret; _ga=s3cret\r\n\
         User-Agent: s3cret\r\nReferer: http://x/s3cret\r\nX-Forwarded-For: 203.0.113.9\r\nX-Request-Id: id-7\r\n"
    );
    octroi.client().await.get("/catalog/a?q=s3cret", &lines).await.assert_status(200);

    let all = spans(&collector, 2).await;
    let (server, client) = (of_kind(&all, SpanKind::Server)[0], of_kind(&all, SpanKind::Client)[0]);
    assert_eq!((hex(&server.trace_id), hex(&server.parent_span_id)), (TRACE.to_owned(), PARENT.to_owned()));
    assert_eq!((&client.trace_id, &client.parent_span_id), (&server.trace_id, &server.span_id));
    let ids = [PARENT.to_owned(), hex(&server.span_id), hex(&client.span_id)];
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2], "{ids:?}");
    assert_eq!((server.name.as_str(), client.name.as_str()), ("GET", "GET"));
    assert_eq!((server.trace_state.as_str(), client.trace_state.as_str()), ("a=1,b=2", "a=1,b=2"));
    // Sampled, and whether the parent is another process's.
    assert_eq!((server.flags, client.flags), (0x301, 0x101));
    assert!(server.status.is_none() && client.status.is_none(), "{all:?}");
    let times = [server.start_time_unix_nano, client.start_time_unix_nano, client.end_time_unix_nano];
    assert!(times[0] > 1_600_000_000_000_000_000 && times.is_sorted(), "{all:?}");
    assert!(server.end_time_unix_nano >= client.end_time_unix_nano, "{all:?}");

    let seen = origin.last();
    assert_eq!(seen.texts("traceparent"), [format!("00-{TRACE}-{}-01", hex(&client.span_id))]);
    assert_eq!(seen.texts("tracestate"), ["a=1", "b=2"]);
    assert!(octroi.logged("/catalog/a").await.contains(&format!("\"trace_id\":\"{TRACE}\"")));

    assert_eq!(
        attributes(server),
        [
            "http.request.method=GET",
            "http.response.status_code=200",
            "network.protocol.version=1.1",
            "octroi.request_id=id-7",
            "octroi.site=default",
            "octroi.termination=ok",
            "url.path=/catalog/a",
            "url.scheme=http",
        ]
    );
    let port = origin.address.port();
    assert_eq!(
        attributes(client),
        [
            "http.request.method=GET".to_owned(),
            "http.response.status_code=200".to_owned(),
            "network.protocol.version=1.1".to_owned(),
            "server.address=127.0.0.1".to_owned(),
            format!("server.port={port}"),
            format!("url.full=http://127.0.0.1:{port}/catalog/a"),
        ]
    );
    let [message] = collector.requests().try_into().unwrap_or_else(|all: Vec<_>| panic!("{} batches", all.len()));
    let bytes = String::from_utf8_lossy(&message.body).into_owned();
    for word in ["s3cret", "sessionid", "_ga", "203.0.113.9"] {
        assert!(!bytes.contains(word), "{word} is in a span");
    }
    let resource = export(&message).resource_spans.remove(0).resource.unwrap();
    let names = attributes(&Span { attributes: resource.attributes, ..Span::default() });
    assert_eq!(names, ["service.name=portal", concat!("service.version=", env!("CARGO_PKG_VERSION"))]);
}

#[tokio::test]
async fn only_a_trusted_proxy_decides_and_unsampled_traces_pass_unchanged() {
    let collector = Origin::always(ok("", "")).await;
    let origin = Origin::always(ok("", "x")).await;
    let sampled = format!("00-{TRACE}-{PARENT}-01");
    let unsampled = format!("00-{TRACE}-{PARENT}-00");
    let ask = async |octroi: &Octroi, path: &str, traceparent: &str| {
        octroi.client().await.get(path, &format!("traceparent: {traceparent}\r\n")).await.assert_status(200);
        origin.last().field("traceparent").unwrap()
    };
    let with = |ratio: &str| Setup::before(&origin).toml(&tracing(&collector, ratio));

    let trusting = with("ratio = 1").listener(TRUSTED).start().await;
    assert_eq!(ask(&trusting, "/trusted-unsampled", &unsampled).await, unsampled);
    assert_ne!(ask(&trusting, "/trusted-sampled", &sampled).await, sampled);
    let strange = with("ratio = 0").start().await;
    assert_eq!(ask(&strange, "/strange-sampled", &sampled).await, sampled);
    strange.client().await.get("/none", "").await;
    assert!(!origin.last().has("traceparent"));
    let all = with("ratio = 1").start().await;
    assert_ne!(ask(&all, "/ratio-unsampled", &unsampled).await, unsampled);

    // The end sends all that there is, so what is not there then never comes.
    for octroi in [trusting, strange, all] {
        octroi.terminate();
        assert_eq!(octroi.exit_code().await, Some(0));
    }
    let all = spans_of(&collector.requests());
    let servers = of_kind(&all, SpanKind::Server);
    let mut paths: Vec<_> =
        servers.iter().flat_map(|span| attributes(span)).filter(|text| text.starts_with("url.path")).collect();
    paths.sort();
    assert_eq!(paths, ["url.path=/ratio-unsampled", "url.path=/trusted-sampled"]);
    assert!(servers.iter().all(|span| hex(&span.trace_id) == TRACE && hex(&span.parent_span_id) == PARENT));
}

#[tokio::test]
async fn a_trace_begins_here_and_failures_are_on_the_span_that_failed() {
    let collector = Origin::always(ok("", "")).await;
    let origin = Origin::always("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let setup = Setup::before(&origin).hosts(r#"["a.test"]"#).and_site(r#"["gone.test"]"#, gone);
    let octroi = setup.toml(&tracing(&collector, "ratio = 1")).start().await;
    let mut client = octroi.client().await;
    for (host, status) in [("a.test", 404), ("gone.test", 502), ("elsewhere.test", 421)] {
        let request = format!("BREW /{host} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        client.exchange(request).await.assert_status(status);
    }
    let all = spans(&collector, 5).await;
    let find = |kind: SpanKind, part: &str| {
        let has = |span: &&&Span| attributes(span).iter().any(|text| text.contains(part));
        *of_kind(&all, kind).iter().find(has).unwrap_or_else(|| panic!("{kind:?} {part}: {all:#?}"))
    };
    let is_error = |span: &Span| span.status.as_ref().is_some_and(|status| status.code() == StatusCode::Error);

    let (lost, asked) = (find(SpanKind::Server, "/a.test"), find(SpanKind::Client, "/a.test"));
    assert!(lost.parent_span_id.is_empty() && lost.flags == 0x101 && !is_error(lost) && is_error(asked), "{all:#?}");
    assert!(octroi.logged("/a.test").await.contains(&hex(&lost.trace_id)));
    assert_eq!(
        origin.last().field("traceparent"),
        Some(format!("00-{}-{}-01", hex(&lost.trace_id), hex(&asked.span_id)))
    );
    // A visitor's own words are no names of spans.
    assert_eq!((lost.name.as_str(), asked.name.as_str()), ("HTTP", "HTTP"));
    assert!(attributes(lost).contains(&"http.request.method=_OTHER".to_owned()));
    assert!(attributes(asked).contains(&"error.type=404".to_owned()));

    let (server, asked) = (find(SpanKind::Server, "/gone.test"), find(SpanKind::Client, "/gone.test"));
    assert!(is_error(server) && is_error(asked) && asked.parent_span_id == server.span_id, "{all:#?}");
    for span in [server, asked] {
        assert!(attributes(span).contains(&"error.type=connection_refused".to_owned()), "{span:#?}");
    }
    let refused = find(SpanKind::Server, "/elsewhere.test");
    assert!(attributes(refused).contains(&"http.response.status_code=421".to_owned()) && !is_error(refused));
    let traces: std::collections::BTreeSet<_> = all.iter().map(|span| hex(&span.trace_id)).collect();
    assert_eq!((all.len(), traces.len()), (5, 3));
}

#[tokio::test]
async fn a_collector_that_is_down_loses_spans_and_nothing_else() {
    let collector = Origin::always(ok("", "")).await;
    let origin = Origin::always(ok("", "x")).await;
    let octroi = Setup::before(&origin).toml(&tracing(&collector, "ratio = 1")).start().await;
    let address = collector.stop().await;
    octroi.client().await.get("/lost", "").await.assert_status(200);
    let lost = |result| {
        move |metrics: &crate::support::metrics::Metrics| {
            metrics.count("octroi_spans_total", &[("result", result)]) >= 2
        }
    };
    octroi.metrics_until("lost spans", lost("unreachable")).await;
    octroi.stderr.until("a warning", |lines| lines.iter().any(|line| line.contains("does not accept spans"))).await;
    let back = Origin::at(address, None, crate::support::origin::replies(|_| ok("", ""))).await;
    octroi.client().await.get("/sent", "").await.assert_status(200);
    octroi.metrics_until("sent spans", lost("exported")).await;
    assert!(attributes(&spans_of(&back.requests())[0]).contains(&"url.path=/sent".to_owned()));
    octroi.stderr.until("good news", |lines| lines.iter().any(|line| line.contains("accepts spans again"))).await;
}

#[tokio::test]
async fn spans_that_a_collector_refuses_are_counted() {
    let partial = ExportTraceServiceResponse {
        partial_success: Some(ExportTracePartialSuccess {
            rejected_spans: 1,
            error_message: "no\u{1b}room".to_owned(),
        }),
    };
    let answer = ok("", &String::from_utf8(partial.encode_to_vec()).unwrap());
    let collector = Origin::replying(move |request| {
        let text = String::from_utf8_lossy(&request.body).into_owned();
        if text.contains("/partly") {
            answer.clone()
        } else {
            b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".to_vec()
        }
    })
    .await;
    let origin = Origin::always(ok("", "x")).await;
    let octroi = Setup::before(&origin).toml(&tracing(&collector, "ratio = 1")).start().await;
    octroi.client().await.get("/refused", "").await.assert_status(200);
    let count =
        |metrics: &crate::support::metrics::Metrics, result| metrics.count("octroi_spans_total", &[("result", result)]);
    octroi.metrics_until("refused spans", |metrics| count(metrics, "refused") == 2).await;
    octroi.client().await.get("/partly", "").await.assert_status(200);
    octroi
        .metrics_until("a refused span", |metrics| count(metrics, "refused") == 3 && count(metrics, "exported") == 1)
        .await;
}

#[tokio::test]
async fn a_collector_that_hangs_delays_no_visitor() {
    let collector = Origin::start(|mut visit| async move {
        visit.request().await;
        std::future::pending::<()>().await;
    })
    .await;
    let origin = Origin::always(ok("", "x")).await;
    let octroi = Setup::before(&origin).hosts(r#"["only.test"]"#).toml(&tracing(&collector, "ratio = 1")).start().await;
    let mut client = octroi.client().await;
    let many = "GET / HTTP/1.1\r\nHost: elsewhere.test\r\n\r\n".repeat(100);
    let full = |metrics: &crate::support::metrics::Metrics| {
        metrics.count("octroi_spans_total", &[("result", "queue-full")]) > 0
    };
    let mut asked = 0;
    while !full(&octroi.metrics().await) {
        client.send(&many).await;
        for _ in 0..100 {
            client.response().await.assert_status(421);
        }
        asked += 100;
    }
    assert!(asked > 2048, "the queue was full after {asked} requests");
    // Nor the end of the process.
    octroi.terminate();
    assert_eq!(octroi.exit_code().await, Some(0));
}

#[tokio::test]
async fn https_is_checked_by_the_operators_authority() {
    let authority = Authority::new();
    let collector = Origin::start_tls(authority.server(&["localhost"]), |mut visit| async move {
        while visit.request().await.is_some() {
            visit.send(ok("", "")).await;
        }
    })
    .await;
    let origin = Origin::always(ok("", "x")).await;
    let setup = Setup::before(&origin);
    std::fs::write(setup.directory().join("collector.pem"), authority.pem()).unwrap();
    let port = collector.address.port();
    let table = format!("[tracing]\nendpoint = \"https://localhost:{port}\"\nratio = 1\nca = \"collector.pem\"\n");
    let octroi = setup.toml(&table).start().await;
    octroi.client().await.get("/safe", "").await.assert_status(200);
    assert_eq!(spans(&collector, 2).await.len(), 2);
    assert_eq!(collector.server_names(), [Some("localhost".to_owned())]);
}

//! What octroi writes to the portal: request lines and fields (RFC 9112 §3, §5).

use http::{HeaderMap, Request};

/// Writes the head of a request in origin form, with its fields and no others.
pub fn write_request_head<B>(request: &Request<B>, output: &mut Vec<u8>) {
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    for part in [request.method().as_str(), " ", target, " HTTP/1.1\r\n"] {
        output.extend_from_slice(part.as_bytes());
    }
    write_fields(request.headers(), output);
}

/// Writes fields, and the empty line that ends them.
pub fn write_fields(fields: &HeaderMap, output: &mut Vec<u8>) {
    for (name, value) in fields {
        output.extend_from_slice(name.as_str().as_bytes());
        output.extend_from_slice(b": ");
        output.extend_from_slice(value.as_bytes());
        output.extend_from_slice(b"\r\n");
    }
    output.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(request: &Request<()>) -> String {
        let mut output = Vec::new();
        write_request_head(request, &mut output);
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn a_head_is_written_in_origin_form() {
        let request = Request::get("http://a/b?c=%20").header("host", "a").header("x", "1").header("x", "").body(());
        assert_eq!(written(&request.unwrap()), "GET /b?c=%20 HTTP/1.1\r\nhost: a\r\nx: 1\r\nx: \r\n\r\n");
        assert_eq!(written(&Request::options("*").body(()).unwrap()), "OPTIONS * HTTP/1.1\r\n\r\n");
    }
}

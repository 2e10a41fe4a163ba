//! Writes the heads of requests for the portal: request lines and fields (RFC 9112 §3, §5).
//!
//! The target is checked here, because `http::Uri` accepts any byte; names and values were checked when they were made.

use std::rc::Rc;

use http::{HeaderMap, HeaderName, HeaderValue, request};

use super::is_sound_target;

/// Field lines that are written once and sent with many requests.
#[derive(Clone, Debug, Default)]
pub struct FieldLines(
    /// `None`: none. An empty `Rc` would be allocated, and each request begins without lines.
    Option<Rc<[u8]>>,
);

impl FieldLines {
    /// The lines, each with its end.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl<'a> FromIterator<(&'a HeaderName, &'a HeaderValue)> for FieldLines {
    fn from_iter<T: IntoIterator<Item = (&'a HeaderName, &'a HeaderValue)>>(fields: T) -> Self {
        let mut lines = Vec::new();
        write_lines(fields, &mut lines);
        Self(Some(lines.into()))
    }
}

/// The target holds a byte that would end it early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a request target must not hold white space, control bytes or `#`")]
pub struct TargetUnsound;

/// Appends the head of a request in origin form: its fields, then `lines` (each with its line end), then the empty line.
///
/// # Errors
/// If the target holds a byte that could end the request line or a word of it: `http::Uri` takes any byte. Then nothing is
/// written.
pub fn write_request_head(head: &request::Parts, lines: [&[u8]; 2], output: &mut Vec<u8>) -> Result<(), TargetUnsound> {
    let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
    if !is_sound_target(target.as_bytes()) {
        return Err(TargetUnsound);
    }
    for part in [head.method.as_str(), " ", target, " HTTP/1.1\r\n"] {
        output.extend_from_slice(part.as_bytes());
    }
    write_lines(&head.headers, output);
    for lines in lines {
        output.extend_from_slice(lines);
    }
    output.extend_from_slice(b"\r\n");
    Ok(())
}

/// Writes fields, and the empty line that ends them.
pub fn write_fields(fields: &HeaderMap, output: &mut Vec<u8>) {
    write_lines(fields, output);
    output.extend_from_slice(b"\r\n");
}

fn write_lines<'a>(fields: impl IntoIterator<Item = (&'a HeaderName, &'a HeaderValue)>, output: &mut Vec<u8>) {
    for (name, value) in fields {
        output.extend_from_slice(name.as_str().as_bytes());
        output.extend_from_slice(b": ");
        output.extend_from_slice(value.as_bytes());
        output.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn written(request: &Request<()>, lines: &FieldLines) -> String {
        let mut output = Vec::new();
        write_request_head(&request.clone().into_parts().0, [lines.as_bytes(), b"id: 1\r\n"], &mut output).unwrap();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn a_head_is_written_in_origin_form() {
        let request = Request::get("http://a/b?c=%20").header("host", "a").header("x", "1").header("x", "").body(());
        let request = request.unwrap();
        let head = "GET /b?c=%20 HTTP/1.1\r\nhost: a\r\nx: 1\r\nx: \r\n";
        assert_eq!(written(&request, &FieldLines::default()), format!("{head}id: 1\r\n\r\n"));
        let lines = request.headers().iter().collect();
        assert_eq!(written(&request, &lines), format!("{head}host: a\r\nx: 1\r\nx: \r\nid: 1\r\n\r\n"));
        let any = Request::options("*").body(()).unwrap();
        assert_eq!(written(&any, &FieldLines::default()), "OPTIONS * HTTP/1.1\r\nid: 1\r\n\r\n");
    }

    #[test]
    fn no_target_ends_its_line_or_its_word() {
        for byte in 0..=u8::MAX {
            let target = [b"/a?b".as_slice(), &[byte], b"c"].concat();
            let Ok(uri) = http::Uri::try_from(target.as_slice()) else { continue };
            let head = Request::get(uri).body(()).unwrap().into_parts().0;
            let mut output = Vec::new();
            let written = write_request_head(&head, [b"", b""], &mut output);
            let is_sound = byte > b' ' && byte != 0x7f && byte != b'#';
            assert_eq!(written.is_ok(), is_sound, "{byte:#x}");
            let expected = if is_sound { [b"GET ", &target[..], b" HTTP/1.1\r\n\r\n"].concat() } else { Vec::new() };
            assert_eq!(output, expected, "{byte:#x}");
        }
    }
}

//! `octroi charter import`: its inputs, outputs and exit codes.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use crate::support::octroi::octroi;

const PAGE: &str = "<html lang=\"fr\"><h2>Cookies nécessaires</h2><table><tr><th>Nom<th>Finalité<th>Durée\
                    <tr><td>sessionid<td>Session<td>2 semaines</table></html>";

fn import(directory: &Path, arguments: &[&str], input: &[u8]) -> Output {
    use std::io::Write as _;
    let mut command = octroi(directory);
    command.args(["charter", "import"]).args(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A page that is refused for its size is not read to its end.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(output: &[u8]) -> &str {
    std::str::from_utf8(output).unwrap()
}

#[test]
fn a_page_is_read_from_a_file_or_from_standard_input() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("cookies.html"), PAGE).unwrap();
    let arguments = ["--site", "data.example.fr"];
    let from_file = import(directory.path(), &[&["cookies.html"][..], &arguments].concat(), b"");
    let from_input = import(directory.path(), &[&["-"][..], &arguments].concat(), PAGE.as_bytes());
    assert_eq!(from_file.status.code(), Some(0), "{}", text(&from_file.stderr));
    assert_eq!(from_file.stdout, from_input.stdout);
    let charter = text(&from_file.stdout);
    for line in ["site = \"data.example.fr\"", "name = \"sessionid\"", "lifetime = \"2 weeks\"", "consent = \"exempt\""]
    {
        assert!(charter.contains(line), "{line} is not in {charter}");
    }
    assert!(text(&from_file.stderr).contains("1 cookie is exempt"), "{}", text(&from_file.stderr));
}

#[test]
fn a_decision_is_a_comment_and_a_line_on_standard_error() {
    let directory = tempfile::tempdir().unwrap();
    let page = PAGE.replace("<td>Session<td>", "<td>Mesure d’audience<td>");
    let output = import(directory.path(), &["-", "--site", "data.example.fr"], page.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stdout).contains("# DECIDE: `sessionid` stands under the exempt title “Cookies nécessaires”"),
        "{}",
        text(&output.stdout)
    );
    assert!(!text(&output.stdout).contains("consent = \"exempt\""));
    assert!(text(&output.stderr).contains("decide: `sessionid`"), "{}", text(&output.stderr));
}

#[test]
fn every_encoding_of_a_browser_is_read() {
    let directory = tempfile::tempdir().unwrap();
    let units: Vec<u16> = std::iter::once(0xfeff).chain(PAGE.encode_utf16()).collect();
    let wide: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let latin: Vec<u8> = PAGE.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    let expected = import(directory.path(), &["-", "--site", "a.example"], PAGE.as_bytes()).stdout;
    for bytes in [wide, latin] {
        let output = import(directory.path(), &["-", "--site", "a.example"], &bytes);
        assert_eq!((output.status.code(), &output.stdout), (Some(0), &expected));
    }
}

#[test]
fn what_cannot_be_imported_is_refused_with_the_reason() {
    let directory = tempfile::tempdir().unwrap();
    let mut many_rows = "<table><tr><th>Cookie<th>Purpose<th>Expiry".to_owned();
    for row in 0..40_000 {
        write!(many_rows, "<tr><td>a_{row}<td>x<td>1 day").unwrap();
    }
    let wide = format!("<table>{}</table>", "<tr><td colspan=200 rowspan=0>x".repeat(5000));
    for (page, reason) in [
        (String::new(), "empty"),
        ("<p>We use cookies.</p>".to_owned(), "only sentences"),
        ("x".repeat(50 << 20), "larger than 16 MiB"),
        (many_rows, "more than 100000 texts and cells, 5000 cookies"),
        (wide, "more than 100000 texts and cells, 5000 cookies"),
        ("<table><tr><td>".repeat(100), "deeper than 32"),
        ("{\"charter\": 1}".to_owned(), "the JSON is no charter"),
    ] {
        let output = import(directory.path(), &["-"], page.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{reason}");
        assert!(output.stdout.is_empty(), "{reason}");
        assert!(text(&output.stderr).contains(reason), "{}", text(&output.stderr));
    }
    let absent = import(directory.path(), &["absent.html"], b"");
    assert_eq!(absent.status.code(), Some(2));
    assert!(text(&absent.stderr).contains("`absent.html` cannot be read"), "{}", text(&absent.stderr));
}

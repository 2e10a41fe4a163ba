//! The configurations and charters of the pages. Missing parts are added, and octroi must accept the whole.

use std::fmt::Write as _;
use std::path::Path;

use octroi::config::Config;

/// A charter with the purposes that pages use.
pub(crate) const CHARTER: &str = r#"
[charter]
site = "data.example.fr"
languages = ["fr"]
"#;

const CATEGORIES: [(&str, &str); 5] = [
    ("necessary", "exempt"),
    ("statistics", "required"),
    ("first-party", "required"),
    ("third-party", "required"),
    ("videos", "required"),
];

/// The least around a part of a charter, or a whole charter if there is no part.
pub(crate) fn charter_with(part: &str) -> String {
    // A key of `[charter]` that is shown alone: the table's other keys are added to it.
    let mut whole = match part.split_once("[charter]\n") {
        None => format!("{CHARTER}\n{part}"),
        Some((before, after)) => {
            let missing = |key: &str| !after.lines().any(|line| line.starts_with(&format!("{key} =")));
            let keys = CHARTER.lines().filter(|line| line.split_once(" =").is_some_and(|(key, _)| missing(key)));
            format!("{before}[charter]\n{}\n{after}", keys.collect::<Vec<_>>().join("\n"))
        }
    };
    if part.starts_with("[consent.keys]") {
        whole += "\n[consent]\nformat = \"tarteaucitron\"\n";
    }
    for (id, consent) in CATEGORIES {
        if !part.contains(&format!("id = \"{id}\"\nconsent")) {
            writeln!(whole, "\n[[category]]\nid = \"{id}\"\nconsent = \"{consent}\"\ntitle = {{ fr = \"{id}\" }}")
                .unwrap();
        }
    }
    whole
}

/// The least around a part of `octroi.toml`.
fn configuration_with(part: &str) -> String {
    let has = |header: &str| part.lines().any(|line| line.starts_with(header));
    let mut whole = String::new();
    if !has("[[listener]]") {
        whole += "[[listener]]\naddress = \"127.0.0.1:8080\"\n\n";
    }
    let (site, upstream) = (has("[[site]]"), has("[site.upstream]"));
    if !site {
        whole += "[[site]]\nhosts = [\"data.example.fr\"]\ncharter = \"charter.toml\"\n\n";
        if !upstream {
            whole += "[site.upstream]\nendpoints = [\"http://127.0.0.1:8000\"]\n\n";
        }
    }
    if let (true, Some((before, after))) = (site, part.split_once("[[site]]\n")) {
        let missing = |key: &str| !after.lines().any(|line| line.starts_with(&format!("{key} =")));
        let mut keys = String::new();
        if missing("hosts") {
            keys += "hosts = [\"data.example.fr\"]\n";
        }
        if missing("charter") {
            keys += "charter = \"charter.toml\"\n";
        }
        write!(whole, "{before}[[site]]\n{keys}{after}").unwrap();
        if !upstream {
            whole += "\n[site.upstream]\nendpoints = [\"http://127.0.0.1:8000\"]\n";
        }
    } else {
        whole += part;
    }
    whole
}

/// Whether it is a part of a charter, and not of `octroi.toml`, by its first table.
fn is_of_a_charter(text: &str) -> bool {
    let first = text.lines().find_map(|line| line.strip_prefix('[')).unwrap_or("");
    let name = first.trim_start_matches('[').split([']', '.']).next().unwrap();
    ["charter", "category", "cookie", "consent", "third_parties", "third_party", "audience_exemption"].contains(&name)
}

/// What octroi says of a configuration or charter that a page shows; warnings of a part are not asked for, because they
/// may be about what is left out.
pub(crate) fn check(text: &str) -> Result<(), String> {
    let (configuration, charter) = if is_of_a_charter(text) {
        (configuration_with(""), charter_with(text))
    } else {
        (configuration_with(text), charter_with(""))
    };
    let made = rcgen::generate_simple_self_signed(["data.example.fr".to_owned()]).unwrap();
    let loaded = Config::load_with(Path::new("octroi.toml"), &[], &|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = match name {
            "octroi.toml" => configuration.clone(),
            _ if path.extension().is_some_and(|end| end == "toml") => charter.clone(),
            name if name.contains("token") => "0123456789abcdef".to_owned(),
            "ticket.keys" => "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n".to_owned(),
            name if name.contains("key") => made.signing_key.serialize_pem(),
            _ => made.cert.pem(),
        };
        Ok(text.into_bytes())
    });
    match loaded {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("{error}\n--- octroi.toml\n{configuration}\n--- charter\n{charter}")),
    }
}

/// Whether octroi takes the files of a page.
pub(crate) fn loads(octroi_toml: &Path) -> Result<(), String> {
    Config::load(octroi_toml, &[]).map(drop).map_err(|error| error.to_string())
}

//! The demo's configuration: a text with its ports, and the shipped charter of data.education.gouv.fr.

use std::io;
use std::path::Path;

use super::Banner;
use super::portal::third_parties::ThirdParty;
use crate::config::{Config, ConfigError, Files};
use crate::reload::Loader;

/// The charter's path in the configuration. It is read from memory, not from this file.
const CHARTER_NAME: &str = "charters/data.education.gouv.fr.toml";
const CHARTER: &str = include_str!("../../config/charters/data.education.gouv.fr.toml");

/// Reads the configuration from memory.
pub(super) fn loader(octroi: u16, portal: u16, third_parties: u16, banner: Banner) -> Loader {
    let (text, charter) = (text(octroi, portal), charter(third_parties, banner));
    Box::new(move || load(&text, &charter))
}

fn load(text: &str, charter: &str) -> Result<Config, ConfigError> {
    let mut config = Config::load_with(Path::new("octroi.toml"), &[], &|path| read(path, text, charter))?;
    // There is no file to watch.
    config.files = Files::default();
    Ok(config)
}

/// The shipped charter, with the third parties of the pages at this port, and with the `[consent]` of this banner.
fn charter(third_parties: u16, banner: Banner) -> String {
    let (declared, _) = CHARTER.split_once("[consent]").unwrap_or((CHARTER, ""));
    let table = "[third_parties]\nlevel = \"pages\"\nmanage_cookies = \"/terms/cookies-policy/\"\n".to_owned();
    let parties = ThirdParty::ALL.into_iter().fold(table, |tables, party| tables + &declaration(party, third_parties));
    format!("{declared}{parties}{}", banner.consent())
}

/// A third party as an operator declares it.
fn declaration(party: ThirdParty, port: u16) -> String {
    let (category, service) = match party {
        ThirdParty::Map => ("necessary", "fr = \"Carte\", en = \"Map\""),
        ThirdParty::Video => ("third-party", "fr = \"Vidéos\", en = \"Videos\""),
        ThirdParty::Social => ("third-party", "fr = \"Boutons de partage\", en = \"Share buttons\""),
        ThirdParty::Statistics => ("statistics", "fr = \"Balises de mesure\", en = \"Measurement tags\""),
        ThirdParty::Pixel => ("statistics", "fr = \"Pixel de mesure\", en = \"Measurement pixel\""),
    };
    let (id, host) = (party.id(), party.authority(port));
    format!(
        "[[third_party]]\nid = \"{id}\"\nhosts = [\"{host}\"]\ncategory = \"{category}\"\nservice = {{ {service} }}\n"
    )
}

fn read(path: &Path, text: &str, charter: &str) -> io::Result<Vec<u8>> {
    if path.ends_with("octroi.toml") {
        Ok(text.as_bytes().to_vec())
    } else if path.ends_with(CHARTER_NAME) {
        Ok(charter.as_bytes().to_vec())
    } else {
        Err(io::ErrorKind::NotFound.into())
    }
}

/// The configuration: any host, because visitors use the address; no access log; a short drain, so that Ctrl-C ends soon.
fn text(octroi: u16, portal: u16) -> String {
    format!(
        r#"
[[listener]]
address = "127.0.0.1:{octroi}"

[[site]]
hosts = ["*"]
charter = "{CHARTER_NAME}"

[site.upstream]
endpoints = ["http://127.0.0.1:{portal}"]

[admin]
address = "127.0.0.1:0"

[log]
access = "off"

[timeouts]
drain = "2s"

[limits]
connections = 1000
"#
    )
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn the_configuration_loads_for_every_banner() {
        for banner in Banner::value_variants() {
            let config = load(&text(0, 8001), &charter(8002, *banner)).unwrap();
            let names = config.sites[0].policy.banners().flat_map(|banner| banner.names.clone());
            assert!(names.into_iter().any(|(name, _)| name == banner.cookie()), "{banner:?}");
            assert_eq!(config.files, Files::default());
            assert_eq!(config.sites[0].charter.third_parties.as_ref().unwrap().parties.len(), ThirdParty::ALL.len());
        }
    }

    #[test]
    fn no_other_file_is_read() {
        assert!(read(Path::new("/etc/octroi.toml/secret"), "", "").is_err());
    }
}

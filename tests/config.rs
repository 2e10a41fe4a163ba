//! The operator's files: the output for errors, and the files that are shipped with octroi.
//!
//! Each folder of `golden/config` holds an `octroi.toml`, the files that it names, and `expected.txt` with the output.
//! `UPDATE_GOLDEN=1 cargo test --test config` rewrites the outputs; read them before you commit them.

use std::path::{Path, PathBuf};

use octroi::config::{Config, ConfigError, Finding, Limits, Severity, Timeouts, charter_schema, config_schema};

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Loads `octroi.toml` of a folder as an operator in that folder would.
fn load(folder: &Path) -> Result<Config, ConfigError> {
    Config::load_with(Path::new("octroi.toml"), &[], &|path| std::fs::read(folder.join(path)))
}

fn screen(folder: &Path) -> String {
    match load(folder) {
        Ok(config) => Finding::paragraphs(&config.advice) + "valid\n",
        Err(error) => format!("{error}\n"),
    }
}

/// Compares with a file of the repository, or writes it if the environment asks for that.
#[track_caller]
fn assert_file(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        assert!(std::fs::write(path, actual).is_ok(), "cannot write {}", path.display());
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert!(expected == actual, "{} differs; now:\n{actual}", path.display());
}

#[test]
fn every_problem_is_shown_with_line_caret_and_advice() {
    let mut folders: Vec<_> = std::fs::read_dir(repository().join("tests/golden/config"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    assert!(folders.len() >= 8, "{folders:?}");
    for folder in folders {
        assert_file(&folder.join("expected.txt"), &screen(&folder));
    }
}

#[test]
fn the_schemas_in_the_repository_are_those_of_the_code() {
    assert_file(&repository().join("config/octroi.schema.json"), &format!("{:#}\n", config_schema()));
    assert_file(&repository().join("config/charter.schema.json"), &format!("{:#}\n", charter_schema()));
}

#[test]
fn the_annotated_example_loads_without_a_warning() {
    let config = Config::load(&repository().join("config/octroi.toml"), &[]).unwrap();
    let warnings: Vec<_> = config.advice.iter().filter(|finding| finding.severity != Severity::Note).collect();
    assert!(warnings.is_empty(), "{warnings:#?}");
    assert_eq!(&*config.sites[0].name, "data.education.gouv.fr");
}

/// What the example shows as a default is the default.
#[test]
fn the_annotated_example_changes_no_default() {
    let example = Config::load(&repository().join("config/octroi.toml"), &[]).unwrap();
    assert_eq!(example.timeouts, Timeouts::default());
    assert_eq!(example.limits, Limits::default());
}

#[test]
fn the_charter_of_the_seed_is_the_published_one() {
    let config = Config::load(&repository().join("config/octroi.toml"), &[]).unwrap();
    let charter = &config.sites[0].charter;
    let ids: Vec<_> = charter.categories.iter().map(|category| category.id.as_str()).collect();
    assert_eq!(ids, ["necessary", "statistics", "first-party", "third-party"]);
    let names: Vec<_> = charter.cookies.iter().map(|cookie| cookie.name.text()).collect();
    assert_eq!(names, ["sessionid", "django_language", "csrftoken", "cookies_preferences"]);
    assert!(charter.cookies.iter().all(|cookie| cookie.category.0 == 0));
    assert_eq!(charter.cookies[0].purpose["fr"], "Se souvenir de l'utilisateur d'une page à une autre.");
    let consent = &charter.banners[0];
    assert_eq!(consent.valid_for, octroi::charter::Lifetime::Seconds(181 * 86_400));
    let keys: Vec<_> = consent.keys.iter().map(|(key, category)| (key.as_str(), category[0].0)).collect();
    let expected =
        [("at", 1), ("eulerian", 1), ("functional_cookies", 0), ("ga", 1), ("matomo", 1), ("piano", 1), ("xiti", 1)];
    assert_eq!(keys, expected);
}

/// Every key of the schema occurs, in force or commented out, and what is in force is right.
#[test]
fn the_annotated_charter_has_every_key_and_loads_without_a_warning() {
    let text = std::fs::read_to_string(repository().join("config/charters/annotated.toml")).unwrap();
    let lines = text.lines().map(|line| line.trim_start_matches(['#', ' ']));
    let words: std::collections::BTreeSet<&str> =
        lines.flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')).collect();
    let schema = charter_schema();
    let of_definitions = schema["$defs"].as_object().unwrap().values().map(|definition| &definition["properties"]);
    let tables = of_definitions.chain([&schema["properties"]]).filter_map(|properties| properties.as_object());
    let missing: Vec<_> = tables.flat_map(serde_json::Map::keys).filter(|key| !words.contains(&***key)).collect();
    assert!(missing.is_empty(), "{missing:?}");

    let configuration = "[[listener]]\naddress = \"127.0.0.1:0\"\n[[site]]\nhosts = [\"*\"]\ncharter = \"annotated.toml\"\n\
                         [site.upstream]\nendpoints = [\"http://127.0.0.1:1\"]\n";
    let config = Config::load_with(Path::new("octroi.toml"), &[], &|path| {
        Ok(if path.ends_with("octroi.toml") { configuration.into() } else { text.clone().into_bytes() })
    });
    let config = config.unwrap_or_else(|error| panic!("{error}"));
    let warnings: Vec<_> = config.advice.iter().filter(|finding| finding.severity != Severity::Note).collect();
    assert!(warnings.is_empty(), "{warnings:#?}");
}

/// Editors find the schema by a file's first line.
#[test]
fn the_files_name_their_schema() {
    for (file, schema) in [
        ("config/octroi.toml", "config/octroi.schema.json"),
        ("config/charters/data.education.gouv.fr.toml", "config/charters/../charter.schema.json"),
        ("config/charters/annotated.toml", "config/charter.schema.json"),
    ] {
        let text = std::fs::read_to_string(repository().join(file)).unwrap();
        let named = text.lines().next().and_then(|line| line.strip_prefix("#:schema ")).unwrap();
        let named = repository().join(file).with_file_name(named);
        assert_eq!(named.canonicalize().unwrap(), repository().join(schema).canonicalize().unwrap());
    }
}

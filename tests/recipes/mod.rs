//! The recipes of `deploy/recipes`: octroi behind each proxy and in front of each kind of portal, with the shipped files, in
//! which only ports and paths are replaced. `docs/recipes` explains them.

mod another_name;
mod behind;
mod checks;
mod front;
mod haproxy;
mod portal;
mod unix_socket;
mod varnish;

use std::path::{Path, PathBuf};

use crate::support::{Octroi, Setup};

/// The folder of one recipe.
fn folder(recipe: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/recipes").join(recipe)
}

/// A file of a recipe with the places of this test in place of its own, each of which must be there.
#[track_caller]
fn file(recipe: &str, name: &str, places: &[(&str, &str)]) -> String {
    let path = folder(recipe).join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    places.iter().fold(text, |text, (own, here)| {
        assert!(text.contains(own), "{} has no {own:?}", path.display());
        text.replace(own, here)
    })
}

/// octroi with a recipe's configuration and the charter that it names, on ports of the kernel's choice.
async fn octroi(recipe: &str, places: &[(&str, &str)], prepare: impl FnOnce(&Path)) -> Octroi {
    let setup = Setup::before_address("127.0.0.1:1".parse().unwrap());
    let charters = setup.directory().join("charters");
    std::fs::create_dir(&charters).unwrap();
    let charter = "data.education.gouv.fr.toml";
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/charters").join(charter);
    std::fs::copy(shipped, charters.join(charter)).unwrap();
    prepare(setup.directory());
    let text = file(recipe, "octroi.toml", &[("127.0.0.1:9180", "127.0.0.1:0")]);
    let listener = if text.contains("127.0.0.1:8443") { "127.0.0.1:8443" } else { "127.0.0.1:8080" };
    let text = [&[(listener, "127.0.0.1:0")], places].concat().iter().fold(text, |text, (own, here)| {
        assert!(text.contains(own), "{recipe}/octroi.toml has no {own:?}");
        text.replace(own, here)
    });
    setup.start_with(&text).await
}

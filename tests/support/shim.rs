//! C code that replaces functions of the C library in a process under test (`LD_PRELOAD`), for events that no configuration
//! can cause.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The library that this code makes, in `directory`.
pub(crate) fn compile(directory: &Path, name: &str, code: &str) -> PathBuf {
    let file = |extension| directory.join(name).with_extension(extension);
    let (source, library) = (file("c"), file("so"));
    std::fs::write(&source, code).unwrap();
    let made = Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).status();
    assert!(made.expect("no C compiler").success(), "{name} does not compile");
    library
}

//! C code that replaces functions of the C library in a process under test (`LD_PRELOAD`), for events that no configuration
//! can cause.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::{Setup, within};

/// The library that this code makes, in `directory`.
pub(crate) fn compile(directory: &Path, name: &str, code: &str) -> PathBuf {
    let file = |extension| directory.join(name).with_extension(extension);
    let (source, library) = (file("c"), file("so"));
    std::fs::write(&source, code).unwrap();
    let made = Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).status();
    assert!(made.expect("no C compiler").success(), "{name} does not compile");
    library
}

/// Makes octroi hang in a function of the C library: there it waits for as long as a file exists. A descriptor, as that of a
/// FIFO, would not do: a process that another test has just forked holds a copy of it until it executes its program.
pub(crate) struct Hang {
    /// Exists while octroi is to hang.
    order: PathBuf,
    /// As long as there were calls.
    calls: PathBuf,
    before: u64,
}

impl Hang {
    /// With the setup of an octroi that does not hang yet. `code` replaces functions; `hang()` in it waits while it hangs.
    pub(crate) fn of(setup: Setup, code: &str) -> (Self, Setup) {
        const HANG: &str = r#"
            #define _GNU_SOURCE
            #include <fcntl.h>
            #include <stdlib.h>
            #include <sys/syscall.h>
            #include <unistd.h>

            static void hang(void) {
                int calls = (int)syscall(SYS_openat, AT_FDCWD, getenv("HANG_CALLS"), O_WRONLY | O_CREAT | O_APPEND, 0600);
                write(calls, "x", 1);
                close(calls);
                while (syscall(SYS_faccessat, AT_FDCWD, getenv("HANG"), F_OK) == 0)
                    usleep(1000);
            }
        "#;
        let (order, calls) = (setup.directory().join("hang"), setup.directory().join("hang.calls"));
        let library = compile(setup.directory(), "hanging", &[HANG, code].concat());
        let preload = setup.environment("LD_PRELOAD", library.to_str().unwrap());
        let setup = preload.environment("HANG", order.to_str().unwrap());
        let setup = setup.environment("HANG_CALLS", calls.to_str().unwrap());
        (Self { order, calls, before: 0 }, setup)
    }

    pub(crate) fn begin(&mut self) {
        self.before = self.calls();
        std::fs::write(&self.order, "").unwrap();
    }

    /// Waits until octroi hangs.
    pub(crate) async fn is_met(&self) {
        within("a call that hangs", async {
            while self.calls() == self.before {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        })
        .await;
    }

    fn calls(&self) -> u64 {
        std::fs::metadata(&self.calls).map_or(0, |calls| calls.len())
    }

    pub(crate) fn end(&mut self) {
        std::fs::remove_file(&self.order).unwrap();
    }
}

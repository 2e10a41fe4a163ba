//! A wall clock that can be set: a process reads a time that is moved forward or back, as by NTP or a person.
//!
//! The monotonic clock does not change, as on a real machine.

use std::path::{Path, PathBuf};

use super::shim;

/// The seconds to add are in a file, as text.
const CODE: &str = r#"
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long step(void) {
    char text[32] = {0};
    int file = open(getenv("CLOCK_STEP"), O_RDONLY | O_CLOEXEC);
    if (file < 0) abort();
    if (read(file, text, sizeof text - 1) < 0) abort();
    close(file);
    return atol(text);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int failed = (int)syscall(SYS_clock_gettime, clock, time);
    if (!failed && clock == CLOCK_REALTIME) time->tv_sec += step();
    return failed;
}
"#;

/// The wall clock of the processes that run by it.
pub(crate) struct Clock {
    library: PathBuf,
    step: PathBuf,
}

impl Clock {
    /// One that is right, with its files in `directory`.
    pub(crate) fn new(directory: &Path) -> Self {
        let (library, step) = (shim::compile(directory, "clock", CODE), directory.join("step"));
        let clock = Self { library, step };
        clock.set(0);
        clock
    }

    /// What a process needs to run by it.
    pub(crate) fn environment(&self) -> [(&str, &str); 2] {
        [("LD_PRELOAD", self.library.to_str().unwrap()), ("CLOCK_STEP", self.step.to_str().unwrap())]
    }

    /// Sets it this many seconds ahead of the real time, in one atomic step.
    pub(crate) fn set(&self, ahead: i64) {
        let next = self.step.with_extension("next");
        std::fs::write(&next, ahead.to_string()).unwrap();
        std::fs::rename(next, &self.step).unwrap();
    }
}

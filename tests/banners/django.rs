//! A Django site with django-cookie-consent, which writes the choice on the server.

use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::installed;

/// The site; dropping it ends it.
pub(super) struct Portal {
    process: Child,
    address: SocketAddr,
}

impl Portal {
    pub(super) fn start() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/banners/django/portal.py");
        let mut command = Command::new(installed("django/bin/python"));
        let process = command.arg(program).stdin(Stdio::from(OwnedFd::from(socket))).spawn().unwrap();
        Self { process, address }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

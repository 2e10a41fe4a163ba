//! The demo: a sample portal, and octroi in front of it, with no file and no network.
//!
//! `portal` is the website, `configuration` what octroi is told of it, `banner` how a choice is recorded.

mod banner;
mod configuration;
pub mod portal;

use std::net::SocketAddr;

use crate::server::{BoundAddress, Inherited, Server, ServerError, Signals};
pub use banner::Banner;
use portal::{Octroi, Portal};

/// The demo's ports; 0: the kernel chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ports {
    /// Where octroi listens.
    pub octroi: u16,
    /// Where the portal listens.
    pub portal: u16,
}

/// The portal and the proxy, both running.
pub struct Demo {
    /// Kept until the demo ends: dropping it stops its thread.
    portal: Portal,
    server: Server,
    octroi: Octroi,
}

/// Why the demo did not start, or did not go on.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The portal could not be started.
    #[error(
        "the sample portal cannot listen on port {port} of 127.0.0.1 (choose another with --portal-port): {source}"
    )]
    Portal {
        /// The port asked for.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// octroi could not be started.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The server has no TCP listener: a fault of the demo itself.
    #[error("octroi started without its listener on 127.0.0.1: this is a bug")]
    NoListener,
}

impl Demo {
    /// Starts the portal with this banner, then octroi in front of it.
    ///
    /// # Errors
    /// If a port cannot be bound.
    pub fn start(ports: Ports, banner: Banner) -> Result<Self, DemoError> {
        let started = Portal::start(ports.portal, banner);
        let portal = started.map_err(|source| DemoError::Portal { port: ports.portal, source })?;
        let server = Server::start(
            configuration::loader(ports.octroi, portal.port(), portal.third_party_port(), banner),
            Inherited::default(),
        )?;
        let address = tcp_address(&server).ok_or(DemoError::NoListener)?;
        let octroi = Octroi { site: format!("http://{address}"), admin: format!("http://{}/", server.admin_address()) };
        portal.announce(octroi.clone());
        Ok(Self { portal, server, octroi })
    }

    /// Where the portal is reached without octroi. `http://localhost:<port>`.
    pub fn direct(&self) -> &str {
        self.portal.address()
    }

    /// Where the portal is reached without octroi, but in the jar of octroi's host.
    ///
    /// `http://127.0.0.1:<port>`: browsers do not keep cookies of two ports apart (RFC 6265 §8.5), so this shows what
    /// octroi's visitor would send the bare portal.
    pub fn beside(&self) -> String {
        self.portal.beside()
    }

    /// Where octroi and its admin page are.
    pub fn octroi(&self) -> &Octroi {
        &self.octroi
    }

    /// Runs until Ctrl-C (SIGINT) or SIGTERM.
    ///
    /// # Errors
    /// If signals cannot be received.
    pub fn run(self) -> Result<(), DemoError> {
        self.server.run_until_signalled(Signals::take_over()?);
        Ok(())
    }
}

fn tcp_address(server: &Server) -> Option<SocketAddr> {
    server.addresses().iter().find_map(|bound| match bound {
        BoundAddress::Tcp { address, .. } => Some(*address),
        BoundAddress::Unix(_) => None,
    })
}

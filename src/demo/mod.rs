//! The demo: a sample portal and octroi in front of it, without files or a network.
//!
//! `portal` is the website, `configuration` is octroi's configuration, `banner` has the banners of the portal.

mod banner;
mod configuration;
pub mod portal;

use std::net::SocketAddr;

use crate::server::{BoundAddress, Inherited, Server, ServerError, Signals};
pub use banner::Banner;
use portal::{Octroi, Portal};

/// The demo's ports; for 0, the kernel chooses one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ports {
    /// The port of octroi.
    pub octroi: u16,
    /// The port of the portal.
    pub portal: u16,
}

/// The portal and the proxy, both running.
pub struct Demo {
    /// Kept until the demo ends: dropping it stops its thread.
    portal: Portal,
    server: Server,
    octroi: Octroi,
}

/// Why the demo did not start, or failed.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The portal could not be started.
    #[error(
        "the sample portal cannot listen on port {port} of 127.0.0.1 (choose another with --portal-port): {source}"
    )]
    Portal {
        /// The configured port.
        port: u16,
        /// The error of the system.
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

    /// The portal's address without octroi: `http://localhost:<port>`.
    pub fn direct(&self) -> &str {
        self.portal.address()
    }

    /// The portal's address without octroi, but with the cookies of octroi's host: `http://127.0.0.1:<port>`.
    ///
    /// Browsers share cookies between ports (RFC 6265 §8.5), so this shows what octroi's visitors would send to the portal
    /// without octroi.
    pub fn beside(&self) -> String {
        self.portal.beside()
    }

    /// The addresses of octroi and its admin page.
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

//! Configurations for tests of what stands above.

use super::{
    AccessFormat, AdminConfig, Config, Files, InventoryConfig, Limits, LogConfig, TicketKey, Timeouts, Workers,
};

/// Nothing ever takes too long.
pub(crate) const UNTIMED: Timeouts = Timeouts {
    header: None,
    idle: None,
    body_idle: None,
    tunnel_idle: None,
    upstream_connect: None,
    upstream_response: None,
    upstream_idle: None,
    drain: None,
    drain_delay: None,
};

/// A key of 32 equal bytes.
pub(crate) fn ticket_key(byte: u8) -> TicketKey {
    TicketKey::from([byte; 32])
}

/// A configuration without listeners and sites.
pub(crate) fn bare(limits: Limits) -> Config {
    Config {
        listeners: Vec::new(),
        acme: None,
        sites: Vec::new(),
        advice: Vec::new(),
        admin: AdminConfig { address: "127.0.0.1:0".parse().unwrap(), token: None },
        log: LogConfig { access: AccessFormat::Off, output: None, fields: Vec::new() },
        tracing: None,
        inventory: InventoryConfig::default(),
        workers: Workers::Auto,
        timeouts: UNTIMED,
        limits,
        certificates: Vec::new(),
        files: Files::default(),
    }
}

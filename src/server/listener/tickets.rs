//! Session tickets: with keys of this process, or with those of a file that replicas share.
//!
//! A ticket is the name of its key (16 bytes), a nonce (12) and rustls's state of the session, encrypted and authenticated
//! with AES-256-GCM-SIV (RFC 8452), the name included. Nonces are random. A repeated one would only reveal that two sessions are
//! the same, so one key may serve many machines.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use rustls::server::ProducesTickets;
use sha2::{Digest, Sha256};

use crate::config::TicketKey;

const NAME_LEN: usize = 16;
/// Seconds for which a visitor is told to keep a ticket. It can be used as long as its key is in the file.
const LIFETIME: u32 = 12 * 3600;

/// Makes tickets for one listener, and reads them.
#[derive(Debug)]
pub(super) struct Tickets {
    /// Changed every six hours by rustls, and known to nobody else.
    own: Arc<dyn ProducesTickets>,
    shared: ArcSwapOption<Vec<SharedKey>>,
}

/// A key of the file.
#[derive(Debug)]
struct SharedKey {
    /// A digest of the key, so that all who have it name it alike.
    name: [u8; NAME_LEN],
    key: RandomizedNonceKey,
}

impl Tickets {
    /// # Errors
    /// If there is no randomness.
    pub(super) fn new(shared: Option<&[TicketKey]>) -> Result<Self, rustls::Error> {
        let tickets = Self { own: rustls::crypto::aws_lc_rs::Ticketer::new()?, shared: ArcSwapOption::empty() };
        tickets.share(shared)?;
        Ok(tickets)
    }

    /// Takes these keys from now on; `None`: keys of this process.
    ///
    /// # Errors
    /// If the TLS library refuses a key; then nothing changes.
    pub(super) fn share(&self, keys: Option<&[TicketKey]>) -> Result<(), rustls::Error> {
        let keys = keys.map(|keys| keys.iter().map(SharedKey::new).collect::<Result<Vec<_>, _>>()).transpose()?;
        self.shared.store(keys.map(Arc::new));
        Ok(())
    }
}

impl SharedKey {
    fn new(key: &TicketKey) -> Result<Self, rustls::Error> {
        let digest = Sha256::new().chain_update("octroi: name of a ticket key").chain_update(key.bytes()).finalize();
        let mut name = [0; NAME_LEN];
        name.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        let key = RandomizedNonceKey::new(&AES_256_GCM_SIV, key.bytes());
        Ok(Self { name, key: key.map_err(|_| rustls::Error::General("a ticket key is refused".to_owned()))? })
    }

    fn encrypt(&self, plain: &[u8]) -> Option<Vec<u8>> {
        let mut sealed = plain.to_vec();
        let nonce = self.key.seal_in_place_append_tag(Aad::from(self.name), &mut sealed).ok()?;
        let mut ticket = Vec::with_capacity(NAME_LEN + NONCE_LEN + sealed.len());
        ticket.extend_from_slice(&self.name);
        ticket.extend_from_slice(nonce.as_ref());
        ticket.append(&mut sealed);
        Some(ticket)
    }

    fn decrypt(&self, nonce: [u8; NONCE_LEN], sealed: &[u8]) -> Option<Vec<u8>> {
        let mut plain = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(nonce);
        let length = self.key.open_in_place(nonce, Aad::from(self.name), &mut plain).ok()?.len();
        plain.truncate(length);
        Some(plain)
    }
}

impl ProducesTickets for Tickets {
    fn enabled(&self) -> bool {
        true
    }

    fn lifetime(&self) -> u32 {
        LIFETIME
    }

    fn encrypt(&self, plain: &[u8]) -> Option<Vec<u8>> {
        match &*self.shared.load() {
            Some(keys) => keys.first()?.encrypt(plain),
            None => self.own.encrypt(plain),
        }
    }

    fn decrypt(&self, ticket: &[u8]) -> Option<Vec<u8>> {
        let shared = self.shared.load();
        let Some(keys) = &*shared else { return self.own.decrypt(ticket) };
        let (name, rest) = ticket.split_first_chunk::<NAME_LEN>()?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_LEN>()?;
        // The name is no secret: every ticket has it in clear text.
        keys.iter().find(|key| key.name == *name)?.decrypt(*nonce, sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::testing::ticket_key;

    fn tickets(keys: &[u8]) -> Tickets {
        let keys: Vec<_> = keys.iter().map(|byte| ticket_key(*byte)).collect();
        Tickets::new(Some(&keys)).unwrap()
    }

    #[test]
    fn who_has_the_key_reads_the_ticket_and_nobody_else_does() {
        let plain = b"what rustls keeps";
        let ticket = tickets(&[1]).encrypt(plain).unwrap();
        assert_eq!(tickets(&[1]).decrypt(&ticket).as_deref(), Some(&plain[..]));
        assert_eq!(tickets(&[2, 3, 1]).decrypt(&ticket).as_deref(), Some(&plain[..]), "any place in the file");
        assert_eq!(tickets(&[2]).decrypt(&ticket), None);
        assert_eq!(Tickets::new(None).unwrap().decrypt(&ticket), None);
    }

    #[test]
    fn no_two_tickets_are_alike_and_no_changed_byte_is_taken() {
        let tickets = tickets(&[1]);
        let ticket = tickets.encrypt(b"plain").unwrap();
        assert_ne!(ticket, tickets.encrypt(b"plain").unwrap());
        for at in 0..ticket.len() {
            let mut changed = ticket.clone();
            changed[at] ^= 1;
            assert_eq!(tickets.decrypt(&changed), None, "{at}");
            assert_eq!(tickets.decrypt(&ticket[..at]), None, "{at}");
        }
    }

    #[test]
    fn keys_are_changed_while_it_serves() {
        let (old, new) = (ticket_key(1), ticket_key(2));
        let tickets = Tickets::new(None).unwrap();
        let own = tickets.encrypt(b"own").unwrap();
        assert_eq!(tickets.decrypt(&own).as_deref(), Some(&b"own"[..]));
        tickets.share(Some(std::slice::from_ref(&old))).unwrap();
        let first = tickets.encrypt(b"first").unwrap();
        tickets.share(Some(&[new.clone(), old])).unwrap();
        assert_eq!(tickets.decrypt(&first).as_deref(), Some(&b"first"[..]));
        let second = tickets.encrypt(b"second").unwrap();
        tickets.share(Some(&[new])).unwrap();
        assert_eq!((tickets.decrypt(&first), tickets.decrypt(&second).as_deref()), (None, Some(&b"second"[..])));
        assert_eq!(tickets.decrypt(&own), None);
    }
}

//! The account at the ACME server, kept in the folder: made once, and updated when the configuration's `contact` changes.

use instant_acme::{Account, AccountCredentials, Error, ExternalAccountKey, NewAccount};
use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::http_client::AcmeClient;
use super::store::Store;
use crate::config::AcmeConfig;

/// An account as it is on disk.
#[derive(Deserialize, Serialize)]
struct SavedAccount {
    /// Its URL, its key and the server's directory.
    credentials: AccountCredentials,
    /// The contact that the server has.
    contact: Vec<String>,
}

/// The account of this folder; one is made if there is none. The caller holds the lock. Blocks while a few small files are
/// read and written.
///
/// # Errors
/// The server does not answer or refuses, or the folder cannot be read or written.
pub(super) async fn open(config: &AcmeConfig, store: &Store, client: &AcmeClient) -> Result<Account, Failure> {
    let builder = || Account::builder_with_http(Box::new(client.clone()));
    let contact: Vec<&str> = config.contact.iter().map(String::as_str).collect();
    if let Some(SavedAccount { credentials, contact: saved }) = store.account()? {
        match builder().from_credentials(credentials).await {
            Ok(account) => {
                if saved != config.contact {
                    update_contact(&account, &contact, config, store).await?;
                }
                return Ok(account);
            }
            Err(Error::KeyRejected) => store.set_account_aside()?,
            Err(error) => return Err(error.into()),
        }
    }
    let new = NewAccount { contact: &contact, terms_of_service_agreed: true, only_return_existing: false };
    let eab = config.eab.as_ref().map(|eab| ExternalAccountKey::new(eab.key_id.clone(), eab.key()));
    let made = builder().create(&new, config.server.clone(), eab.as_ref()).await;
    let (account, credentials) = made.map_err(|error| Failure::from(error).of_a_new_account())?;
    store.write_account(&SavedAccount { credentials, contact: config.contact.clone() })?;
    tracing::info!(server = config.server, account = account.id(), "account made at the ACME server");
    Ok(account)
}

/// Updates the contact at the server, then on disk: after a crash in between, it is sent again.
async fn update_contact(
    account: &Account,
    contact: &[&str],
    config: &AcmeConfig,
    store: &Store,
) -> Result<(), Failure> {
    account.update_contacts(contact).await?;
    if let Some(saved) = store.account::<SavedAccount>()? {
        store.write_account(&SavedAccount { contact: config.contact.clone(), ..saved })?;
    }
    Ok(())
}

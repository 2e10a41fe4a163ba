//! The account at the ACME server, kept in the folder: made once, and followed by the configuration's `contact`.

use instant_acme::{Account, AccountCredentials, Error, ExternalAccountKey, NewAccount};
use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::http_client::AcmeClient;
use super::store::Store;
use crate::config::AcmeConfig;

/// What is written down of an account.
#[derive(Deserialize, Serialize)]
struct Kept {
    /// Its URL, its key and the server's directory.
    credentials: AccountCredentials,
    /// As the server was told last.
    contact: Vec<String>,
}

/// The account of this folder; one is made if there is none. Only for who holds the lock. Blocks while files are read and
/// written, which are few and small.
///
/// # Errors
/// If the server does not answer, or the folder cannot be written.
pub(super) async fn open(config: &AcmeConfig, store: &Store, client: &AcmeClient) -> Result<Account, Failure> {
    let builder = || Account::builder_with_http(Box::new(client.clone()));
    let contact: Vec<&str> = config.contact.iter().map(String::as_str).collect();
    if let Some(Kept { credentials, contact: told }) = store.account::<Kept>()? {
        match builder().from_credentials(credentials).await {
            Ok(account) => {
                if told != config.contact {
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
    store.write_account(&Kept { credentials, contact: config.contact.clone() })?;
    tracing::info!(server = config.server, account = account.id(), "account made at the ACME server");
    Ok(account)
}

/// The server is told, then the file: a crash in between tells it again.
async fn update_contact(
    account: &Account,
    contact: &[&str],
    config: &AcmeConfig,
    store: &Store,
) -> Result<(), Failure> {
    account.update_contacts(contact).await?;
    if let Some(kept) = store.account::<Kept>()? {
        store.write_account(&Kept { contact: config.contact.clone(), ..kept })?;
    }
    Ok(())
}

//! The validity period of a certificate.
//!
//! rustls does not return the dates, but the error with which it refuses a certificate names them. So each certificate is checked
//! at the earliest and at the latest time. That is less code than a second parser of X.509.

use std::time::Duration;

use jiff::Timestamp;
use rustls::client::verify_server_cert_signed_by_trust_anchor;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, RootCertStore};

/// Renewals come when a third of the life is left; when a sixth is, one has failed.
const LATE: u32 = 6;
/// A certificate that lives for years is renewed by people, who need no longer warning.
const LONGEST_WARNING: Duration = Duration::from_hours(14 * 24);

/// From when to when a certificate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// Its first second.
    pub not_before: UnixTime,
    /// Its last second.
    pub not_after: UnixTime,
}

impl Validity {
    /// As the certificate says; `None` if it cannot be read.
    pub fn of(certificate: &CertificateDer<'_>) -> Option<Self> {
        let (first, last) = (Duration::ZERO, Duration::from_secs(u64::MAX));
        match [first, last].map(|at| refusal(certificate, UnixTime::since_unix_epoch(at))) {
            [
                Some(CertificateError::NotValidYetContext { not_before, .. }),
                Some(CertificateError::ExpiredContext { not_after, .. }),
            ] => Some(Self { not_before, not_after }),
            _ => None,
        }
    }

    /// When all of a chain hold.
    pub fn of_chain(chain: &[CertificateDer<'_>]) -> Option<Self> {
        let all: Vec<_> = chain.iter().filter_map(Self::of).collect();
        let not_before = all.iter().map(|one| one.not_before).max_by_key(UnixTime::as_secs)?;
        let not_after = all.iter().map(|one| one.not_after).min_by_key(UnixTime::as_secs)?;
        Some(Self { not_before, not_after })
    }

    /// Whether it holds at this moment.
    ///
    /// # Errors
    /// If it does not hold yet, or no more.
    pub fn check(&self, time: UnixTime) -> Result<(), CertificateError> {
        let Self { not_before, not_after } = *self;
        if time.as_secs() < not_before.as_secs() {
            Err(CertificateError::NotValidYetContext { time, not_before })
        } else if time.as_secs() > not_after.as_secs() {
            Err(CertificateError::ExpiredContext { time, not_after })
        } else {
            Ok(())
        }
    }

    /// What the operator must know of it at this moment, to follow the file's name; `None` if all is well.
    pub fn trouble(&self, now: UnixTime) -> Option<String> {
        let life = self.not_after.as_secs().saturating_sub(self.not_before.as_secs());
        let warning = (Duration::from_secs(life) / LATE).min(LONGEST_WARNING);
        match self.check(now) {
            Err(CertificateError::NotValidYetContext { .. }) => {
                Some(format!("does not hold before {}", date(self.not_before)))
            }
            Err(_) => Some(format!("expired on {}: browsers refuse it", date(self.not_after))),
            Ok(()) if self.not_after.as_secs() - now.as_secs() < warning.as_secs() => {
                Some(format!("expires on {}", date(self.not_after)))
            }
            Ok(()) => None,
        }
    }
}

/// Why the certificate would be refused at this moment. No authority is trusted here; dates are looked at first.
fn refusal(certificate: &CertificateDer<'_>, at: UnixTime) -> Option<CertificateError> {
    let parsed = ParsedCertificate::try_from(certificate).ok()?;
    let algorithms = aws_lc_rs::default_provider().signature_verification_algorithms.all;
    match verify_server_cert_signed_by_trust_anchor(&parsed, &RootCertStore::empty(), &[], at, algorithms) {
        Err(Error::InvalidCertificate(reason)) => Some(reason),
        _ => None,
    }
}

fn date(time: UnixTime) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX).strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair, date_time_ymd};

    use super::*;

    fn at(text: &str) -> UnixTime {
        let seconds = text.parse::<Timestamp>().unwrap().as_second();
        UnixTime::since_unix_epoch(Duration::from_secs(seconds.unsigned_abs()))
    }

    fn certificate(is_ca: IsCa, days: (i32, i32)) -> CertificateDer<'static> {
        let mut params = CertificateParams::new(["a.test".to_owned()]).unwrap();
        params.is_ca = is_ca;
        (params.not_before, params.not_after) = (date_time_ymd(days.0, 1, 1), date_time_ymd(days.1, 1, 1));
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().clone()
    }

    #[test]
    fn the_dates_are_those_that_were_written_whatever_else_is() {
        for is_ca in [IsCa::NoCa, IsCa::ExplicitNoCa, IsCa::Ca(BasicConstraints::Unconstrained)] {
            let validity = Validity::of(&certificate(is_ca, (2026, 2051))).unwrap();
            assert_eq!(validity.not_before, at("2026-01-01T00:00:00Z"));
            assert_eq!(validity.not_after, at("2051-01-01T00:00:00Z"));
        }
        assert_eq!(Validity::of(&CertificateDer::from(&b"no certificate"[..])), None);
    }

    #[test]
    fn a_chain_holds_while_all_of_it_do() {
        let chain = [(2026, 2028), (2020, 2027)].map(|years| certificate(IsCa::NoCa, years));
        let validity = Validity::of_chain(&chain).unwrap();
        assert_eq!(validity.not_before, at("2026-01-01T00:00:00Z"));
        assert_eq!(validity.not_after, at("2027-01-01T00:00:00Z"));
        assert_eq!(Validity::of_chain(&[]), None);
    }

    #[test]
    fn trouble_is_told_when_a_renewal_is_late() {
        let year = Validity { not_before: at("2026-01-01T00:00:00Z"), not_after: at("2027-01-01T00:00:00Z") };
        let six_days = Validity { not_before: at("2026-01-01T00:00:00Z"), not_after: at("2026-01-07T00:00:00Z") };
        for (validity, now, expected) in [
            (year, "2025-12-31T23:59:59Z", Some("does not hold before 2026-01-01 00:00 UTC")),
            (year, "2026-12-17T00:00:00Z", None),
            (year, "2026-12-18T00:00:01Z", Some("expires on 2027-01-01 00:00 UTC")),
            (year, "2027-01-01T00:00:01Z", Some("expired on 2027-01-01 00:00 UTC: browsers refuse it")),
            (six_days, "2026-01-05T23:59:59Z", None),
            (six_days, "2026-01-06T00:00:01Z", Some("expires on 2026-01-07 00:00 UTC")),
        ] {
            assert_eq!(validity.trouble(at(now)).as_deref(), expected, "{now}");
        }
    }
}

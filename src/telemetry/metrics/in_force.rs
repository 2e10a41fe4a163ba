//! Which charter is in force on which site: one series of `octroi_policy_info` for each site, never two.
//!
//! A new snapshot takes the series over at once. When a site is no longer served, its last handle removes the series.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use prometheus::IntGaugeVec;

use super::families::Families;
use super::labels::Label;
use crate::policy::Direction;

/// The charters in force.
#[derive(Clone, Debug)]
pub(super) struct InForce(Arc<InForceGauges>);

#[derive(Debug)]
struct InForceGauges {
    policy: IntGaugeVec,
    undeclared: IntGaugeVec,
    sites: Mutex<Sites>,
}

#[derive(Debug, Default)]
struct Sites {
    begun: u64,
    /// Site → which beginning it was, and the hash of its charter.
    current: HashMap<String, (u64, String)>,
}

/// A charter that is in force on a site, until a newer one begins there or this is dropped.
#[derive(Debug)]
pub(super) struct PolicyInForce {
    shared: Arc<InForceGauges>,
    site: String,
    /// Which beginning it was: a later one of the same site has taken its place.
    begun: u64,
}

impl InForce {
    /// No charter on any site yet.
    pub(super) fn new(families: &Families) -> Self {
        let (policy, undeclared) = (families.policy.clone(), families.undeclared.clone());
        Self(Arc::new(InForceGauges { policy, undeclared, sites: Mutex::default() }))
    }

    /// Puts a charter in force in place of the site's last one. Dropping the result takes the site's series away,
    /// unless a newer charter has begun.
    pub(super) fn begin(&self, site: &str, hash: &str) -> PolicyInForce {
        let mut sites = self.0.lock();
        sites.begun += 1;
        let begun = sites.begun;
        if let Some((_, old)) = sites.current.insert(site.to_owned(), (begun, hash.to_owned())) {
            self.0.forget_hash(site, &old);
        }
        self.0.policy.with_label_values(&[site, hash]).set(1);
        PolicyInForce { shared: Arc::clone(&self.0), site: site.to_owned(), begun }
    }
}

impl InForceGauges {
    fn lock(&self) -> MutexGuard<'_, Sites> {
        self.sites.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn forget_hash(&self, site: &str, hash: &str) {
        // An error says that the series is not there, which is what is wanted.
        let _ = self.policy.remove_label_values(&[site, hash]);
    }
}

impl Drop for PolicyInForce {
    fn drop(&mut self) {
        let mut sites = self.shared.lock();
        if sites.current.get(&self.site).is_none_or(|(begun, _)| *begun != self.begun) {
            return;
        }
        if let Some((_, hash)) = sites.current.remove(&self.site) {
            self.shared.forget_hash(&self.site, &hash);
        }
        for direction in <Direction as Label>::ALL {
            let _ = self.shared.undeclared.remove_label_values(&[&self.site, direction.as_str()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use prometheus::Registry;
    use prometheus::core::Collector;

    use super::*;

    fn hashes(families: &Families) -> Vec<String> {
        let families = families.policy.collect();
        let metrics = families.iter().flat_map(prometheus::proto::MetricFamily::get_metric);
        let labels = metrics.flat_map(prometheus::proto::Metric::get_label);
        labels.filter(|label| label.name() == "hash").map(|label| label.value().to_owned()).collect()
    }

    #[test]
    fn a_site_has_one_charter_at_a_time() {
        let families = Families::register(&Registry::new());
        let in_force = InForce::new(&families);
        let old = in_force.begin("a.fr", "1");
        let new = in_force.begin("a.fr", "2");
        assert_eq!(hashes(&families), ["2"]);
        drop(old);
        assert_eq!(hashes(&families), ["2"]);
        drop(new);
        assert!(hashes(&families).is_empty());
    }

    #[test]
    fn the_same_charter_loaded_again_stays() {
        let families = Families::register(&Registry::new());
        let in_force = InForce::new(&families);
        let old = in_force.begin("a.fr", "1");
        let _new = in_force.begin("a.fr", "1");
        drop(old);
        assert_eq!(hashes(&families), ["1"]);
    }
}

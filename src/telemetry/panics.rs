//! Panics, told and counted wherever in the process they happen. Each is a defect of octroi's own.
//!
//! A panic ends one request (`proxy::panics`) or one connection; only one that ends a whole worker ends the process.

use std::any::Any;
use std::backtrace::Backtrace;
use std::panic::{PanicHookInfo, set_hook};

use super::Metrics;

/// Tells and counts every panic of the process from now on.
pub fn watch(metrics: Metrics) {
    set_hook(Box::new(move |panic| tell(panic, &metrics)));
}

fn tell(panic: &PanicHookInfo<'_>, metrics: &Metrics) {
    metrics.panicked();
    let location = panic.location().map(ToString::to_string);
    let backtrace = Backtrace::capture();
    tracing::error!(location, message = message(panic.payload()), %backtrace, "panic: please report this defect");
}

/// The text if it is one of the program's own: one that was made up at the time may hold what a visitor sent, as that of
/// a string cut within a character does.
fn message(payload: &(dyn Any + Send)) -> &'static str {
    payload.downcast_ref::<&'static str>().copied().unwrap_or("not told: it may hold a visitor's data")
}

#[cfg(test)]
mod tests {
    use std::panic::{catch_unwind, take_hook};

    use super::*;

    #[test]
    fn a_panic_is_counted() {
        let metrics = Metrics::new();
        let former = take_hook();
        watch(metrics.clone());
        let caught = catch_unwind(|| panic!("a test's own"));
        set_hook(former);
        assert!(caught.is_err());
        let text = String::from_utf8(metrics.render()).unwrap();
        let counted = text.lines().find_map(|line| line.strip_prefix("octroi_panics_total ")).unwrap();
        // Tests beside this one may panic on purpose, too.
        assert!(counted.parse::<u64>().unwrap() >= 1, "{counted}");
    }

    #[test]
    fn what_a_visitor_sent_is_not_told() {
        let cut = catch_unwind(|| "sessionid=é-secret".split_at(11).0.to_owned()).unwrap_err();
        assert!(!message(&*cut).contains("secret"));
        let own = catch_unwind(|| panic!("a test's own")).unwrap_err();
        assert_eq!(message(&*own), "a test's own");
    }
}

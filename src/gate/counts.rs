//! How often cookies of one message were judged alike.

use std::mem::discriminant;

use crate::policy::Judgement;

/// Cookies that follow one another and are judged alike, as most are: they are counted together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) judgement: Judgement,
    pub(crate) times: u32,
}

impl Run {
    /// Counts a judgement, where it has the same labels.
    fn takes(&mut self, judgement: &Judgement) -> bool {
        let alike = discriminant(&self.judgement.verdict) == discriminant(&judgement.verdict)
            && self.judgement.reason == judgement.reason
            && self.judgement.category == judgement.category;
        self.times = self.times.saturating_add(u32::from(alike));
        alike
    }
}

/// Gathers the judgements of one message; each run is given away as it ends, the last one when this is dropped.
pub(crate) struct Tally<F: FnMut(Run)> {
    run: Option<Run>,
    ended: F,
}

impl<F: FnMut(Run)> Tally<F> {
    pub(crate) fn new(ended: F) -> Self {
        Self { run: None, ended }
    }

    /// A cookie was judged.
    pub(crate) fn add(&mut self, judgement: &Judgement) {
        if !self.run.as_mut().is_some_and(|run| run.takes(judgement)) {
            self.end_run();
            self.run = Some(Run { judgement: *judgement, times: 1 });
        }
    }

    fn end_run(&mut self) {
        if let Some(run) = self.run.take() {
            (self.ended)(run);
        }
    }
}

impl<F: FnMut(Run)> Drop for Tally<F> {
    fn drop(&mut self) {
        self.end_run();
    }
}

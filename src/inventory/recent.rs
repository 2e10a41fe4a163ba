//! What a worker has seen since the last merge, as it came: the same few names come with every response, and to count one
//! once more must cost next to nothing. Those of requests are counted where their judgements are remembered.

use std::sync::Arc;

use crate::cookie::NameKey;
use crate::policy::{Direction, Judgement};

/// More than the names of a busy site. Two that meet at one place only cost more.
const PLACES: usize = 512;

/// A name in one direction, judged in one way.
#[derive(Debug)]
pub struct Sighting {
    /// The site's name.
    pub site: Arc<str>,
    /// As it came.
    pub name: Box<[u8]>,
    /// Which way.
    pub direction: Direction,
    /// By which it is grouped.
    pub judgement: Judgement,
    /// How often.
    pub count: u64,
}

/// The sightings since the last merge; a name has one place.
#[derive(Debug)]
pub(super) struct Recent(Box<[Option<Sighting>]>);

impl Recent {
    pub(super) fn new() -> Self {
        Self((0..PLACES).map(|_| None).collect())
    }

    /// Counts a sighting. What had to make room for it is returned.
    pub(super) fn count(
        &mut self,
        site: &Arc<str>,
        direction: Direction,
        name: &[u8],
        judgement: &Judgement,
    ) -> Option<Sighting> {
        let place = self.0.get_mut(place_of(direction, name))?;
        match place {
            Some(known) if known.is_like(site, direction, name, judgement) => {
                known.count += 1;
                None
            }
            _ => place.replace(Sighting {
                site: Arc::clone(site),
                name: name.into(),
                direction,
                judgement: *judgement,
                count: 1,
            }),
        }
    }

    /// Takes everything out.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = Sighting> {
        self.0.iter_mut().filter_map(Option::take)
    }
}

impl Sighting {
    fn is_like(&self, site: &Arc<str>, direction: Direction, name: &[u8], judgement: &Judgement) -> bool {
        Arc::ptr_eq(&self.site, site)
            && self.direction == direction
            && *self.name == *name
            && self.judgement == *judgement
    }
}

fn place_of(direction: Direction, name: &[u8]) -> usize {
    (NameKey::of(name).hash() as usize ^ direction as usize) % PLACES
}

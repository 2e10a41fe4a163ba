//! The deadlines of an HTTP/1.1 connection against a plain model, with bytes that come in any pieces at any time. The clock
//! is tokio's own, which goes on when nobody has anything to do.

use proptest::prelude::*;

use super::*;

const HEADER: u64 = 500;
const IDLE: u64 = 700;
const BODY_IDLE: u64 = 600;
/// [`DRAIN_GRACE`](super::super::deadline::DRAIN_GRACE).
const GRACE: u64 = 1000;
/// A connection is checked at most this much later.
const LATE: u64 = 70;

/// What a visitor sends.
#[derive(Clone, Copy, Debug)]
enum Item {
    /// A request that is answered after this many milliseconds.
    Get(u64),
    /// A request with content of this many bytes, answered at its end.
    Post(usize),
    /// An empty line, which is passed over in front of a request.
    Blank,
}

impl Item {
    fn bytes(self) -> String {
        match self {
            Self::Get(0) => "GET / HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(),
            Self::Get(wait) => format!("GET /wait/{wait} HTTP/1.1\r\nhost: a\r\n\r\n"),
            Self::Post(length) => {
                let content = "y".repeat(length);
                format!("POST /read HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n\r\n{content}")
            }
            Self::Blank => "\r\n".to_owned(),
        }
    }
}

/// Milliseconds since the connection was accepted.
type Time = u64;

/// What a connection has come to, as anybody would keep it on paper.
#[derive(Debug, Default)]
struct Model {
    answers: usize,
    /// When the last request is answered.
    answered: Time,
    /// When the head that is being read began.
    head: Option<Time>,
    /// A request's content is on its way.
    in_content: bool,
}

impl Model {
    /// When the connection ends if nothing more comes.
    fn deadline(&self) -> Option<Time> {
        match self.head {
            _ if self.in_content => None,
            _ if self.answers == 0 => Some(HEADER),
            Some(began) => Some(began.max(self.answered) + HEADER),
            None => Some(self.answered + IDLE),
        }
    }

    /// The byte at this place of an item came.
    fn byte(&mut self, item: Item, place: usize, now: Time) {
        self.head.get_or_insert(now);
        let bytes = item.bytes();
        let is_last = place + 1 == bytes.len();
        let head_ends = bytes.find("\r\n\r\n").map(|end| end + 3);
        match item {
            Item::Get(_) | Item::Post(_) if head_ends == Some(place) || is_last => {
                self.in_content = !is_last;
                self.head = None;
                if is_last {
                    let wait = if let Item::Get(wait) = item { wait } else { 0 };
                    self.answers += 1;
                    self.answered = self.answered.max(now) + wait;
                }
            }
            // Content begins no head.
            Item::Post(_) if self.in_content => self.head = None,
            Item::Blank | Item::Get(_) | Item::Post(_) => {}
        }
    }
}

/// The end of the connection: how many answers it has given, and when it ended; `None`: it waits for content. `Err`: what
/// came together decides it.
fn expected(items: &[Item], pieces: &[(u64, usize)]) -> Result<(usize, Option<Time>), ()> {
    let places: Vec<_> = items.iter().flat_map(|item| (0..item.bytes().len()).map(|place| (*item, place))).collect();
    let (mut model, mut now, mut bytes) = (Model::default(), 0, &places[..]);
    for (number, (pause, count)) in pieces.iter().enumerate() {
        now += pause;
        // A visitor who is being answered is not waited for.
        match model.deadline().filter(|_| model.answered <= now) {
            Some(deadline) if deadline + LATE < now => return Ok((model.answers, Some(deadline))),
            Some(deadline) if deadline <= now + LATE => return Err(()),
            _ => {}
        }
        let (piece, later) = bytes.split_at((*count).min(bytes.len()));
        for (item, place) in piece {
            model.byte(*item, *place, now);
        }
        // An empty line alone is no head. One that comes in two pieces, of which the second is read with more behind it, is
        // where the head begins; whether two pieces that come at once are read together, nobody can say.
        if let Some((Item::Blank, 1)) = piece.last() {
            let more = !later.is_empty() && pieces.get(number + 1).is_some_and(|(pause, _)| *pause == 0);
            if more && model.head < Some(now) {
                return Err(());
            }
            model.head = None;
        }
        bytes = later;
    }
    Ok((model.answers, model.deadline()))
}

/// What really becomes of it.
fn seen(items: &[Item], pieces: &[(u64, usize)], waits_for_content: bool) -> (usize, Option<Time>) {
    on_a_clock_of_its_own(async {
        let began = Instant::now();
        let (client, served, _trigger) = limited().connect();
        let (mut reading, mut writing) = tokio::io::split(client.stream);
        let sent: String = items.iter().map(|item| item.bytes()).collect();
        let pieces = pieces.to_vec();
        let write = spawn_local(async move {
            let mut bytes = sent.as_bytes();
            for (pause, count) in pieces {
                sleep(Duration::from_millis(pause)).await;
                let (piece, later) = bytes.split_at(count.min(bytes.len()));
                // A connection that has ended takes nothing.
                let _ = writing.write_all(piece).await;
                bytes = later;
            }
            // The sending half stays open.
            writing
        });
        let mut answers = Vec::new();
        let ended = async {
            reading.read_to_end(&mut answers).await.unwrap();
            began.elapsed()
        };
        let ended = if waits_for_content { None } else { Some(ended.await) };
        if ended.is_some() {
            served.await.unwrap();
        }
        drop(write);
        let answers = String::from_utf8_lossy(&answers).matches("HTTP/1.1 200 OK").count();
        (answers, ended.map(|ended| u64::try_from(ended.as_millis()).unwrap()))
    })
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let item = prop_oneof![
        4 => Just(Item::Get(0)),
        1 => (1_u64..1500).prop_map(Item::Get),
        2 => (1_usize..30).prop_map(Item::Post),
    ];
    prop::collection::vec((item, any::<bool>()), 1..5).prop_map(|items| {
        let with_blank = |(item, blank): (Item, bool)| blank.then_some(Item::Blank).into_iter().chain([item]);
        items.into_iter().flat_map(with_blank).collect()
    })
}

fn near(one: Time, other: Time) -> bool {
    one.abs_diff(other) <= LATE
}

/// How many answers a visitor gets, and when the connection ends, if these requests come, each after a pause and answered after
/// another, and the process drains at `drains`. `Err`: what came together decides it.
fn drained(asked: &[(u64, u64)], drains: Time) -> Result<(usize, Time), ()> {
    let (mut now, mut answered, mut answers) = (0, 0, 0);
    let deadline = |answers: usize, answered: Time| {
        if answers == 0 {
            // A visitor who says nothing is not waited for any longer in a drain.
            return Ok(HEADER);
        }
        let deadline = answered + IDLE;
        let ends = if deadline < drains { deadline } else { drains.max(answered) + GRACE };
        if near(deadline, drains) { Err(()) } else { Ok(ends) }
    };
    for (pause, wait) in asked {
        now += pause;
        if now >= answered {
            let deadline = deadline(answers, answered)?;
            match now {
                now if near(now, deadline) => return Err(()),
                now if now > deadline => return Ok((answers, deadline)),
                _ => {}
            }
        }
        (answers, answered) = (answers + 1, answered.max(now) + wait);
        match answered {
            answered if near(answered, drains) => return Err(()),
            // It says that it is the last one.
            answered if answered > drains => return Ok((answers, answered)),
            _ => {}
        }
    }
    Ok((answers, deadline(answers, answered)?))
}

/// What really becomes of it.
fn seen_draining(asked: Vec<(u64, u64)>, drains: Time) -> (usize, Time) {
    on_a_clock_of_its_own(async {
        let began = Instant::now();
        let (client, served, trigger) = limited().connect();
        let (mut reading, mut writing) = tokio::io::split(client.stream);
        let write = async {
            for (pause, wait) in asked {
                sleep(Duration::from_millis(pause)).await;
                let _ = writing.write_all(Item::Get(wait).bytes().as_bytes()).await;
            }
        };
        let drain = async {
            sleep(Duration::from_millis(drains)).await;
            trigger.begin();
        };
        let read = async {
            let mut answers = Vec::new();
            reading.read_to_end(&mut answers).await.unwrap();
            (String::from_utf8_lossy(&answers).matches("HTTP/1.1 200 OK").count(), began.elapsed())
        };
        let ((answers, ended), ..) = tokio::join!(read, write, drain);
        drop((reading, writing));
        served.await.unwrap();
        (answers, u64::try_from(ended.as_millis()).unwrap())
    })
}

/// How much of a long answer comes, and when the connection ends, if the portal takes `wait` for it, and the visitor reads
/// nothing before `reads`.
fn seen_unread(wait: u64, reads: Time) -> (usize, Time) {
    on_a_clock_of_its_own(async {
        let began = Instant::now();
        let (mut client, served, _trigger) = limited().connect();
        client.send(format!("GET /wait/{wait}/more HTTP/1.1\r\nhost: a\r\n\r\n").as_bytes()).await;
        let read = async {
            sleep(Duration::from_millis(reads)).await;
            client.rest().await.len()
        };
        let ended = async {
            served.await.unwrap();
            began.elapsed()
        };
        let (read, ended) = tokio::join!(read, ended);
        (read, u64::try_from(ended.as_millis()).unwrap())
    })
}

fn limited() -> Bench {
    let mut bench = Bench::new();
    let timeouts = &mut bench.timeouts;
    let all = [(&mut timeouts.header, HEADER), (&mut timeouts.idle, IDLE), (&mut timeouts.body_idle, BODY_IDLE)];
    for (timeout, limit) in all {
        *timeout = Some(Duration::from_millis(limit));
    }
    bench
}

fn on_a_clock_of_its_own<F: Future>(test: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    LocalSet::new().block_on(&runtime, test)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_visitor_who_may_wait_is_waited_for_and_one_who_is_late_is_ended(
        items in items(),
        pieces in prop::collection::vec((prop_oneof![Just(0_u64), 0_u64..900], 1_usize..60), 1..12),
    ) {
        let Ok((answers, deadline)) = expected(&items, &pieces) else { return Ok(()) };
        let (answered, ended) = seen(&items, &pieces, deadline.is_none());
        if let Some(deadline) = deadline {
            prop_assert_eq!(answered, answers);
            let ended = ended.unwrap();
            prop_assert!((deadline..=deadline + LATE).contains(&ended), "ended at {}, due at {}", ended, deadline);
        }
    }

    #[test]
    fn a_drain_ends_who_may_wait_soon_and_nobody_who_is_answered(
        asked in prop::collection::vec((0_u64..1500, prop_oneof![Just(0_u64), 1_u64..1500]), 0..5),
        drains in 0_u64..4000,
    ) {
        let Ok((answers, ended)) = drained(&asked, drains) else { return Ok(()) };
        let seen = seen_draining(asked, drains);
        prop_assert_eq!(seen.0, answers);
        prop_assert!((ended..=ended + LATE).contains(&seen.1), "ended at {}, due at {}", seen.1, ended);
    }

    #[test]
    fn the_portal_is_waited_for_and_a_visitor_who_does_not_read_only_for_so_long(
        wait in prop_oneof![Just(0_u64), 0_u64..4000],
        reads in 0_u64..6000,
    ) {
        let late = wait + BODY_IDLE;
        if near(reads, late) { return Ok(()) }
        let (read, ended) = seen_unread(wait, reads);
        let due = if reads < late { wait.max(reads) + IDLE } else { late };
        prop_assert_eq!(read > MORE, reads < late, "{} bytes", read);
        prop_assert!((due..=due + LATE).contains(&ended), "ended at {}, due at {}", ended, due);
    }
}

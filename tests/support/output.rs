//! The lines of a process's output, as they are written.

use std::io::{BufRead, BufReader, Read};

use tokio::sync::watch;

use super::within;

/// The lines of one stream of a process.
#[derive(Clone)]
pub(crate) struct Output(watch::Receiver<Vec<String>>);

impl Output {
    /// Reads on a thread of its own until the stream ends.
    pub(crate) fn of(stream: impl Read + Send + 'static) -> Self {
        let (sender, receiver) = watch::channel(Vec::new());
        std::thread::spawn(move || {
            for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                sender.send_modify(|lines| lines.push(String::from_utf8_lossy(&line).into_owned()));
            }
        });
        Self(receiver)
    }

    /// What was written so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.borrow().clone()
    }

    /// Waits for a line that `wanted` makes something of; `None` if the stream ends without one.
    pub(crate) async fn find<T>(&self, what: &str, wanted: impl Fn(&str) -> Option<T>) -> Option<T> {
        let mut receiver = self.0.clone();
        let first = |lines: &Vec<String>| lines.iter().find_map(|line| wanted(line));
        let _ = within(what, receiver.wait_for(|lines| first(lines).is_some())).await;
        let lines = receiver.borrow();
        first(&lines)
    }

    /// Waits until `wanted` holds of all lines so far.
    pub(crate) async fn until(&self, what: &str, wanted: impl Fn(&[String]) -> bool) -> Vec<String> {
        let mut receiver = self.0.clone();
        let _ = within(what, receiver.wait_for(|lines| wanted(lines))).await;
        receiver.borrow().clone()
    }

    /// Everything, once the stream has ended.
    pub(crate) async fn whole(&self) -> String {
        let mut receiver = self.0.clone();
        within("the end of the output", async { while receiver.changed().await.is_ok() {} }).await;
        let lines = receiver.borrow();
        lines.join("\n")
    }
}

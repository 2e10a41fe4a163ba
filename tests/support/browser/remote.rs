//! The connection to a browser: calls, their results, and events.
//!
//! Chromium's protocol and WebDriver BiDi work alike: JSON over a WebSocket, and a result has the number of its call.

use std::collections::VecDeque;
use std::net::TcpStream;

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{self, Message, WebSocket};

use super::EVENT_TIMEOUT;

pub(super) struct Remote {
    socket: WebSocket<TcpStream>,
    calls: u64,
    events: VecDeque<Value>,
    /// The events of the network, once they are wanted.
    recorded: Option<Vec<Value>>,
}

impl Remote {
    pub(super) fn connect(address: &str) -> Self {
        let authority = address.trim_start_matches("ws://").split('/').next().unwrap();
        let stream = TcpStream::connect(authority).expect("the browser answers");
        stream.set_read_timeout(Some(EVENT_TIMEOUT)).unwrap();
        stream.set_nodelay(true).unwrap();
        let (socket, _) = tungstenite::client(address, stream).expect("the browser speaks its protocol");
        Self { socket, calls: 0, events: VecDeque::new(), recorded: None }
    }

    /// Keeps every event of the network from now on.
    pub(super) fn record(&mut self) {
        self.recorded = Some(Vec::new());
    }

    /// The events of the network that came since.
    pub(super) fn recorded(&mut self) -> Vec<Value> {
        self.recorded.take().unwrap_or_default()
    }

    /// A call that must succeed. `session`: the tab that it is for, if the protocol has such a thing.
    pub(super) fn call(&mut self, session: Option<&str>, method: &str, parameters: &Value) -> Value {
        self.try_call(session, method, parameters).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// A call, or the whole answer that says why it failed.
    pub(super) fn try_call(&mut self, session: Option<&str>, method: &str, parameters: &Value) -> Result<Value, Value> {
        self.calls += 1;
        let mut call = json!({ "id": self.calls, "method": method, "params": parameters });
        if let Some(session) = session {
            call["sessionId"] = session.into();
        }
        self.socket.send(Message::text(call.to_string())).expect("the browser listens");
        loop {
            let mut message = self.read(method);
            if message["id"] != self.calls {
                self.events.push_back(message);
            } else if message["error"].is_null() {
                return Ok(message["result"].take());
            } else {
                return Err(message);
            }
        }
    }

    /// Waits for an event, among those that came already and those that will.
    pub(super) fn wait_for(&mut self, is_awaited: impl Fn(&Value) -> bool) {
        while let Some(event) = self.events.pop_front() {
            if is_awaited(&event) {
                return;
            }
        }
        while !is_awaited(&self.read("an event")) {}
    }

    /// A call that is answered by the end of the connection.
    pub(super) fn close(&mut self, method: &str) {
        let call = json!({ "id": 0, "method": method, "params": {} });
        if self.socket.send(Message::text(call.to_string())).is_ok() {
            while self.socket.read().is_ok() {}
        }
    }

    fn read(&mut self, awaited: &str) -> Value {
        loop {
            match self.socket.read() {
                Ok(Message::Text(message)) => {
                    let message: Value = serde_json::from_str(&message).expect("JSON");
                    let is_network = message["method"].as_str().is_some_and(|method| method.starts_with("Network."));
                    if let Some(recorded) = self.recorded.as_mut().filter(|_| is_network) {
                        recorded.push(message.clone());
                    }
                    return message;
                }
                Ok(_) => {}
                Err(error) => panic!("waited in vain for {awaited} of the browser: {error}"),
            }
        }
    }
}

(async () => {
  const settled = promise => promise.then(() => 0, () => 0);
  // Firefox throws where Chromium tells of an error.
  const ends = (open, ...events) => new Promise(done => {
    try {
      const opened = open();
      for (const event of events) opened[event] = () => { opened.close?.(); done(); };
    } catch { done(); }
  });
  const element = (tag, url) => ends(() => {
    const made = Object.assign(document.createElement(tag), { src: url });
    document.body.append(made);
    return made;
  }, "onload", "onerror");
  const fetching = `fetch("TP/blob-worker").then(() => 0, () => 0).then(() => postMessage(1))`;
  const link = Object.assign(document.createElement("a"), { href: "#here", ping: "TP/ping" });
  document.body.append(link);
  link.click();
  new Image().src = "TP/new-image.png";
  navigator.sendBeacon("TP/beacon", "x");
  await Promise.all([
    settled(fetch("TP/fetch")),
    settled(fetch("TP/fetch-no-cors", { mode: "no-cors" })),
    settled(import("TP/dynamic-import.js")),
    ends(() => { const xhr = new XMLHttpRequest(); xhr.open("GET", "TP/xhr"); xhr.send(); return xhr; }, "onloadend"),
    ends(() => new EventSource("TP/eventsource"), "onopen", "onerror"),
    ends(() => new WebSocket("TP/websocket".replace("http", "ws")), "onclose", "onerror"),
    element("script", "TP/inserted.js"),
    element("iframe", "TP/inserted-frame.html"),
    ends(() => new Worker(URL.createObjectURL(new Blob([fetching]))), "onmessage", "onerror"),
    ends(() => new Worker("OWN/worker.js"), "onmessage", "onerror"),
  ]);
  return true;
})()

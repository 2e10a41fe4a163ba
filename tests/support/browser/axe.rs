//! Accessibility problems that axe-core finds, on screens of any size.

use std::path::Path;

use serde_json::json;

use super::chromium::Page;

/// Every rule but the experimental ones; what axe cannot decide alone is a finding, too.
const RUN: &str = "axe.run(document, { resultTypes: ['violations', 'incomplete'] }).then(found =>
    [...found.violations, ...found.incomplete].flatMap(({ id, nodes }) =>
        nodes.map(node => `${id}: ${node.target.join(' ')}: ${node.any.concat(node.all, node.none).map(check => check.message)}`)))";

impl Page<'_> {
    /// What axe-core finds in the page as it is shown now: `rule: element: why`.
    pub(crate) fn accessibility_findings(&self) -> Vec<String> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/axe.min.js");
        let axe = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{}: {error}: run scripts/setup", file.display()));
        self.call("Runtime.evaluate", &json!({ "expression": axe }));
        let found = self.evaluate(RUN);
        found.as_array().expect("a list of findings").iter().map(super::text).collect()
    }

    /// Shows the page in a window of this many CSS pixels.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Shows the page as on this medium (`screen`, `print`), in a dark scheme or in a light one.
    pub(crate) fn emulate(&self, medium: &str, is_dark: bool) {
        let scheme = json!({ "name": "prefers-color-scheme", "value": if is_dark { "dark" } else { "light" } });
        self.call("Emulation.setEmulatedMedia", &json!({ "media": medium, "features": [scheme] }));
    }
}

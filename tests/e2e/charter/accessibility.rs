//! The charter's page in a real browser: axe-core finds no problem in any language and style, on any screen.

use super::publish::published;
use crate::support::browser::Chromium;
use crate::support::origin::ok;
use crate::support::{Origin, Setup};

/// The page's first style sheet applies only if the page's own policy lets it.
const IS_STYLED: &str = "getComputedStyle(document.querySelector('table')).borderCollapse === 'collapse'";

#[tokio::test]
async fn people_with_disabilities_can_read_the_page() {
    let origin = Origin::always(ok("", "")).await;
    let languages = ["fr", "en", "es", "de", "nl", "it", "pt"];
    let all = published().replacen("[\"fr\", \"en\"]", &format!("{languages:?}"), 1);
    let dsfr = all.replacen("\"/cookies/\"", "{ path = \"/cookies/\", style = \"dsfr\" }", 1);
    for (charter, is_plain) in [(all, true), (dsfr, false)] {
        let octroi = Setup::before(&origin).charter(&charter).start().await;
        let address = octroi.address;
        let look = move || {
            let browser = Chromium::start();
            let page = browser.open();
            for language in languages {
                page.navigate(&format!("http://{address}/cookies/?lang={language}"));
                assert!(!is_plain || page.evaluate(IS_STYLED) == true, "{language}: the style sheet is blocked");
                for (width, medium, is_dark) in [(1280, "screen", false), (320, "screen", true), (720, "print", false)]
                {
                    page.resize(width, 800);
                    page.emulate(medium, is_dark);
                    let screen = format!("{language}, {width} px, {medium}");
                    assert_eq!(page.accessibility_findings(), [""; 0], "{screen}");
                    let overflow =
                        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                    assert!(!is_plain || overflow == 0, "{screen}: {overflow} px do not fit");
                }
            }
        };
        tokio::task::spawn_blocking(look).await.unwrap();
    }
}

//! The admin listener's pages in a real browser: accessible, on any screen, and with any names that visitors have sent.

use crate::support::browser::{Chromium, Page};
use crate::support::origin::ok;
use crate::support::{Octroi, Origin, Setup};

const COOKIES: &str = "Set-Cookie: tracker=1; Max-Age=63072000\r\nSet-Cookie: login=2; Path=/; HttpOnly; Secure\r\n\
    Set-Cookie: sessionid=3; Max-Age=99999999\r\nSet-Cookie: <script>document.title='harmed'</script>=4\r\n\
    Set-Cookie: a_name_that_is_longer_than_a_telephone_is_wide_and_has_no_blank_to_break_the_line_at=5\r\n";

async fn portal() -> Origin {
    Origin::always(ok(COOKIES, "")).await
}

/// Visits, and waits until the inventory has heard of it.
async fn visit(octroi: &Octroi) {
    octroi.client().await.get("/", "Cookie: _pk_id.1.1fff=6\r\n").await.assert_status(200);
    let seen = async { while !octroi.admin("GET /cookies", "").await.text().contains("_pk_id.*") {} };
    crate::support::within("the inventory", seen).await;
}

/// Holds the page that is shown against what everybody needs.
fn check(page: &Page, screen: &str) {
    for (width, is_dark) in [(1280, false), (1280, true), (390, false), (390, true)] {
        page.resize(width, 800);
        page.emulate("screen", is_dark);
        let screen = format!("{screen}, {width} px, dark: {is_dark}");
        assert_eq!(page.accessibility_findings(), [""; 0], "{screen}");
        let overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert!(overflow == 0, "{screen}: {overflow} px do not fit");
    }
}

#[tokio::test]
async fn everybody_can_read_the_pages() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).start().await;
    visit(&octroi).await;
    let address = octroi.admin;
    let look = move || {
        let browser = Chromium::start();
        let page = browser.open();
        for language in ["en", "fr"] {
            page.navigate(&format!("http://{address}/?lang={language}"));
            let is_styled = "getComputedStyle(document.querySelector('.answers')).display === 'grid'";
            assert!(page.evaluate(is_styled) == true, "the style sheet is blocked");
            page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)");
            check(&page, &format!("overview, {language}"));
            assert_ne!(page.evaluate("document.title"), "harmed");
            let query = "kind=cookie&line=_ga%3D1%3B+%3Cscript%3E%3D2&choice=x&path=/";
            page.navigate(&format!("http://{address}/explain?lang={language}&{query}"));
            assert!(page.evaluate("document.querySelectorAll('.result').length === 2") == true);
            check(&page, &format!("explanation, {language}"));
        }
    };
    tokio::task::spawn_blocking(look).await.unwrap();
}

#[tokio::test]
async fn the_page_refreshes_itself_and_keeps_what_was_opened() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).start().await;
    let (address, (opened, wait)) = (octroi.admin, tokio::sync::oneshot::channel());
    let look = tokio::task::spawn_blocking(move || {
        let browser = Chromium::start();
        let page = browser.open();
        page.navigate(&format!("http://{address}/?lang=en"));
        assert!(page.evaluate("document.getElementById('pause').hidden === false") == true, "the script is blocked");
        page.evaluate("document.getElementById('details-1').open = false");
        opened.send(()).unwrap();
        let refreshed = "new Promise(seen => { const at = setInterval(() => { \
            if (document.getElementById('live').textContent.includes('_pk_id.')) { clearInterval(at); seen(true); } }, 50); })";
        assert!(page.evaluate(refreshed) == true);
        assert!(page.evaluate("document.getElementById('details-1').open === false") == true);
        assert!(page.evaluate("[...document.querySelectorAll('.copy')].every(button => !button.hidden)") == true);
    });
    wait.await.unwrap();
    visit(&octroi).await;
    look.await.unwrap();
}

/// Off loopback a token is asked for, and a browser sends it as a password.
#[tokio::test]
async fn a_browser_gets_in_with_the_token_as_its_password() {
    let origin = portal().await;
    let setup = Setup::before(&origin).admin("token_file = \"admin.token\"");
    std::fs::write(setup.directory().join("admin.token"), "open-sesame\n").unwrap();
    let octroi = setup.start().await;
    // base64 of `anybody:open-sesame` and of `anybody:open-sesam`.
    let basic = |credentials: &str| format!("Content-Length: 0\r\nAuthorization: Basic {credentials}\r\n");
    let (right, wrong) = (basic("YW55Ym9keTpvcGVuLXNlc2FtZQ=="), basic("YW55Ym9keTpvcGVuLXNlc2Ft"));
    octroi.admin("GET /", &right).await.assert_status(200);
    octroi.admin("GET /", &wrong).await.assert_status(401);
    // The browser adds them to what another website asks for, too.
    for field in ["Origin: https://evil.test", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"] {
        octroi.admin("POST /reload", &format!("{right}{field}\r\n")).await.assert_status(403);
    }
    octroi.admin("POST /reload", &right).await.assert_status(200);
}

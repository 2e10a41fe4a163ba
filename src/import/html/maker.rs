//! Products whose script makes the table when the page is opened: the page itself has only an element for it.

/// The product whose script fills an element with this id, class or address.
pub(super) fn maker(place: &str) -> Option<&'static str> {
    [
        ("cookiedeclaration", "Cookiebot"),
        ("consent.cookiebot", "Cookiebot"),
        ("ot-sdk-cookie-policy", "OneTrust"),
        ("cookielaw.org", "OneTrust"),
        ("cky-audit", "CookieYes"),
        ("cookieyes", "CookieYes"),
        ("axeptio", "Axeptio"),
        ("iubenda", "iubenda"),
        ("didomi", "Didomi"),
        ("usercentrics", "Usercentrics"),
        ("cookie-script.com", "CookieScript"),
        ("cookiehub", "CookieHub"),
        ("termly", "Termly"),
        ("cookieinformation", "Cookie Information"),
    ]
    .iter()
    .find(|(mark, _)| place.contains(mark))
    .map(|(_, maker)| *maker)
}

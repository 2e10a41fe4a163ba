//! Pages that call necessary what is not, as an attacker of the rules wrote them: nothing of it is exempt.

use super::*;

fn exempt(body: &str) -> Vec<String> {
    let page = format!("<!DOCTYPE html><html lang=en><body>{body}</body></html>");
    let draft = import(page.as_bytes(), &Options::default()).unwrap_or_else(|refusal| panic!("{refusal}: {body}"));
    let rows: Vec<String> = draft.document.cookie.iter().map(|cookie| row(&draft.document, cookie)).collect();
    let is_exempt = |row: &String| row.starts_with("exempt") && !row.starts_with("exempt name sid_");
    rows.into_iter().filter(is_exempt).collect()
}

/// Only `sid_a` is necessary on these pages.
const PAGES: &[&str] = &[
    // A sentence about the law is not about these cookies.
    "<h1>Cookie policy</h1><h2>Which cookies do we use?</h2><p>Strictly necessary cookies do not require \
     your consent.</p><p>For all other cookies we ask for your permission.</p><table><tr><th>Cookie</th><th>\
     Duration</th></tr><tr><td>zz_1</td><td>1 year</td></tr></table>",
    // Nor is one in another language.
    "<h1>Cookies</h1><h2>Welche Cookies setzen wir ein</h2><p>Technisch notwendige Cookies bedürfen keiner \
     Einwilligung.</p><p>Alle übrigen Cookies setzen wir erst, wenn Sie zugestimmt haben.</p><table><tr><th>\
     Cookie</th><th>Dauer</th></tr><tr><td>zz_1</td><td>1 Jahr</td></tr></table>",
    // What does not work without a cookie tells what it is for.
    "<h1>Cookies</h1><h2>Necessary cookies</h2><table><tr><th>Cookie</th><th>Purpose</th><th>Duration</th>\
     </tr><tr><td>zz_1</td><td>Without this cookie, the live help does not open.</td><td>1 year</td></tr><tr>\
     <td>zz_2</td><td>Without this cookie we could not show you the posts of our Mastodon account.</td><td>1 \
     year</td></tr><tr><td>zz_3</td><td>Without this cookie, the articles on the home page are not chosen \
     for you.</td><td>1 year</td></tr><tr><td>zz_4</td><td>Without this cookie, you would appear as a new \
     visitor each day.</td><td>1 year</td></tr></table>",
    "<h1>Cookies</h1><h2>Notwendige Cookies</h2><table><tr><th>Cookie</th><th>Zweck</th><th>Dauer</th></tr>\
     <tr><td>zz_1</td><td>Ohne dieses Cookie öffnet sich die Live-Hilfe nicht.</td><td>1 Jahr</td></tr><tr>\
     <td>zz_2</td><td>Ohne dieses Cookie sehen Sie keine für Sie ausgesuchten Artikel.</td><td>1 Jahr</td>\
     </tr></table>",
    "<h1>Cookies</h1><h2>Cookies nécessaires</h2><table><tr><th>Cookie</th><th>Finalité</th><th>Durée</th>\
     </tr><tr><td>zz_1</td><td>Sans ce cookie, la messagerie instantanée ne s'ouvre pas.</td><td>1 an</td>\
     </tr><tr><td>zz_2</td><td>Sans ce cookie, nous ne pourrions pas vous présenter les articles faits pour \
     vous.</td><td>1 an</td></tr></table>",
    // “Preferences cookies” are a kind, and no banner.
    "<h1>Cookies</h1><h2>Strictly necessary cookies</h2><table><tr><th>Cookie</th><th>Duration</th></tr><tr>\
     <td>sid_a</td><td>Session</td></tr></table><p><b>Preferences cookies</b></p><table><tr><th>Cookie</th>\
     <th>Duration</th></tr><tr><td>zz_1</td><td>1 year</td></tr></table>",
    // A bold beginning is no title of its own.
    "<h1>Cookies</h1><p>We use:</p><ul><li><strong>Essential</strong> and preference cookies<ul><li>zz_1 (1 \
     year)</li></ul></li><li><strong>Cookies nécessaires</strong> et cookies de confort<ul><li>zz_2 (1 an)\
     </li></ul></li></ul>",
    // A second mention says what the first does not.
    "<h1>Cookies</h1><h2>Necessary cookies</h2><ul><li>zz_1</li><li>zz_2</li></ul><h2>All cookies in detail\
     </h2><table><tr><th>Cookie</th><th>Purpose</th><th>Duration</th></tr><tr><td>zz_1</td><td>Opens the \
     live help window for you</td><td>1 year</td></tr><tr><td>zz_2</td><td>Chooses articles that suit you\
     </td><td>1 year</td></tr></table>",
    // A kind with another one beside it.
    "<h1>Cookies</h1><table><tr><th>Cookie</th><th>Category</th><th>Duration</th></tr><tr><td>zz_1</td><td>\
     Necessary; Live help</td><td>1 year</td></tr><tr><td>zz_2</td><td>Essential · Insights</td><td>1 year\
     </td></tr><tr><td>zz_3</td><td>Essential | Entertainment</td><td>1 year</td></tr><tr><td>zz_4</td><td>\
     Necessary; Customer care</td><td>1 year</td></tr></table>",
    "<h1>Cookies</h1><table><tr><th>Cookie</th><th>Catégorie</th><th>Durée</th></tr><tr><td>zz_1</td><td>\
     Nécessaire ; Messagerie</td><td>1 an</td></tr><tr><td>zz_2</td><td>Nécessaire ; Relation client</td><td>\
     1 an</td></tr></table>",
    // A line about a tool below a group.
    "<h1>Cookies</h1><table><tr><th>Cookie</th><th>Duration</th></tr><tr><td colspan=2>Necessary cookies</td>\
     </tr><tr><td>sid_a</td><td>session</td></tr><tr><td colspan=2>Application: newsletter</td></tr><tr><td>\
     zz_4</td><td>1 year</td></tr><tr><td colspan=2>Tool: heatmaps</td></tr><tr><td>zz_3</td><td>1 year</td>\
     </tr></table>",
    // A category in front of a purpose, under another title.
    "<h1>Cookies</h1><h2>Third-party services</h2><table><tr><th>Cookie</th><th>Purpose</th><th>Duration</th>\
     </tr><tr><td>zz_1</td><td><b>Technically necessary.</b> Keeps the session</td><td>1 year</td></tr>\
     </table><h2>Set after your consent</h2><table><tr><th>Cookie</th><th>Purpose</th><th>Duration</th></tr>\
     <tr><td>zz_2</td><td><b>Technically necessary.</b> Keeps the session</td><td>1 year</td></tr></table>\
     <h2>Embedded videos</h2><table><tr><th>Cookie</th><th>Purpose</th><th>Duration</th></tr><tr><td>zz_3\
     </td><td><b>Technically necessary.</b> Keeps the session</td><td>1 year</td></tr></table><h2>Optional \
     services</h2><table><tr><th>Cookie</th><th>Purpose</th><th>Duration</th></tr><tr><td>zz_4</td><td><b>\
     Necessary.</b> Keeps the session</td><td>1 year</td></tr></table>",
    // And in front of a name.
    "<h1>Cookies</h1><h3>Avec votre accord</h3><ul><li>Cookie technique : zz_1 (1 an)</li></ul><h3>Set only \
     with your consent</h3><ul><li>Necessary cookie: zz_2 (1 year)</li></ul>",
    // A heading that names a cookie, behind a line.
    "<h1>Cookies</h1><p><b>Strictly necessary cookies</b></p><div><h4>sid_a</h4><p>Keeps you signed in. \
     Duration: session</p></div><div><p>Our live help:</p><h4>zz_1</h4><p>Duration: 1 year</p></div>",
    // The label of a banner above the page.
    "<div id=\"banner\"><div><label for=x>Necessary cookies</label><p>Required for the site to work.</p>\
     </div></div><p>Our site uses the cookies below.</p><table><tr><th>Cookie</th><th>Duration</th></tr><tr>\
     <td>zz_1</td><td>1 year</td></tr></table>",
    // A no with a condition.
    "<h1>Cookies</h1><h2>Our cookies</h2><table><tr><th>Cookie</th><th>Consent required?</th></tr><tr><td>\
     zz_1</td><td>No, until you log in</td></tr><tr><td>zz_2</td><td>No, without this cookie the live help \
     does not work</td></tr><tr><td>zz_3</td><td>No, unknown</td></tr><tr><td>zz_4</td><td>No, pending</td>\
     </tr></table>",
    // “before consent” asks the opposite.
    "<h1>Cookies</h1><h2>Our cookies</h2><table><tr><th>Cookie</th><th>Set before consent?</th></tr><tr><td>\
     zz_1</td><td>No</td></tr></table><h2>Nos cookies</h2><table><tr><th>Cookie</th><th>Déposé avant \
     consentement ?</th></tr><tr><td>zz_2</td><td>Non</td></tr></table><h2>Unsere Cookies</h2><table><tr><th>\
     Cookie</th><th>Vor Einwilligung aktiv?</th></tr><tr><td>zz_3</td><td>Nein</td></tr></table>",
    // Consent as a condition of what is kept.
    "<h1>Cookies</h1><h2>Notwendige Cookies</h2><table><tr><th>Cookie</th><th>Zweck</th><th>Dauer</th></tr>\
     <tr><td>zz_1</td><td>Speichert nach Ihrer Zustimmung Statistiken</td><td>1 Jahr</td></tr><tr><td>zz_2\
     </td><td>Speichert mit Ihrer Einwilligung statistische Daten</td><td>1 Jahr</td></tr><tr><td>zz_3</td>\
     <td>Speichert Marketing-Daten nur mit Einwilligung</td><td>1 Jahr</td></tr></table>",
    // A choice, and something else.
    "<h1>Cookies</h1><h2>Necessary cookies</h2><table><tr><th>Cookie</th><th>Purpose</th><th>Duration</th>\
     </tr><tr><td>zz_1</td><td>Stores your cookie choice and shows you personalised advertising from third \
     parties</td><td>1 year</td></tr><tr><td>zz_2</td><td>Manages consent and analyses our audience</td><td>\
     1 year</td></tr><tr><td>zz_3</td><td>Stores marketing data, subject to consent</td><td>1 year</td></tr>\
     <tr><td>zz_4</td><td>With your consent, stores statistics</td><td>1 year</td></tr><tr><td>zz_5</td><td>\
     Saves statistics after you accept cookies</td><td>1 year</td></tr></table>",
    "<h1>Cookies</h1><h2>Cookies nécessaires</h2><table><tr><th>Cookie</th><th>Finalité</th><th>Durée</th>\
     </tr><tr><td>zz_1</td><td>Conserve les préférences, sous réserve du consentement</td><td>1 an</td></tr>\
     <tr><td>zz_2</td><td>Enregistre votre consentement aux cookies et affiche des publicités</td><td>1 an\
     </td></tr><tr><td>zz_3</td><td>Enregistre des statistiques si vous acceptez les cookies</td><td>1 an\
     </td></tr></table>",
    // A claim about another site.
    "<h1>Cookies</h1><p>On our intranet we only use strictly necessary cookies.</p><p>On this site, we set \
     more.</p><table><tr><th>Cookie</th><th>Purpose</th><th>Duration</th></tr><tr><td>zz_1</td><td>Stores \
     the language</td><td>1 year</td></tr></table>",
    // Names that are often necessary.
    "<h1>Cookies</h1><h2>Necessary cookies</h2><table><tr><th>Cookie</th><th>Purpose</th><th>Duration</th>\
     </tr><tr><td>wordpress_popup</td><td>Opens the invitation to our list of readers</td><td>1 year</td>\
     </tr><tr><td>keep_alive</td><td>Notes where you looked and for how long</td><td>1 year</td></tr><tr><td>\
     localization</td><td>Chooses products for your town</td><td>1 year</td></tr></table>",
    // The next item is no list behind an item.
    "<h1>Cookies</h1><ul><li><b>Comfort:</b> for your ease.</li><li><b>Necessary cookies:</b> needed for the \
     site.</li><li>zz_1: 1 year</li><li>zz_2: 1 year</li></ul>",
    // Items with labels behind a name.
    "<h1>Cookies</h1><h2>Necessary cookies</h2><ul><li>zz_1</li><li>Purpose: opens the live chat</li><li>\
     Duration: 1 year</li></ul>",
    "<h1>Cookies</h1><h2>Strictly necessary cookies</h2><ul><li>zz_2</li><li>Purpose: remembers which videos \
     you watched</li></ul>",
    "<h1>Cookies</h1><h2>Necessary cookies</h2><ul><li>zz_1</li><li>Provider: Acme Ads network</li><li>\
     Consent required: yes</li></ul>",
    "<h1>Cookies</h1><h2>Necessary cookies</h2><table><tr><th>Cookie</th><th>Purpose</th><th>Duration</th>\
     </tr><tr><td>zz_1</td><td>Keeps the login</td><td>1 year</td></tr></table><h2>All cookies</h2><table>\
     <tr><th>Cookie</th><th>Purpose</th><th>Duration</th></tr><tr><td>zz_1</td><td>Number by which we know \
     our readers again</td><td>1 year</td></tr></table>",
    // A column of categories under a title that needs consent.
    "<h1>Cookies</h1><h2>Only with your consent</h2><table><tr><th>Cookie</th><th>Category</th><th>Duration\
     </th></tr><tr><td>zz_1</td><td>Necessary</td><td>1 year</td></tr></table>",
];

#[test]
fn what_needs_consent_is_never_exempt() {
    for page in PAGES {
        assert_eq!(exempt(page), [""; 0], "{page}");
    }
}

#[test]
fn items_with_labels_are_of_the_names_in_front_of_them() {
    let list = |items: &str| rows(&format!("<h2>Necessary cookies</h2><ul>{items}</ul>"));
    assert_eq!(
        list("<li>sid_a<li>Duration: session<li>sid_b<li>Duration: 1 year"),
        ["exempt name sid_a = session", "exempt name sid_b = 1 year"]
    );
    assert_eq!(
        list("<li>sid_a<li>sid_b<li>Purpose: keeps your login<li>Duration: 1 year"),
        ["exempt name sid_a = 1 year", "exempt name sid_b = 1 year"]
    );
    assert_eq!(
        list("<li>sid_a<li>Purpose: keeps your login<li>sid_b<li>Purpose: keeps your basket<li>Duration: 1 year"),
        ["exempt name sid_a", "exempt name sid_b = 1 year"]
    );
    assert_eq!(list("<li>sid_a<br>Purpose: counts visits"), ["required name sid_a"]);
}

/// Time must grow with the page, and not with its square.
#[test]
fn a_long_list_of_names_and_lifetimes_ends_soon() {
    let items: Vec<String> = (0..2000).map(|at| format!("<li>sid_{at}<li>Duration: 1 year")).collect();
    assert_eq!(rows(&format!("<h2>Necessary cookies</h2><ul>{}</ul>", items.concat())).len(), 2000);
    let names: Vec<String> = (0..2000).map(|at| format!("<li>sid_{at}")).collect();
    let labels = "<li>Purpose: keeps your login".repeat(2000);
    assert_eq!(rows(&format!("<h2>Necessary cookies</h2><ul>{}{labels}</ul>", names.concat())).len(), 2000);
}

//! The trackers, each as its service writes it. Headers, scripts and the comparison use this table.
//!
//! `{site}` is the host of the request, `{parent}` its registrable domain. A line with a `Domain` is set only if the host lies
//! below its registrable domain: not at an IP address or `localhost`. `Secure` lines are set over https only. 33955200 seconds
//! are 13 months (393 days), 63072000 are 24.

use super::tracker::Source::{Api, Catalogue, Dataset, Export, Login, NotFound, Page, Pixel, Redirect, Script, Tag};
use super::tracker::{Source, Tracker};

const fn row(source: Source, line: &'static str) -> Tracker {
    Tracker { source, line }
}

/// The order is that of the headers of a response.
pub(super) static TRACKERS: &[Tracker] = &[
    // Set by every page.
    row(Page, "_ga=GA1.1.1893456712.1764000000; Path=/; Max-Age=63072000"),
    row(Page, "_gid=GA1.1.720014455.1764000000; Path=/; Max-Age=86400"),
    row(Page, "_fbp=fb.0.1764000000000.1098115397; Path=/; Max-Age=7776000"),
    row(Page, "xtuid=5dd8a2c6-7c3a-4f0b-9a65-0f4a5b1d2c3e; Path=/; Max-Age=15552000"),
    row(Page, "atuserid=%7B%22name%22%3A%22atuserid%22%2C%22val%22%3A%22a1b2c3%22%7D; Path=/; Max-Age=33955200"),
    row(Page, "AMCV_2A6E210654E74B040A4C98A7%40AdobeOrg=MCMID|0192837465; Path=/; Max-Age=63072000"),
    row(Page, "AMCVS_2A6E210654E74B040A4C98A7%40AdobeOrg=1; Path=/"),
    row(Page, "s_fid=4F1C0D2E3B5A6978-1A2B3C4D5E6F7081; Path=/; Max-Age=157680000"),
    row(Page, "_vwo_uuid_v2=D1C9E8F7A6B5|f0e1d2c3b4a5; Path=/; Max-Age=31622400"),
    row(Page, "optimizelyEndUserId=oeu1764000000000r0.4217; Path=/; Max-Age=15552000"),
    row(Page, "AMP_7f3a91c2d4=JTdCJTIyZGV2aWNlSWQlMjIlM0ElMjJkZW1vJTIyJTdE; Path=/; Max-Age=31536000; SameSite=Lax"),
    row(Page, "_sp_id.1fff=5c1d8e2a.1764000000.1.1764000000; Path=/; Max-Age=63072000"),
    row(Page, "_sp_ses.1fff=*; Path=/; Max-Age=1800"),
    row(Page, "nmstat=1f9c7a52-demo; Path=/; Max-Age=33955200"),
    row(Page, "mp_4e3d2c1b_mixpanel=%7B%22distinct_id%22%3A%22demo%22%7D; Path=/; Max-Age=31536000; SameSite=Lax"),
    row(Page, "uuid2=6421837450918273645; Path=/; Max-Age=7776000; HttpOnly"),
    row(Page, "demdex=38104729561029384756; Path=/; Max-Age=15552000; HttpOnly"),
    row(Page, "AWSALB=Zk3Qf8Rw1Yx0Vb7N; Path=/; Max-Age=604800; HttpOnly"),
    row(Page, "BIGipServerpool_portal=1677787402.36895.0000; Path=/; HttpOnly"),
    row(Page, "ab_cohort=B; Path=/pages/; Max-Age=33955200"),
    row(Page, "landing_id=7c1e0f; Path=/pages/accueil; Max-Age=63072000; HttpOnly"),
    row(Page, "FPID=FPID2.2.Qm9uam91cg.1764000000; Domain={parent}; Path=/; Max-Age=63072000; HttpOnly"),
    row(Page, "_gcl_aw=GCL.1764000000.demo; Domain={parent}; Path=/; Max-Age=7776000"),
    row(Page, "xtvrn=$612345$; Domain={parent}; Path=/; Max-Age=33955200"),
    row(Page, "TCPID=126101412151764000000; Domain={parent}; Path=/; Max-Age=33955200"),
    row(Page, "sid_srv=bd0f4c; Domain={site}; Path=/; Max-Age=33955200; HttpOnly"),
    row(Page, "_mkto_trk=id:561-HYG-937&token:_mch-demo; Domain={site}; Path=/; Max-Age=63072000"),
    row(Page, "__Secure-ENID=26.SE=demo; Domain={parent}; Path=/; Max-Age=33955200; Secure; HttpOnly; SameSite=Lax"),
    row(Page, "__Host-vid=2f6c8a; Path=/; Max-Age=33955200; Secure; HttpOnly"),
    row(Page, "AWSALBCORS=Zk3Qf8Rw1Yx0Vb7N; Path=/; Max-Age=604800; Secure; SameSite=None"),
    row(Page, "__cf_bm=demo.1764000000; Domain={parent}; Path=/; Max-Age=1800; Secure; HttpOnly; SameSite=None"),
    row(Page, "bcookie=v=2&demo; Domain={parent}; Path=/; Max-Age=31536000; Secure; SameSite=None"),
    row(Page, "__Host-embed=9a7b; Path=/; Max-Age=15552000; Secure; HttpOnly; SameSite=None; Partitioned"),
    row(Page, "_chat_vid=c4d5e6; Path=/; Max-Age=33955200; Secure; SameSite=None; Partitioned"),
    // Set by the pages of the catalogue.
    row(Catalogue, "explore_vid=5b1c7d; Path=/explore/; Max-Age=33955200"),
    row(Catalogue, "search_profile=eyJ2IjoxfQ; Path=/explore/; Max-Age=63072000; HttpOnly"),
    row(Catalogue, "_lr_uf_-education=3e2d; Domain={parent}; Path=/explore/; Max-Age=33955200"),
    row(Catalogue, "kameleoonVisitorCode=_js_demo0123456789; Domain={parent}; Path=/; Max-Age=33955200"),
    row(Catalogue, "_dmp_seg=12.44.90; Path=/explore/; Max-Age=15552000; Secure; SameSite=None"),
    // Set by the page of a dataset. For a line without a path, the browser uses the path of the page.
    row(Dataset, "dataset_viewer=f1e2d3; Path=/explore/dataset/; Max-Age=33955200"),
    row(Dataset, "dataset_reader=a9b8c7; Max-Age=63072000"),
    row(Dataset, "reco_ctx=0192837465; Path=/explore/dataset/fr-en-annuaire-education/; Max-Age=33955200; HttpOnly"),
    row(Dataset, "reco_uid=5647382910; Domain={parent}; Path=/explore/dataset/; Max-Age=63072000"),
    row(Dataset, "_map_vid=e0f1; Path=/explore/dataset/; Max-Age=15552000; Secure; SameSite=None; Partitioned"),
    // Set by the login form and by its response.
    row(Login, "intercom-id-x9y8z7w6=5f0a8c2d; Path=/; Max-Age=23328000; SameSite=Lax"),
    row(Login, "hubspotutk=0f5a8c2d71e3b496; Domain={parent}; Path=/; Max-Age=15552000"),
    // Set by a page that does not exist.
    row(NotFound, "_uetsid=0c1d2e3f4a5b; Path=/; Max-Age=86400"),
    row(NotFound, "_uetvid=5a4b3c2d1e0f; Path=/; Max-Age=33696000"),
    // Set by the redirect from `/`.
    row(Redirect, "_gcl_au=1.1.1122334455.1764000000; Path=/; Max-Age=7776000"),
    row(Redirect, "etuix=8s7dF6gH5jK4; Path=/; Max-Age=34128000"),
    // Set by the counting image.
    row(Pixel, "_hjSessionUser_3141592=eyJpZCI6ImRlbW8ifQ==; Path=/; Max-Age=31536000"),
    row(Pixel, "IDE=AHWqTUnDemo; Path=/; Max-Age=33696000; HttpOnly"),
    row(Pixel, "fr=0demo..BnQx.AAA.0.0; Path=/; Max-Age=7776000; HttpOnly"),
    row(Pixel, "anj=dTM7k!M4demo; Path=/; Max-Age=7776000; HttpOnly"),
    row(Pixel, "MUID=1A2B3C4D5E6F708192A3B4C5D6E7F809; Path=/; Max-Age=33696000"),
    row(Pixel, "TDID=8c1f0e2d-demo; Path=/; Max-Age=31536000; HttpOnly"),
    row(Pixel, "test_cookie=CheckForPermission; Path=/; Max-Age=900"),
    row(Pixel, "_pcid=%7B%22browserId%22%3A%22mdemo%22%7D; Domain={parent}; Path=/; Max-Age=34128000"),
    // Set by the script that loads the tags.
    row(Tag, "stape_vid=71e3b4; Path=/; Max-Age=63072000; HttpOnly"),
    row(Tag, "tc_sample=1764000000; Path=/; Max-Age=33955200"),
    // Set by responses of the Explore API.
    row(Api, "_clck=1x2y3z|2|fr0|0|1764; Path=/; Max-Age=31536000"),
    row(Api, "visitor_id=84f1c0d2; Path=/; Max-Age=31536000"),
    row(Api, "api_visitor=c0ffee; Path=/api/explore/v2.1/; Max-Age=63072000"),
    row(Api, "api_meter=184; Path=/api/; Max-Age=33955200; HttpOnly"),
    row(Api, "records_reader=d00d; Path=/api/explore/v2.1/catalog/datasets; Max-Age=33955200"),
    row(Api, "api_uid=31415926; Domain={parent}; Path=/api/explore/; Max-Age=33955200"),
    // Set by an export.
    row(Export, "dl_visitor=27182818; Path=/; Max-Age=33955200; HttpOnly"),
    row(Export, "dl_history=csv; Path=/api/explore/v2.1/catalog/; Max-Age=63072000"),
    // Written by the tags, a third party's script.
    row(Script, "_pk_id.1.1fff=0f5a8c2d71e3b496.1764000000.; Path=/; Max-Age=33955200; SameSite=Lax"),
    row(Script, "_pk_ses.1.1fff=1; Path=/; Max-Age=1800; SameSite=Lax"),
    row(Script, "_pk_ref.1.1fff=%5B%22%22%2C%22%22%2C1764000000%5D; Path=/; Max-Age=15768000; SameSite=Lax"),
    row(Script, "_pk_hsr.1.1fff=1; Path=/; Max-Age=1800; SameSite=Lax"),
    row(Script, "_ga_EDU2026DEMO=GS2.1.s1764000000$o1$g0$t0$j60$l0$h0; Path=/; Max-Age=34560000; SameSite=Lax"),
    row(Script, "_clsk=4d3c2b|1764000000|1|1; Path=/; Max-Age=86400"),
    row(Script, "_hjSession_3141592=eyJpZCI6ImRlbW8iLCJjIjoxfQ==; Path=/; Max-Age=1800; SameSite=Lax"),
    row(Script, "_rdt_uuid=1764000000000.demo; Path=/; Max-Age=7776000"),
    row(Script, "ajs_anonymous_id=b5f0c1d2-demo; Path=/; Max-Age=31536000; SameSite=Lax"),
    row(Script, "_pin_unauth=dWlkPWRlbW8; Path=/; Max-Age=31536000"),
    row(Script, "__hstc=1.0f5a8c2d.1764000000000.1764000000000.1764000000000.1; Path=/; Max-Age=15552000"),
    row(Script, "__hssc=1.1.1764000000000; Path=/; Max-Age=1800"),
    row(Script, "_ym_uid=1764000000123456789; Path=/; Max-Age=31536000"),
    row(Script, "explore_facets=theme; Path=/explore/; Max-Age=33955200"),
    row(Script, "_ttp=2aBcDeFgHiJk; Domain={parent}; Path=/; Max-Age=33955200; SameSite=Lax"),
    row(Script, "_scid=demo-scid; Domain={parent}; Path=/; Max-Age=33955200"),
    row(Script, "__utma=1.1893456712.1764000000.1764000000.1764000000.1; Domain={parent}; Path=/; Max-Age=63072000"),
    row(Script, "_lfa=LF1.1.demo.1764000000; Domain={parent}; Path=/explore/; Max-Age=63072000"),
    row(Script, "__Secure-tag=77; Path=/; Max-Age=33955200; Secure; SameSite=Lax"),
    row(Script, "_reader_id=5150; Path=/; Max-Age=33955200; Secure; SameSite=None; Partitioned"),
];

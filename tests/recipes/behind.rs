//! octroi behind nginx, Caddy, Traefik and Envoy, each of which ends TLS.

use std::path::Path;
use std::process::Command;

use super::checks::{Scheme, World};
use super::front::{Front, Place, program};
use super::portal::Portal;
use super::{file, octroi};
use crate::support::Octroi;

/// octroi of this recipe before the portal of the recipes.
pub(super) async fn behind(recipe: &str, prepare: impl FnOnce(&Path)) -> (Octroi, Portal) {
    let portal = Portal::start().await;
    let address = portal.origin.address.to_string();
    (octroi(recipe, &[("127.0.0.1:3000", &address)], prepare).await, portal)
}

async fn holds(recipe: &str, start: impl AsyncFn(&Octroi, &str) -> Front, idle: (&str, &str)) {
    let (octroi, portal) = behind(recipe, |_| {}).await;
    closes_idle_connections_first(recipe, &octroi, &start, idle).await;
    let front = start(&octroi, idle.0).await;
    World { front, octroi, portal, scheme: Scheme::Https }.holds().await;
}

/// The time in the file is what the proxy goes by: with a second in its place, it closes what is idle after that time,
/// while octroi would wait for 75 s. So a request never crosses octroi's close.
async fn closes_idle_connections_first(
    recipe: &str,
    octroi: &Octroi,
    start: &impl AsyncFn(&Octroi, &str) -> Front,
    (_, short): (&str, &str),
) {
    let front = start(octroi, short).await;
    let mut client = front.tls().await;
    client.get("/explore/", "").await.assert_status(200);
    let taken = |name: &'static str| move |metrics: &crate::support::metrics::Metrics| metrics.sum(name, &[]);
    let (open, total) = (taken("octroi_connections"), taken("octroi_connections_total"));
    octroi.metrics_until(&format!("{recipe} to close"), |metrics| total(metrics) >= 1.0 && open(metrics) < 0.5).await;
}

async fn nginx(octroi: &Octroi, idle: &str) -> Front {
    let place = Place::new();
    let recipe = file(
        "nginx",
        "octroi.conf",
        &[
            ("listen 443 ssl", &format!("listen {} ssl", place.address)),
            ("127.0.0.1:8080", &octroi.address.to_string()),
            ("/etc/nginx/tls/site.pem", &place.path("site.pem")),
            ("/etc/nginx/tls/site.key", &place.path("site.key")),
            ("keepalive_timeout 60s", idle),
        ],
    );
    place.write("octroi.conf", &recipe);
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {};\n", place.path(kind)))
        .concat();
    place.write(
        "nginx.conf",
        &format!(
            "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log stderr notice;\nevents {{}}\n\
             http {{\naccess_log off;\n{temporary}include octroi.conf;\n}}\n"
        ),
    );
    let mut command = Command::new("nginx");
    command.arg("-p").arg(place.directory.path()).args(["-c", "nginx.conf", "-e", "stderr"]);
    place.start(command, "event method").await
}

async fn caddy(octroi: &Octroi, idle: &str) -> Front {
    let place = Place::new();
    let recipe = file(
        "caddy",
        "Caddyfile",
        &[
            // Nobody but the test is to be on this machine's port 80.
            ("{\n\tgrace_period", "{\n\tauto_https disable_redirects\n\tadmin off\n\tgrace_period"),
            (
                "https://data.education.gouv.fr {",
                &format!("https://data.education.gouv.fr:{} {{\nbind 127.0.0.1", place.address.port()),
            ),
            ("127.0.0.1:8080", &octroi.address.to_string()),
            ("/etc/caddy/site.pem", &place.path("site.pem")),
            ("/etc/caddy/site.key", &place.path("site.key")),
            ("keepalive 60s", idle),
        ],
    );
    place.write("Caddyfile", &recipe);
    let mut command = program("caddy");
    command.args(["run", "--config", "Caddyfile", "--adapter", "caddyfile"]).env("HOME", place.directory.path());
    command.env_remove("XDG_DATA_HOME").env_remove("XDG_CONFIG_HOME");
    place.start(command, "serving initial configuration").await.without_grace()
}

async fn traefik(octroi: &Octroi, idle: &str) -> Front {
    let place = Place::new();
    let routes = file(
        "traefik",
        "routes.yml",
        &[
            ("127.0.0.1:8080", &octroi.address.to_string()),
            ("/etc/traefik/site.pem", &place.path("site.pem")),
            ("/etc/traefik/site.key", &place.path("site.key")),
            ("idleConnTimeout: 60s", idle),
        ],
    );
    place.write("routes.yml", &routes);
    let process = file(
        "traefik",
        "traefik.yml",
        &[("\":443\"", &format!("\"{}\"", place.address)), ("/etc/traefik/routes.yml", &place.path("routes.yml"))],
    );
    // Its log says when the routes are in force; without a file of its own it goes to standard output.
    let said = format!("{process}log:\n  level: DEBUG\n  filePath: /dev/stderr\n");
    let path = place.write("traefik.yml", &said);
    let mut command = program("traefik");
    command.arg(format!("--configFile={}", path.display()));
    let front = place.start(command, "Adding route for data.education.gouv.fr").await.without_grace();
    // The route and its certificate are in force a moment after that.
    front.until_trusted().await
}

async fn envoy(octroi: &Octroi, idle: &str) -> Front {
    let place = Place::new();
    let recipe = file(
        "envoy",
        "envoy.yaml",
        &[
            ("address: 0.0.0.0, port_value: 443", &format!("address: 127.0.0.1, port_value: {}", place.address.port())),
            ("port_value: 8080", &format!("port_value: {}", octroi.address.port())),
            ("/etc/envoy/site.pem", &place.path("site.pem")),
            ("/etc/envoy/site.key", &place.path("site.key")),
            ("idle_timeout: 60s", idle),
        ],
    );
    let path = place.write("envoy.yaml", &recipe);
    let mut command = program("envoy");
    command.args(["--disable-hot-restart", "--concurrency", "1", "-c"]).arg(path);
    place.start(command, "starting main dispatch loop").await.without_grace()
}

#[tokio::test]
async fn nginx_before_octroi() {
    holds("nginx", nginx, ("keepalive_timeout 60s", "keepalive_timeout 1s")).await;
}

#[tokio::test]
async fn caddy_before_octroi() {
    holds("caddy", caddy, ("keepalive 60s", "keepalive 1s")).await;
}

#[tokio::test]
async fn traefik_before_octroi() {
    holds("traefik", traefik, ("idleConnTimeout: 60s", "idleConnTimeout: 1s")).await;
}

#[tokio::test]
async fn envoy_before_octroi() {
    holds("envoy", envoy, ("idle_timeout: 60s", "idle_timeout: 1s")).await;
}

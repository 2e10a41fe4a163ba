//! `octroi version`: the version, commit and features of the build, as text or JSON.

use std::io::Write as _;

use serde_json::json;

use super::OutputFormat;

#[derive(Debug, clap::Args)]
pub(crate) struct VersionArgs {
    /// How the result is printed
    #[arg(long, default_value = "text", value_name = "FORMAT")]
    format: OutputFormat,
}

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The environment variable of the build: packagers set it.
const COMMIT: Option<&str> = option_env!("BUILD_COMMIT");
const TLS_PROVIDER: &str = "aws-lc-rs";

pub(crate) fn run(args: &VersionArgs) -> std::io::Result<()> {
    let built = [("fuzzing", cfg!(feature = "fuzzing")), ("otel", cfg!(feature = "otel"))];
    let features: Vec<_> = built.iter().filter(|(_, is_on)| *is_on).map(|(name, _)| name).collect();
    let text = match args.format {
        OutputFormat::Text => format!("octroi {VERSION} ({})\n", COMMIT.unwrap_or("commit unknown")),
        OutputFormat::Json => {
            let version = json!({
                "version": VERSION,
                "commit": COMMIT,
                "features": features,
                "tls_provider": TLS_PROVIDER,
                "target": format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS),
                "debug": cfg!(debug_assertions),
            });
            format!("{version:#}\n")
        }
    };
    std::io::stdout().lock().write_all(text.as_bytes())
}

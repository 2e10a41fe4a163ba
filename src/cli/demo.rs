//! `octroi demo`: starts the demo, prints its addresses and what to try, and runs until Ctrl-C.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::demo::{Banner, Demo, Ports};

#[derive(Debug, clap::Args)]
pub(crate) struct DemoArgs {
    /// Port of 127.0.0.1 for octroi; 0: any free port
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    /// Port of localhost for the sample portal; 0: any free port
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    portal_port: u16,
    /// The banner that the sample portal imitates; the charter reads its cookie
    #[arg(long, value_enum, default_value_t)]
    banner: Banner,
}

/// Runs until Ctrl-C.
///
/// # Errors
/// If a port is taken, or the sample portal or octroi cannot start.
pub(crate) fn run(args: &DemoArgs) -> anyhow::Result<ExitCode> {
    let demo = Demo::start(Ports { octroi: args.port, portal: args.portal_port }, args.banner)?;
    print_guide(&demo, &mut io::stdout().lock())?;
    demo.run()?;
    Ok(ExitCode::SUCCESS)
}

fn print_guide(demo: &Demo, out: &mut impl Write) -> io::Result<()> {
    let (direct, octroi) = (demo.direct(), &demo.octroi().site);
    let (compared, admin) = (demo.beside(), &demo.octroi().admin);
    write!(
        out,
        "\
octroi demo: a sample portal, and octroi in front of it

  With octroi     {octroi}/
  Without octroi  {direct}/
  Both compared   {compared}/__demo/
  Admin page      {admin}

What to try
  1. Open the comparison, and from there the portal at both addresses, in one browser.
     Without octroi, trackers are set before any choice, and the pages send requests to five other servers. With octroi,
     no response sets a tracker and the portal receives none. Of the other servers, only the map's receives requests, so
     the script that writes cookies is not loaded either.
  2. Refuse all in the banner, then look around: without octroi nothing changes.
  3. Log in, switch the language: the charter's own cookies pass, and the portal works.
  4. Accept all (\"Manage cookies\" at the foot of a page): now everything passes, as the visitor asked.
  5. Refuse again: trackers are stripped from every request, and deleted from the browser as pages are opened.
  6. Try the three states on the comparison page: no choice; refused, with a browser that has cookies from before
     octroi; withdrawn after accepting.
  7. Without a browser:
     curl -si {octroi}/pages/accueil/ | grep -i set-cookie
     curl -si {direct}/pages/accueil/ | grep -i set-cookie
     curl -s  '{octroi}/api/explore/v2.1/catalog/datasets/fr-en-annuaire-education/exports/csv?bytes=1073741824' | wc -c

The pages are in French or English, as the browser asks. The other servers have names below localhost, which Chromium
and Firefox resolve to this machine.
The portal listens on loopback only, and its figures are made up. Ctrl-C ends the demo.
"
    )?;
    out.flush()
}

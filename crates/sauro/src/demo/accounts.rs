//! The sample accounts.

use std::sync::Arc;

use sauro_identity::Identity;
use sauro_identity::actions::{self, NewAccount, NewSeat};

use super::{ACCOUNTS, PASSWORD, Stage, system};

/// Opens every sample account with its seats.
pub(super) async fn open_all(stage: &Stage) -> anyhow::Result<()> {
    let ctx = system();
    let identity = Identity::for_commands(
        stage.db.clone(),
        Arc::new(crate::SystemClock),
        Arc::new(crate::FreshIds),
    );
    let from = stage.today.checked_sub_days(chrono::Days::new(300));
    for account in ACCOUNTS {
        let mut seats = account.seats.iter().map(|(role, code)| NewSeat {
            agency_code: (*code).to_owned(),
            role: *role,
            title: String::new(),
            from,
            to: None,
        });
        let Some(seat) = seats.next() else { continue };
        let new = NewAccount {
            login: account.login.to_owned(),
            display_name: account.title.split(':').next().unwrap_or_default().to_owned(),
            password: Some(PASSWORD.to_owned()),
            is_sample: true,
            seat,
        };
        let opened = actions::open_account(&ctx, &identity, &new).await?;
        for seat in seats {
            actions::give_post(&ctx, &identity, opened.account, &seat).await?;
        }
    }
    Ok(())
}

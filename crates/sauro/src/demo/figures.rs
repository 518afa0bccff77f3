//! The shipped indicators with their real figures, checked against the documents they come from.

use chrono::Duration;
use sauro_indicators::actions;
use sauro_kernel::Role;

use super::Stage;

/// Who checks the figures of documents.
const VERIFIER: &str = "TTBCĐ57";

/// Days before now on which the figures came in, and on which they were checked: past days have them, too.
const KNOWN_SINCE: i64 = 60;
const CHECKED_SINCE: i64 = 53;

/// Said of a figure that is not exact.
const ROUGH: &str = "khoảng";

/// Loads the shipped indicators; a verifier accepts each figure that its source states exactly.
pub(super) async fn load(stage: &Stage) -> anyhow::Result<()> {
    let ctx = stage.machine_room_at(stage.now - Duration::days(KNOWN_SINCE));
    actions::load_shipped(&ctx, &stage.db, &stage.directory).await?;
    let verifier =
        stage.ctx(Role::Verifier, VERIFIER, stage.now - Duration::days(CHECKED_SINCE))?;
    for line in actions::overview(&ctx, &stage.db).await? {
        let look = actions::show(&ctx, &stage.db, &line.indicator.code).await?;
        for it in look.waiting.iter().filter(|it| !it.source.contains(ROUGH)) {
            let value = sauro_indicators::model::write_figure(it.reported.value, 6);
            let checked = "Đã đối chiếu với văn bản nguồn.";
            let done =
                actions::appraise_figure(&verifier, &stage.db, it.id, it.version, &value, checked);
            done.await?;
        }
    }
    Ok(())
}

//! What stands on a task's page beside the work itself: requests that wait, and what else may be done.

use sauro_kernel::{Ctx, cut_off};
use sauro_ui::words;

use super::around::Around;
use crate::actions::TaskView;
use crate::model::{ExplanationState, ExtensionState, Stage};

/// What waits: status, words, end of the address, label of the link.
pub(super) fn pending(
    ctx: &Ctx,
    view: &TaskView,
    around: &Around,
) -> Vec<(&'static str, String, &'static str, &'static str)> {
    let mut all = Vec::new();
    if !view.task.stage_reason.is_empty() {
        let words = format!("{}: {}", view.task.stage.label(), view.task.stage_reason);
        let act = if view.powers.amends { "Điều hành" } else { "" };
        all.push(("none", words, "/dieu-hanh", act));
    }
    for it in view.explanations.iter().filter(|it| it.state != ExplanationState::Closed) {
        let who = around.name(it.asked_by_agency);
        let is_owed = it.state == ExplanationState::Asked;
        let (status, words) = match (is_owed, it.is_late(ctx.now_us())) {
            (true, true) => {
                ("over", format!("{who} yêu cầu giải trình, quá hạn {}.", words::date(it.due_on)))
            }
            (true, false) => (
                "soon",
                format!("{who} yêu cầu giải trình trước 17:00 ngày {}.", words::date(it.due_on)),
            ),
            (false, is_late) => {
                let late = if is_late { ", trễ hạn" } else { "" };
                ("run", format!("Đã giải trình{late}, chờ {who} xem."))
            }
        };
        let act = if is_owed && view.powers.sends {
            "Trả lời giải trình"
        } else {
            "Xem giải trình"
        };
        all.push((status, words, "/giai-trinh", act));
    }
    for it in view.extensions.iter().filter(|it| it.state == ExtensionState::Asked) {
        let words = format!("Đề nghị gia hạn đến {}, chờ quyết định.", words::date(it.to_on));
        let act = if view.powers.amends { "Xem và quyết định" } else { "Xem đề nghị" };
        all.push(("soon", words, "/gia-han", act));
    }
    all
}

/// What else this seat may do: end of the address and label.
pub(super) fn other_acts(ctx: &Ctx, view: &TaskView) -> Vec<(&'static str, &'static str)> {
    let is_owed = matches!(view.task.stage, Stage::Issued | Stage::InProgress | Stage::Returned);
    let is_in_time = ctx.clock.now() <= cut_off(view.task.due_on);
    let is_asked = view.extensions.iter().any(|it| it.state == ExtensionState::Asked);
    let mut acts = Vec::new();
    if view.powers.sends && is_owed && is_in_time && !is_asked {
        acts.push(("/gia-han", "Đề nghị gia hạn"));
    }
    if view.powers.presses && view.task.stage != Stage::Cancelled {
        acts.push(("/giai-trinh", "Yêu cầu giải trình"));
    }
    let is_ruled = view.rollup.rule.is_some();
    let is_done = matches!(view.task.stage, Stage::Verified | Stage::InUse | Stage::Cancelled);
    let states = view.powers.amends || (view.powers.hands_down && !is_ruled);
    if view.rollup.total > 0 && states && !is_done {
        acts.push((
            "/quy-tac",
            if is_ruled {
                "Đổi quy tắc cộng gộp"
            } else {
                "Đặt quy tắc cộng gộp"
            },
        ));
    }
    if view.powers.amends || view.powers.presses {
        acts.push(("/dieu-hanh", "Đôn đốc, tạm dừng, hủy"));
    }
    acts
}

//! Who keeps deadlines, as a chart in a paper.

use sauro_papers::{Chart, Drawn, ShareBar};
use sauro_ui::words;

use crate::model::{Counts, Line, OnTime};

/// Units drawn; the annex has all.
const DRAWN: usize = 12;
/// Fewer do not make a chart.
const FEWEST: usize = 2;

/// The shares done in time of `lines`, the lowest first, beside that of all; none while too few units
/// have enough due.
pub(super) fn on_time(lines: &[&Line], all: &Counts) -> Option<Chart> {
    let mut known: Vec<(&str, OnTime)> =
        lines.iter().filter_map(|it| Some((it.name.as_str(), it.on_time?))).collect();
    if known.len() < FEWEST {
        return None;
    }
    known.sort_by(|a, b| a.1.share_bp.cmp(&b.1.share_bp).then_with(|| a.0.cmp(b.0)));
    let n = known.len();
    known.truncate(DRAWN);
    let said: Vec<String> = known
        .iter()
        .map(|(name, it)| format!("{name} {}", words::percent_bp(it.share_bp)))
        .collect();
    let which = if n > DRAWN {
        format!(", {DRAWN} nơi thấp nhất trong {}", words::number(n))
    } else {
        String::new()
    };
    let caption =
        format!("Biểu đồ. Tỷ lệ đúng hạn trên số nhiệm vụ đến hạn theo địa bàn, cơ quan{which}");
    let share = |bp: i64| u32::try_from(bp).unwrap_or(0);
    let bar = |(name, it): &(&str, OnTime)| ShareBar {
        label: (*name).to_owned(),
        share_bp: share(it.share_bp),
        written: words::percent_bp(it.share_bp),
    };
    let target = OnTime::of(all)
        .map(|it| (share(it.share_bp), format!("Chung {}", words::percent_bp(it.share_bp))));
    let whole = target.as_ref().map_or_else(String::new, |it| format!("; {}", it.1.to_lowercase()));
    Some(Chart {
        sentence: format!("{caption}: {}{whole}.", said.join(", ")),
        caption: format!("{caption}."),
        drawn: Drawn::Shares { bars: known.iter().map(bar).collect(), target },
    })
}

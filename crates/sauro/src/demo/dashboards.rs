//! One dashboard that a province has put together, and shows to everybody.

use std::sync::Arc;

use sauro_dashboards::actions::{self, Change};
use sauro_dashboards::model::{Kind, Openness, TileFields};
use sauro_directory::DirectoryHandle;
use sauro_kernel::Role;
use sauro_tasks::jobs::LiveBoard;

use super::Stage;
use crate::tiles::Tiles;

/// Whose dashboard it is.
const PROVINCE: &str = "UBND-96";

/// Kind, indicators, place, words and width of each tile.
type Line = (Kind, &'static [&'static str], &'static str, &'static str, u8);

const TILES: [Line; 8] = [
    (
        Kind::Text,
        &[],
        "",
        "Bảng dùng cho giao ban thứ Hai. Xem việc quá hạn trước, rồi đến chỉ số.\nSố nào chưa rõ thì mở Bảng số và nguồn ngay dưới ô.",
        4,
    ),
    (Kind::Four, &[], PROVINCE, "", 4),
    (Kind::Late, &[], PROVINCE, "", 2),
    (Kind::Map, &[], "", "", 2),
    (Kind::Way, &["DTI-QG"], "VN", "", 2),
    (Kind::Ranking, &["DTI-TINH"], "VN", "", 2),
    (Kind::Number, &["S-5G-POP-2025"], "VN", "", 1),
    (Kind::Number, &["S-LOMSONG"], "VN", "", 1),
];

/// The focal officer puts it together, the leader shows it.
pub(super) async fn make(stage: &Stage) -> anyhow::Result<()> {
    let system = stage.machine_room();
    let directory = DirectoryHandle::load(&system, &stage.db).await?;
    let clock = Arc::new(stage.past.clone());
    let tiles = Tiles::new(&stage.db, LiveBoard::default(), directory, clock);
    let focal = stage.ctx(Role::FocalOfficer, PROVINCE, stage.now)?;
    let name = "Giao ban chuyển đổi số tỉnh Cà Mau";
    let mut it = actions::make_dashboard(&focal, &stage.db, name, Vec::new()).await?;
    for (kind, indicators, place, words, width) in TILES {
        let fields = TileFields {
            kind: kind.code().to_owned(),
            indicators: indicators.iter().map(|it| (*it).to_owned()).collect(),
            place: place.to_owned(),
            count: String::new(),
            text: words.to_owned(),
            width: width.to_string(),
        };
        let change = Change::Add(fields);
        let at = (it.id, it.version);
        it = actions::change_dashboard(&focal, &stage.db, &tiles, at, change).await?;
    }
    let leader = stage.ctx(Role::Leader, PROVINCE, stage.now)?;
    let open = Change::Open(Openness::Public);
    actions::change_dashboard(&leader, &stage.db, &tiles, (it.id, it.version), open).await?;
    Ok(())
}

//! Whether agencies of a file fit those that are known already.

use std::collections::HashMap;

use sauro_kernel::AgencyId;

use super::{Agency, Atlas, Level, Listed};
use crate::Fault;

/// The faults of `listed` beside the `known` agencies and places.
pub fn check(listed: &[Listed], known: &[Agency], atlas: &Atlas) -> Vec<Fault> {
    let by_id: HashMap<AgencyId, &Agency> = known.iter().map(|it| (it.id, it)).collect();
    let by_path: HashMap<&str, &Agency> = known.iter().map(|it| (it.path.as_str(), it)).collect();
    let fresh: std::collections::HashSet<AgencyId> = listed.iter().map(|(_, it)| it.id).collect();
    let mut faults = Vec::new();
    for (line, it) in listed {
        let mut fault = |column: &str, words: String| {
            faults.push(Fault { line: *line, column: column.to_owned(), words });
        };
        if let Some(other) = by_id.get(&it.id).filter(|other| other.path != it.path) {
            fault("code", format!("mã {} đã là của một cơ quan ở nơi khác; đổi mã.", other.code));
        } else if let Some(other) = by_path.get(it.path.as_str()).filter(|other| other.id != it.id)
        {
            fault("code", format!("mã chỉ khác mã {} đã có ở dấu; đổi mã.", other.code));
        }
        if let Some(code) = &it.place
            && atlas.place(code).is_none_or(|place| place.level != Level::Province)
        {
            let words = format!("không có tỉnh mang mã {code}; nạp danh mục đơn vị trước.");
            fault("province_code", words);
        }
        if let Some(id) = it.parent
            && it.place.is_none()
            && !by_id.contains_key(&id)
            && !fresh.contains(&id)
        {
            fault("province_code", "không có tỉnh mang mã này trong danh mục.".to_owned());
        }
        if let Some(id) = it.successor
            && !by_id.contains_key(&id)
            && !fresh.contains(&id)
        {
            let words = "không có cơ quan mang mã này trong tệp hay trong danh mục.";
            fault("successor_code", words.to_owned());
        }
        if it.successor == Some(it.id) {
            fault("successor_code", "cơ quan không thể kế tục chính nó.".to_owned());
        }
    }
    faults
}

//! The programmes: those of the centre, and one of each province and of each ministry.

use std::collections::HashMap;

use sauro_kernel::{AgencyId, ProgrammeId, Role};
use sauro_tasks::actions::{self, ProgrammeFields};

use super::super::Stage;
use super::cast::Cast;

/// Which programme an issuer issues for.
pub(super) struct Programmes {
    own: HashMap<AgencyId, ProgrammeId>,
    national: ProgrammeId,
}

impl Programmes {
    /// Opens one for each province and each ministry.
    pub(super) async fn open(stage: &mut Stage, cast: &Cast) -> anyhow::Result<Self> {
        let opened_on = super::time::moved(stage.today, -super::N_DAYS - 20);
        let ctx = super::super::system();
        let national = actions::programme_by_code(&ctx, &stage.db, "nq57").await?.id;
        let government = actions::programme_by_code(&ctx, &stage.db, "nq71").await?.id;
        let mut own = HashMap::from([(AgencyId::of_code("VPCP"), government)]);
        let provinces = cast.provinces.iter().map(|it| it.0);
        for agency in provinces.chain(cast.ministries.iter().copied()) {
            let found = stage.directory.agency(agency).cloned();
            let Some(found) = found else { continue };
            let at = stage.moment(opened_on, 0);
            let ctx = stage.ctx(Role::Leader, &found.code, at)?;
            let fields = ProgrammeFields {
                code: format!("ct-{}", code_of(&found.code)),
                name: format!("Chương trình chuyển đổi số của {}", found.name),
                basis: "Kế hoạch mẫu, dùng để trình diễn".to_owned(),
                is_public: true,
            };
            own.insert(agency, actions::open_programme(&ctx, &stage.db, fields).await?);
        }
        Ok(Self { own, national })
    }

    /// The programme that `issuer` issues for.
    pub(super) fn of(&self, issuer: AgencyId) -> ProgrammeId {
        self.own.get(&issuer).copied().unwrap_or(self.national)
    }
}

/// `UBND-96` becomes `ubnd-96`, `BKHCN` becomes `bkhcn`.
fn code_of(agency: &str) -> String {
    let plain = sauro_kernel::fold(agency);
    plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

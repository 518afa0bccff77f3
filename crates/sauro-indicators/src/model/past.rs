//! A figure as it stood at an instant, told again from its steps.

use rust_decimal::Decimal;
use sauro_kernel::{AccountId, AgencyId};

use super::{Figure, Observation, Step};

/// One step in the life of an observation, with what is needed to go back before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastStep {
    /// The version that it brought the observation to.
    pub version: i64,
    /// What was done.
    pub step: Step,
    /// The figure then.
    pub value: Decimal,
    /// By whom.
    pub by: AccountId,
    /// From which agency.
    pub agency: AgencyId,
    /// When, in microseconds.
    pub at: i64,
    /// What a correction put away; none of other steps, and of corrections of which that was not kept.
    pub replaced: Option<Replaced>,
}

/// What a correction put away besides the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// Numerator and denominator of a ratio.
    pub parts: Option<(Decimal, Decimal)>,
    /// Where the figure came from.
    pub source: String,
    /// Its remark.
    pub remark: String,
}

/// Said in the place of a source that was not kept.
const UNKNOWN: &str = "Nguồn của số cũ không được lưu";

impl Observation {
    /// True when nothing was done to it after `at`: what it is now it was then.
    pub fn stood_still_since(&self, at: i64) -> bool {
        match (self.appraisal, self.version) {
            // An appraisal is always the last step: a correction takes it away.
            (Some((_, appraised_at)), _) => appraised_at <= at,
            (None, 1) => self.reported_at <= at,
            (None, _) => false,
        }
    }

    /// What it was at the instant `at`, from its `steps`, oldest first; none when it was not there yet.
    pub fn rewound(&self, steps: &[PastStep], at: i64) -> Option<Self> {
        if self.stood_still_since(at) {
            return Some(self.clone());
        }
        let is_said = |it: &&PastStep| it.step != Step::Appraised;
        let said = steps.iter().filter(is_said).rfind(|it| it.at <= at)?;
        let corrected = steps.iter().filter(is_said).find(|it| it.version > said.version);
        let appraised = steps.iter().rfind(|it| {
            it.step == Step::Appraised
                && it.at <= at
                && it.version > said.version
                && corrected.is_none_or(|next| it.version < next.version)
        });
        let kept = match corrected {
            None => Replaced {
                parts: self.reported.parts,
                source: self.source.clone(),
                remark: self.remark.clone(),
            },
            Some(next) => next.replaced.clone().unwrap_or_else(|| Replaced {
                parts: None,
                source: UNKNOWN.to_owned(),
                remark: String::new(),
            }),
        };
        Some(Self {
            reported: Figure { value: said.value, parts: kept.parts },
            source: kept.source,
            remark: kept.remark,
            reported_by: said.by,
            reporter: said.agency,
            appraised: appraised.map(|it| it.value),
            appraisal: appraised.map(|it| (it.agency, it.at)),
            version: appraised.map_or(said.version, |it| it.version),
            ..self.clone()
        })
    }
}

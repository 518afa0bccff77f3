use sauro_kernel::{Ctx, Right};

use super::Office;
use crate::model::Subject;
use crate::{SubscriptionsError, store};

/// How many people are told of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Its name.
    pub name: String,
    /// The subject.
    pub subject: Subject,
    /// By mail.
    pub n_mail: i64,
    /// On their devices.
    pub n_push: i64,
}

/// How many people are told of each subject, for whoever writes for the portal; never who.
///
/// # Errors
///
/// [`SubscriptionsError::Denied`] to whoever does not write for the portal.
pub async fn counts(ctx: &Ctx, office: &Office) -> Result<Vec<Count>, SubscriptionsError> {
    ctx.require(Right::WritePortal, ctx.actor.own())?;
    let topics = office.topics().await?;
    let found = store::subjects::counts(&mut office.db.read().await?).await?;
    let n_of = |subject: Subject| {
        let had = found.iter().find(|it| it.0 == subject);
        had.map_or((0, 0), |it| (it.1, it.2))
    };
    let agencies = found.iter().map(|it| it.0).filter(|it| matches!(it, Subject::Agency(_)));
    let shown = Subject::SHELVES
        .into_iter()
        .chain(topics.iter().map(|it| Subject::Topic(it.id)))
        .chain(agencies);
    let count = |subject: Subject| {
        let (n_mail, n_push) = n_of(subject);
        Some(Count { name: office.name_of(subject, &topics)?, subject, n_mail, n_push })
    };
    Ok(shown.filter_map(count).collect())
}

//! What can be done with scores, one file a verb: right, rule, rows, journal, in one transaction.

mod adjust_score;
mod answer_appeal;
mod appeal;
mod appeals;
mod change_method;
mod close_ranking;
mod compute;
mod make_method;
mod methods;
mod open_ranking;
mod rankings;
mod self_score;
mod simulate;

pub use adjust_score::adjust_score;
pub use answer_appeal::{Answer, answer_appeal};
pub use appeal::{AppealFields, appeal};
pub use appeals::{AppealView, Appeals, appeal_view, appeals, appeals_of_unit};
pub use change_method::{MethodChange, change_method, new_version};
pub use close_ranking::{close_ranking, publish_ranking};
pub use compute::Room;
pub use make_method::make_method;
pub use methods::{MethodView, method_view, methods, rosters};
pub use open_ranking::open_ranking;
pub use rankings::{
    Listed, Powers, RankingView, public_ranking, public_rankings, ranking_view, rankings,
};
pub use self_score::{MarkFields, self_score};
pub use simulate::{Move, Simulation, simulation};

use super::Agencies;
use sauro_directory::model::title_of_head;
use sauro_kernel::AgencyId;

/// The usual title of who heads `id`, as a suggestion for "rõ trách nhiệm"; empty when there is none.
pub fn head_title(agencies: &dyn Agencies, id: AgencyId) -> String {
    agencies.fact(id).map_or_else(String::new, |it| title_of_head(it.code, it.name))
}

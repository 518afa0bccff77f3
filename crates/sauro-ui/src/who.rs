//! The only place that knows how an [`Actor`] names itself.

use sauro_kernel::Actor;

/// The person's name or title as colleagues know it.
pub(crate) fn display_name(actor: &Actor) -> &str {
    &actor.display_name
}

/// What tells this person's drafts from another's on the same machine.
pub(crate) fn account(actor: &Actor) -> String {
    actor.account.to_string()
}

/// The full name of the agency the caller acts for.
pub(crate) fn agency_name(actor: &Actor) -> &str {
    &actor.agency_name
}

/// The first letters of the last two words of `name`, as an avatar shows them.
pub(crate) fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let tail = words.iter().skip(words.len().saturating_sub(2));
    tail.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

//! Names that a user probably meant, for error messages.

/// The candidate that is nearest to `name`, if it is near enough to be meant. Case does not matter.
///
/// A candidate is near if at most one in three characters of `name` differs: `cn-nort-4` is near to
/// `cn-north-4`, but `mars-1` is near to no region.
pub(crate) fn near<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let limit = name.chars().count().div_ceil(3);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_names_are_found() {
        let regions = ["cn-north-1", "cn-north-4", "cn-south-1"];
        assert_eq!(near("cn-nort-4", regions), Some("cn-north-4"));
        assert_eq!(near("CN-NORTH-4", regions), Some("cn-north-4"));
        assert_eq!(near("mars-1", regions), None);
        assert_eq!(near("cn-north-4", []), None);
    }
}

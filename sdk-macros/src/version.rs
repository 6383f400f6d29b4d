//! Which versions the built-in providers have. A wrong one would be sent, and only the service would refuse it.
//!
//! The generator has the same file, so that it accepts no description that the macros refuse.

/// Why `version` does not fit a built-in provider, with the nearest version that does. `None` if it fits. A
/// provider of the user is no `cloud`; it may have no versions, so `may_be_empty`.
pub(crate) fn mistake(cloud: Option<&str>, may_be_empty: bool, version: &str) -> Option<String> {
    let (fits, whose, form) = match cloud {
        Some("tencent") => (is_date(version), "Tencent Cloud", DATE),
        Some("volcengine") => (is_date(version), "Volcengine", DATE),
        // `aicontent` writes its date without hyphens.
        Some("alibaba") => (is_date(version) || is_plain_date(version), "Alibaba Cloud", DATE),
        Some("huawei") => (is_number(version), "Huawei Cloud", NUMBER),
        _ => {
            let fits = is_date(version) || is_number(version) || may_be_empty && version.is_empty();
            return (!fits).then(|| format!("a version is {DATE}, or {NUMBER}"));
        }
    };
    if fits {
        return None;
    }
    let near = if form == NUMBER { near_number(version) } else { near_date(version) };
    let meant = near.map(|near| format!(", did you mean \"{near}\"?")).unwrap_or_default();
    Some(format!("a version of {whose} is {form}{meant}"))
}

const DATE: &str = "a date such as \"2017-03-12\"";
const NUMBER: &str = "\"v3\" or \"v2.1\"";

/// `v3`, `v2.1`.
fn is_number(text: &str) -> bool {
    let Some(number) = text.strip_prefix('v') else { return false };
    number.split('.').count() <= 3 && number.split('.').all(digits)
}

/// A date such as `2017-03-12`. It need not exist: Alibaba Cloud's bpstudio has 2021-09-31.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let lengths = [year.len(), month.len(), day.len()];
    lengths == [4, 2, 2] && digits(year) && within(month, 12) && within(day, 31)
}

/// A date such as `20240611`.
fn is_plain_date(text: &str) -> bool {
    dated(text).is_some()
}

/// `2017-03-12` of `20170312`.
fn dated(digits: &str) -> Option<String> {
    if digits.len() != 8 {
        return None;
    }
    let date = format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?);
    is_date(&date).then_some(date)
}

/// The date in a text such as `v20170312`, `2017/3/12` or `2017_03_12`.
fn near_date(text: &str) -> Option<String> {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [date] => dated(date),
        [year, month, day] => Some(format!("{year}-{month:0>2}-{day:0>2}")).filter(|date| is_date(date)),
        _ => None,
    }
}

/// The number in a text such as `3`, `V3` or `/v2.1/`.
fn near_number(text: &str) -> Option<String> {
    let number = text.trim_matches(|c: char| !c.is_ascii_digit());
    let is_short = number.split('.').all(|part| part.len() <= 2);
    Some(format!("v{number}")).filter(|near| is_short && is_number(near))
}

fn digits(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_ascii_digit())
}

fn within(part: &str, last: u32) -> bool {
    digits(part) && part.parse().is_ok_and(|number: u32| (1..=last).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cloud: &str, version: &str) -> Option<String> {
        let cloud = Some(cloud).filter(|cloud| !cloud.is_empty());
        mistake(cloud, cloud.is_none(), version)
    }

    #[test]
    fn each_cloud_has_its_form_and_a_mistake_names_the_nearest() {
        for (cloud, version, wanted) in [
            ("tencent", "2017-03-12", ""),
            ("tencent", "v3", "a version of Tencent Cloud is a date such as \"2017-03-12\""),
            ("tencent", "v20170312", "did you mean \"2017-03-12\"?"),
            ("tencent", "20170312", "did you mean \"2017-03-12\"?"),
            ("tencent", "2017/3/12", "did you mean \"2017-03-12\"?"),
            ("tencent", "2017-13-12", "a version of Tencent Cloud is a date such as \"2017-03-12\""),
            ("alibaba", "20240611", ""),
            ("alibaba", "2021-09-31", ""),
            ("alibaba", "v20240611", "did you mean \"2024-06-11\"?"),
            ("volcengine", "2020-04-01", ""),
            ("volcengine", "20200401", "did you mean \"2020-04-01\"?"),
            ("huawei", "v2.1", ""),
            ("huawei", "V3", "a version of Huawei Cloud is \"v3\" or \"v2.1\", did you mean \"v3\"?"),
            ("huawei", "2.1", "did you mean \"v2.1\"?"),
            ("huawei", "2017-03-12", "a version of Huawei Cloud is \"v3\" or \"v2.1\""),
            ("qcloud", "v2", ""),
            ("qcloud", "2", "a version is a date such as"),
            ("", "", ""),
            ("", "v3", ""),
            ("tencent", "", "Tencent Cloud"),
        ] {
            let found = of(cloud, version);
            match wanted {
                "" => assert_eq!(found, None, "{cloud} {version}"),
                _ => {
                    let found = found.unwrap();
                    assert!(found.contains(wanted), "{cloud} {version}: {found}");
                    let is_near = wanted.contains("did you mean");
                    assert_eq!(found.contains("did you mean"), is_near, "{cloud} {version}: {found}");
                }
            }
        }
    }
}

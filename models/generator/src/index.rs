//! Which products there are.

use std::io::{Error as IoError, ErrorKind};

use crate::error::{Error, What};
use crate::files::{ERRORS, FILES};

static INDEX: &str = include_str!("../data/index.tsv");

/// The names of all actions, a line for each of the index.
static NAMES: &[u8] = include_bytes!("../data/names.lz4");

/// A version of a product: one file of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// `tencent`, `huawei`, `alibaba` or `volcengine`.
    pub cloud: &'static str,
    /// The name in the vendor's package, such as `cvm` or `r-kvstore`.
    pub product: &'static str,
    /// Such as `2017-03-12` or `v3`.
    pub version: &'static str,
    /// The name in requests and hosts, mostly that of the product.
    pub service: &'static str,
    /// `tc3`, `huawei-rest`, `ali-rpc`, `ali-roa` or `volc`.
    pub protocol: &'static str,
    /// How many actions it has.
    pub actions: usize,
    /// How many types they use.
    pub types: usize,
    /// The vendor's package, with its version.
    pub source: &'static str,
    /// The main version of its product: the one that the short module path means. `models/extract/pack.py` has the rule.
    pub main: bool,
    file: &'static [u8],
    pub(crate) errors: &'static [u8],
}

impl Entry {
    fn read(line: &'static str, file: &'static [u8], errors: &'static [u8]) -> Option<Self> {
        let mut columns = line.split('\t');
        let mut next = || columns.next();
        let (cloud, product, version, service, protocol) = (next()?, next()?, next()?, next()?, next()?);
        let (actions, types) = (next()?.parse().ok()?, next()?.parse().ok()?);
        let (_fields, source) = (next()?, next()?);
        let main = next()? == "main";
        Some(Self { cloud, product, version, service, protocol, actions, types, source, main, file, errors })
    }

    /// The line of a description file of the user, which is the main version of its product. `names` are the first five columns and
    /// the source.
    pub(crate) fn own(names: [&str; 6], actions: usize, types: usize) -> Self {
        // A description is read once in a program, and its names live as long as those of the catalogue.
        let [cloud, product, version, service, protocol, source] =
            names.map(|name| -> &'static str { Box::leak(name.to_owned().into_boxed_str()) });
        Self {
            cloud,
            product,
            version,
            service,
            protocol,
            actions,
            types,
            source,
            main: true,
            file: &[],
            errors: &[],
        }
    }

    /// Whether it is a description file of the user, not a part of the catalogue.
    pub fn is_own(&self) -> bool {
        self.file.is_empty()
    }

    /// The text of its file.
    pub(crate) fn text(&self) -> Result<String, Error> {
        decode(self.file).map_err(|error| Error::file(&self.to_string(), error))
    }

    /// The text of the file with its error codes. `None` if the vendor lists none.
    pub(crate) fn error_text(&self) -> Result<Option<String>, Error> {
        let text = (!self.errors.is_empty()).then(|| decode(self.errors)).transpose();
        text.map_err(|error| Error::file(&self.to_string(), format!("error codes: {error}")))
    }
}

impl std::fmt::Display for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.cloud, self.product, self.version)
    }
}

/// No file is larger, so that a damaged length cannot take the memory.
const MAX: usize = 64 << 20;

fn decode(file: &[u8]) -> Result<String, IoError> {
    let bad = |what: &str| IoError::new(ErrorKind::InvalidData, what.to_owned());
    let (length, block) = file.split_first_chunk::<4>().ok_or_else(|| bad("it is cut off"))?;
    let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
    if length > MAX {
        return Err(bad("its length is out of range"));
    }
    let mut raw = vec![0; length];
    let found = lz4_flex::block::decompress_into(block, &mut raw).map_err(IoError::other)?;
    if found != length {
        return Err(bad("it is shorter than it says"));
    }
    String::from_utf8(raw).map_err(IoError::other)
}

/// The names of all actions, a line for each product-version.
pub(crate) fn names() -> Result<String, Error> {
    decode(NAMES).map_err(|error| Error::file("the names", error))
}

/// All product-versions, by cloud, product and version.
pub fn entries() -> impl Iterator<Item = Entry> {
    INDEX.lines().zip(FILES).zip(ERRORS).filter_map(|((line, file), errors)| Entry::read(line, file, errors))
}

/// The product-version of these names.
///
/// # Errors
///
/// If there is none: which of the three is unknown, with the names that are near.
pub fn find(cloud: &str, product: &str, version: &str) -> Result<Entry, Error> {
    let mut clouds: Vec<&str> = Vec::new();
    let mut products: Vec<&str> = Vec::new();
    let mut versions: Vec<&str> = Vec::new();
    for entry in entries() {
        if clouds.last() != Some(&entry.cloud) {
            clouds.push(entry.cloud);
        }
        if entry.cloud == cloud {
            if products.last() != Some(&entry.product) {
                products.push(entry.product);
            }
            if entry.product == product {
                versions.push(entry.version);
                if entry.version == version {
                    return Ok(entry);
                }
            }
        }
    }
    Err(if products.is_empty() {
        Error::unknown(What::Cloud, "the catalogue", cloud, &clouds)
    } else if versions.is_empty() {
        Error::unknown(What::Product, cloud, product, &products)
    } else {
        Error::unknown(What::Version, &format!("{cloud} {product}"), version, &versions)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn every_file_can_be_read_and_has_what_the_index_says() {
        let mut files = 0;
        for entry in entries() {
            let description = entry.open().unwrap();
            assert_eq!(description.actions().count(), entry.actions, "{entry}");
            assert_eq!(description.types().count(), entry.types, "{entry}");
            files += 1;
        }
        assert_eq!((files, FILES.len()), (INDEX.lines().count(), files));
    }

    #[test]
    fn each_product_has_one_main_version() {
        let mut versions: HashMap<_, Vec<Entry>> = HashMap::new();
        for entry in entries() {
            versions.entry((entry.cloud, entry.product)).or_default().push(entry);
        }
        for (product, versions) in &versions {
            assert_eq!(versions.iter().filter(|entry| entry.main).count(), 1, "{product:?}");
        }
        for (cloud, product, version) in [
            ("alibaba", "dysmsapi", "2017-05-25"),
            ("alibaba", "arms", "2019-08-08"),
            ("alibaba", "bssopenapi", "2017-12-14"),
            ("alibaba", "cas", "2020-04-07"),
            ("alibaba", "dm", "2015-11-23"),
            ("alibaba", "elasticsearch", "2017-06-13"),
            ("alibaba", "gpdb", "2016-05-03"),
            ("alibaba", "sas", "2018-12-03"),
            ("huawei", "vpc", "v3"),
            ("tencent", "vod", "2018-07-17"),
            ("volcengine", "iam", "2018-01-01"),
        ] {
            assert!(find(cloud, product, version).unwrap().main, "{cloud} {product} {version}");
        }
    }

    #[test]
    fn damaged_files_are_errors() {
        let file = find("tencent", "sts", "2018-08-13").unwrap().file;
        for cut in 0..file.len() {
            assert!(decode(file.get(..cut).unwrap()).is_err(), "{cut}");
        }
        assert!(decode(&[255; 64]).is_err());
    }

    #[test]
    fn what_is_unknown_is_said() {
        for (cloud, product, version, what, text) in [
            (
                "tencnt",
                "cvm",
                "2017-03-12",
                What::Cloud,
                "the catalogue has no cloud `tencnt`, did you mean `tencent`? There are `alibaba`, `huawei`, `tencent` and `volcengine`",
            ),
            ("tencent", "cvn", "2017-03-12", What::Product, "tencent has no product `cvn`, did you mean"),
            (
                "tencent",
                "cvm",
                "2017-03-13",
                What::Version,
                "tencent cvm has no version `2017-03-13`; there is `2017-03-12`",
            ),
        ] {
            let error = find(cloud, product, version).unwrap_err();
            assert_eq!(error.what(), what);
            assert!(error.to_string().contains(text), "{error}");
        }
    }
}

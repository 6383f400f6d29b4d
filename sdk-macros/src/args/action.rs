//! The arguments of `#[cloud_action(...)]`, as they were written.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{LitBool, LitStr, Path, Token, Type, parenthesized};

use super::defaults::{self, Retry};
use super::paginate::{self, Pagination};
use super::{Entry, ModPath, default_runtime, each, once, unknown};
use crate::case::{self, Case};
use crate::errors::{Errors, either, list, nearest};

/// All keys. Messages list them.
const KEYS: [&str; 23] = [
    "provider",
    "product",
    "version",
    "action",
    "style",
    "method",
    "path",
    "response",
    "readonly",
    "idempotent",
    "idempotency_token",
    "paginate",
    "stream",
    "content",
    "host",
    "hosts",
    "anonymous",
    "regionless",
    "retry",
    "header",
    "json",
    "case",
    "crate",
];

/// The HTTP methods. In lower case, `method` would be the name of the client method.
pub(crate) const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/// The providers of the runtime, by the names of their folders.
const PROVIDERS: [&str; 5] = ["tencent", "qcloud", "huawei", "alibaba", "volcengine"];

/// The kinds of bodies.
const CONTENTS: [&str; 5] = ["json", "form", "multipart", "xml", "octet-stream"];

/// Everything that is known about an action. Rules across keys are in `check`.
#[derive(Default)]
pub(crate) struct ActionArgs {
    pub(crate) provider: Option<Provider>,
    pub(crate) product: Option<LitStr>,
    pub(crate) version: Option<LitStr>,
    pub(crate) action: Option<LitStr>,
    pub(crate) style: Option<LitStr>,
    pub(crate) method: Option<LitStr>,
    pub(crate) client_method: Option<ClientMethod>,
    pub(crate) path: Option<LitStr>,
    pub(crate) response: Option<Type>,
    /// `response(serde) = Type`: the type has its own `Deserialize`.
    pub(crate) by_serde: bool,
    /// The key, and its value: `readonly` is true, `readonly = false` is false.
    pub(crate) readonly: Option<(Ident, bool)>,
    pub(crate) idempotent: Option<Ident>,
    pub(crate) idempotency_token: Option<Ident>,
    pub(crate) paginate: Option<Pagination>,
    pub(crate) stream: Option<Ident>,
    pub(crate) content: Option<LitStr>,
    pub(crate) host: Option<LitStr>,
    pub(crate) hosts: Option<Path>,
    pub(crate) anonymous: Option<Ident>,
    pub(crate) regionless: Option<Ident>,
    pub(crate) retry: Option<Retry>,
    /// The headers of `header(...)`, in their order.
    pub(crate) headers: Vec<(LitStr, LitStr)>,
    /// The action is written and read as JSON, too.
    pub(crate) json: Option<Ident>,
    pub(crate) case: Option<Case>,
    pub(crate) runtime: Option<Path>,
    /// Keys that were given with a mistake. They are not reported as missing as well.
    pub(crate) tried: Vec<String>,
}

/// The provider that the action is sent to.
pub(crate) enum Provider {
    /// A provider of the runtime, by the name of its folder.
    Named(LitStr),
    /// Any type that implements the runtime's `Provider`.
    Type(Path),
}

/// The method that the client gets, if it is not the default one.
pub(crate) enum ClientMethod {
    /// `method = "name"`
    Renamed(Ident),
    /// `method = false`
    None,
}

impl ActionArgs {
    /// Reads all keys. A key with a mistake stays unset.
    pub(crate) fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut args = Self::default();
        each(tokens, errors, |entry, errors| {
            let result = args.read(&entry, errors);
            if result.is_err() {
                let key = entry.key.to_string();
                args.tried.push(nearest(&key, &KEYS).map_or(key, str::to_owned));
            }
            result
        });
        args
    }

    /// Reads one key.
    fn read(&mut self, entry: &Entry<'_>, errors: &mut Errors) -> syn::Result<()> {
        let key = &entry.key;
        match key.to_string().as_str() {
            "provider" => once(&mut self.provider, key, provider(entry)?, errors),
            "product" => once(&mut self.product, key, entry.text("product = \"cvm\"")?, errors),
            "version" => once(&mut self.version, key, entry.text("version = \"2017-03-12\"")?, errors),
            "action" => once(&mut self.action, key, entry.text("action = \"DescribeInstances\"")?, errors),
            "style" => {
                let style = one_of(entry, "style = \"roa\"", &["rpc", "roa"])?;
                once(&mut self.style, key, style, errors);
            }
            "method" => self.read_method(entry, errors)?,
            "path" => once(&mut self.path, key, entry.text("path = \"/v1/{project_id}/vpcs\"")?, errors),
            "response" => {
                self.by_serde = by_serde(entry)?;
                once(&mut self.response, key, entry.any("response = InstanceList")?, errors);
            }
            "readonly" => once(&mut self.readonly, key, (key.clone(), !denied(entry)?), errors),
            "idempotent" => once(&mut self.idempotent, key, entry.flag().map(|()| key.clone())?, errors),
            "idempotency_token" => {
                let field = entry.any("idempotency_token = client_token")?;
                once(&mut self.idempotency_token, key, field, errors);
            }
            "paginate" => {
                if let Some(pagination) = paginate::parse(entry, errors)? {
                    once(&mut self.paginate, key, pagination, errors);
                }
            }
            "stream" => {
                stream(entry)?;
                once(&mut self.stream, key, key.clone(), errors);
            }
            "content" => {
                once(&mut self.content, key, one_of(entry, "content = \"form\"", &CONTENTS)?, errors)
            }
            "host" => once(&mut self.host, key, entry.text("host = \"sts.example.com\"")?, errors),
            "hosts" => {
                let ModPath(path) = entry.any("hosts = HOSTS")?;
                once(&mut self.hosts, key, path, errors);
            }
            "anonymous" => once(&mut self.anonymous, key, entry.flag().map(|()| key.clone())?, errors),
            "regionless" => once(&mut self.regionless, key, entry.flag().map(|()| key.clone())?, errors),
            "retry" => {
                let retry = defaults::retry(entry, errors)?;
                once(&mut self.retry, key, retry, errors);
            }
            "header" => {
                let headers = defaults::headers(entry, errors)?;
                defaults::add_headers(&mut self.headers, key, headers, errors);
            }
            "json" => once(&mut self.json, key, entry.flag().map(|()| key.clone())?, errors),
            "case" => once(&mut self.case, key, case_of(entry)?, errors),
            "crate" => {
                let ModPath(path) = entry.any("crate = ::cloudcall")?;
                once(&mut self.runtime, key, path, errors);
            }
            other => return Err(syn::Error::new_spanned(key, unknown("key", other, &KEYS))),
        }
        Ok(())
    }

    /// Reads `method`, which has two meanings: in upper case it is the HTTP method, in lower case the name
    /// of the client method.
    fn read_method(&mut self, entry: &Entry<'_>, errors: &mut Errors) -> syn::Result<()> {
        let key = &entry.key;
        let ahead = entry.input.fork();
        if ahead.parse::<Token![=]>().is_ok() && ahead.peek(LitBool) {
            let no: LitBool = entry.any("method = false")?;
            if no.value {
                let what = "the client gets a method anyway; `method = false` drops it";
                return Err(syn::Error::new_spanned(no, what));
            }
            once(&mut self.client_method, key, ClientMethod::None, errors);
            return Ok(());
        }
        let text = entry.text("method = \"GET\"")?;
        let value = text.value();
        let upper = value.to_ascii_uppercase();
        if METHODS.contains(&value.as_str()) {
            once(&mut self.method, key, text, errors);
        } else if METHODS.contains(&upper.as_str()) {
            let what = format!("HTTP methods are written in upper case: `method = \"{upper}\"`");
            return Err(syn::Error::new_spanned(text, what));
        } else if value == case::snake(&value) && syn::parse_str::<Ident>(&value).is_ok() {
            let name = ClientMethod::Renamed(Ident::new(&value, text.span()));
            once(&mut self.client_method, key, name, errors);
        } else {
            let what = format!(
                "`{value}` is neither an HTTP method ({}) nor a name for the client's method, which is in snake_case",
                either(&METHODS)
            );
            return Err(syn::Error::new_spanned(text, what));
        }
        Ok(())
    }

    /// The path of the runtime crate.
    pub(crate) fn runtime(&self) -> Path {
        self.runtime.clone().unwrap_or_else(default_runtime)
    }

    /// How wire names are made: by `case`, otherwise by the provider.
    pub(crate) fn case(&self) -> Case {
        self.case.unwrap_or_else(|| self.provider.as_ref().map(Provider::case).unwrap_or_default())
    }

    /// The HTTP method as text, if one was given.
    pub(crate) fn method(&self) -> Option<String> {
        self.method.as_ref().map(LitStr::value)
    }
}

impl Provider {
    /// Huawei Cloud has snake_case wire names, and the legacy API of Tencent Cloud has camelCase. This is
    /// the only fact about a provider that the macros know.
    pub(crate) fn case(&self) -> Case {
        if self.is("huawei", "Huawei") {
            Case::Snake
        } else if self.is_unversioned() {
            Case::Legacy
        } else {
            Case::Pascal
        }
    }

    /// The type of the provider, with the span of what the user wrote.
    pub(crate) fn path(&self, runtime: &Path) -> TokenStream {
        match self {
            Self::Named(name) => {
                let cloud = case::ident(&name.value(), name.span());
                quote!(#runtime::provider::#cloud::Cloud)
            }
            Self::Type(path) => path.to_token_stream(),
        }
    }

    /// The name of the runtime's provider, if it is one. A type of the user may have the same name as ours, so a
    /// path counts only if it begins with the runtime's.
    pub(crate) fn built_in(&self) -> Option<&'static str> {
        const NAMES: [(&str, &str); 5] = [
            ("tencent", "Tencent"),
            ("qcloud", "Qcloud"),
            ("huawei", "Huawei"),
            ("alibaba", "Alibaba"),
            ("volcengine", "Volcengine"),
        ];
        let known = |(module, alias): &(&str, &str)| match self {
            Self::Named(name) => name.value() == *module,
            Self::Type(path) => {
                let path: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
                match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                    ["cloudcall", name] => name == *alias,
                    ["cloudcall", "provider", name, "Cloud"] => name == *module,
                    _ => false,
                }
            }
        };
        NAMES.into_iter().find(known).map(|(module, _)| module)
    }

    /// Whether it is given as a path, as a provider of another crate is.
    pub(crate) fn is_path(&self) -> bool {
        matches!(self, Self::Type(_))
    }

    /// Whether it is the legacy API of Tencent Cloud, which has no versions.
    pub(crate) fn is_unversioned(&self) -> bool {
        self.is("qcloud", "Qcloud")
    }

    /// Whether it is a certain provider of the runtime: by its name, its module, or the alias of its type.
    fn is(&self, module: &str, alias: &str) -> bool {
        match self {
            Self::Named(name) => name.value() == module,
            Self::Type(path) => path.segments.iter().any(|part| part.ident == module || part.ident == alias),
        }
    }
}

/// Reads `provider = "name"` or `provider = some::path`.
pub(crate) fn provider(entry: &Entry<'_>) -> syn::Result<Provider> {
    const WANTED: &str = "provider = \"tencent\"";
    let ahead = entry.input.fork();
    if ahead.parse::<Token![=]>().is_ok() && !ahead.peek(LitStr) && !entry.ends() {
        let ModPath(path) = entry.any(&format!("{WANTED}` or `provider = my::Cloud"))?;
        return Ok(Provider::Type(path));
    }
    let name = entry.text(WANTED)?;
    match PROVIDERS.contains(&name.value().as_str()) {
        true => Ok(Provider::Named(name)),
        false => Err(syn::Error::new_spanned(&name, unknown_provider(&name.value()))),
    }
}

/// The message for a name that is not one of [`PROVIDERS`]. Vendors are known by several names.
fn unknown_provider(name: &str) -> String {
    const ALIASES: [(&str, &[&str]); 5] = [
        ("tencent", &["tencentcloud", "tencentcloudapi", "tencentyun", "tc"]),
        ("qcloud", &["qcloudapi", "qcloudv2"]),
        ("huawei", &["huaweicloud", "hwcloud", "hw", "hws"]),
        ("alibaba", &["aliyun", "alibabacloud", "alicloud", "ali"]),
        ("volcengine", &["volc", "volcano", "volcanoengine", "byteplus", "bytedance"]),
    ];
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let alias = ALIASES.iter().find(|(known, aliases)| *known == plain || aliases.contains(&plain.as_str()));
    let meant = alias.map(|(known, _)| *known).or_else(|| nearest(&plain, &PROVIDERS));
    let meant = meant.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
    let join = if meant.is_empty() { ";" } else { "" };
    format!(
        "unknown provider `{name}`{meant}{join} allowed are {}, and the path of a type of yours: `provider = my::Cloud`",
        list(&PROVIDERS)
    )
}

/// Reads `case = "..."`.
pub(crate) fn case_of(entry: &Entry<'_>) -> syn::Result<Case> {
    let name = one_of(entry, "case = \"PascalCase\"", &Case::NAMES)?;
    Case::parse(&name.value()).ok_or_else(|| syn::Error::new_spanned(name, "unknown case"))
}

fn one_of(entry: &Entry<'_>, wanted: &str, allowed: &[&str]) -> syn::Result<LitStr> {
    let text = entry.text(wanted)?;
    if allowed.contains(&text.value().as_str()) {
        return Ok(text);
    }
    let what = unknown(&format!("{}", entry.key), &text.value(), allowed);
    Err(syn::Error::new_spanned(text, what))
}

/// Reads the `(serde)` of `response(serde) = Type`, if it is there.
fn by_serde(entry: &Entry<'_>) -> syn::Result<bool> {
    if !entry.input.peek(syn::token::Paren) {
        return Ok(false);
    }
    let content;
    parenthesized!(content in entry.input);
    let word: Option<Ident> = content.parse().ok();
    if word.is_none_or(|word| word != "serde") || !content.is_empty() {
        let what =
            "write `response = InstanceList`, or `response(serde) = Type` for a type that reads itself";
        return Err(syn::Error::new_spanned(&entry.key, what));
    }
    Ok(true)
}

/// Reads `key`, or `key = false`: whether it is the latter.
fn denied(entry: &Entry<'_>) -> syn::Result<bool> {
    let ahead = entry.input.fork();
    let no = ahead.parse::<Token![=]>().is_ok() && ahead.parse::<LitBool>().is_ok_and(|value| !value.value);
    if !no {
        return entry.flag().map(|()| false);
    }
    entry.any::<LitBool>("readonly = false").map(|_| true)
}

fn stream(entry: &Entry<'_>) -> syn::Result<()> {
    const WANTED: &str = "stream = \"sse\"";
    let ahead = entry.input.fork();
    let (kind, span): (String, Span) = if ahead.parse::<Token![=]>().is_ok() && !ahead.peek(LitStr) {
        let word: Ident = entry.any(WANTED)?;
        (word.to_string(), word.span())
    } else {
        let text = entry.text(WANTED)?;
        (text.value(), text.span())
    };
    if kind == "sse" { Ok(()) } else { Err(syn::Error::new(span, unknown("stream", &kind, &["sse"]))) }
}

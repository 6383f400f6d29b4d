//! Whatever a caller passes: it arrives as it was meant, or is an error before anything is sent.

use cloudcall::action::{ActionInfo, CallStyle, Param, ParamLocation};
use cloudcall::http::Method;
use cloudcall::provider::Provider;
use cloudcall::transport::HttpRequest;
use cloudcall::{Alibaba, Client, Error, Huawei, Tencent, Volcengine};
use percent_encoding::percent_decode_str;

use super::offline::{Canned, client, run};
use crate::time::FakeTime;

fn fresh<P: Provider + Default>() -> (Client<P>, Canned) {
    let server = Canned::default();
    (client(&server, &FakeTime::at(1_700_000_000)), server)
}

/// Pairs of a query: those that were put in come out of the address, and their order does not change the signature.
pub fn query(data: &[u8]) {
    let Some((cloud, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for line in text.split('\n').take(20) {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        if !name.is_empty() && !pairs.iter().any(|(known, _)| *known == name) {
            pairs.push((name, value));
        }
    }
    let sign = |pairs: &[(&str, &str)]| match cloud % 3 {
        0 => signed::<Huawei>(ActionInfo::new("vpc", "v1", "ListIt").with_path("/v1/x"), pairs),
        1 => signed::<Alibaba>(
            ActionInfo::new("cs", "v1", "ListIt").with_style(CallStyle::Roa).with_path("/x"),
            pairs,
        ),
        _ => signed::<Volcengine>(ActionInfo::new("ecs", "2020-04-01", "ListIt"), pairs),
    };
    let Ok(request) = sign(&pairs) else { return };
    let sent = request.uri().query().unwrap_or_default();
    let mut found: Vec<_> = sent.split('&').filter(|pair| !pair.is_empty()).map(decoded).collect();
    let mut wanted: Vec<_> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    if cloud % 3 == 2 {
        wanted.extend(
            [("Action", "ListIt"), ("Version", "2020-04-01")]
                .map(|(name, value)| (name.into(), value.into())),
        );
    }
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted, "{sent}");
    let turned: Vec<_> = pairs.iter().rev().copied().collect();
    let authorization = |request: &HttpRequest| request.headers()["authorization"].clone();
    assert_eq!(authorization(&request), authorization(&sign(&turned).unwrap()), "{pairs:?}");
}

fn signed<P: Provider + Default>(info: ActionInfo, pairs: &[(&str, &str)]) -> Result<HttpRequest, Error> {
    let (client, _) = fresh::<P>();
    let mut call = client.raw_action(info.with_method(Method::GET));
    for (name, value) in pairs {
        call = call.param(Param::dynamic(*name).place(ParamLocation::Query), value);
    }
    run(call.sign_only())
}

fn decoded(pair: &str) -> (String, String) {
    let text = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    (text(name), text(value))
}

/// Values of a path: each stays one segment, whatever it holds, or is refused.
pub fn path(data: &[u8]) {
    let Some((cloud, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    let (one, two) = text.split_once('\n').unwrap_or((&text, "x"));
    let info = ActionInfo::new("vpc", "v1", "ShowIt").with_method(Method::GET);
    let info = info
        .with_style(if cloud % 2 == 0 { CallStyle::Auto } else { CallStyle::Roa })
        .with_path("/v1/{one}/and/{two}");
    let params = cloudcall::json::json!({ "one": one, "two": two });
    let outcome = match cloud % 2 {
        0 => run(fresh::<Huawei>().0.raw_action(info).json(params).sign_only()),
        _ => run(fresh::<Alibaba>().0.raw_action(info).json(params).sign_only()),
    };
    let dangerous = |value: &str| matches!(value, "" | "." | "..");
    let Ok(request) = outcome else { return };
    assert!(!dangerous(one) && !dangerous(two), "{}", request.uri());
    let segments: Vec<_> = request.uri().path().trim_end_matches('/').split('/').skip(1).collect();
    let plain: Vec<_> =
        segments.iter().map(|segment| percent_decode_str(segment).decode_utf8().unwrap()).collect();
    assert_eq!(plain, ["v1", one, "and", two], "{}", request.uri());
    assert_eq!(request.uri().query(), None, "{}", request.uri());
}

/// A header, a region or an action's name: what would begin another line is an error, and nothing is sent.
pub fn header(data: &[u8]) {
    let Some((what, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    let (name, value) = text.split_once('\n').unwrap_or((&text, "v"));
    let (client, server) = fresh::<Tencent>();
    let (sign, broken) = match what % 4 {
        0 => (
            client.raw("cvm", "2017-03-12", "ListIt").add_header(name, value).sign_only(),
            format!("{name}{value}"),
        ),
        1 => {
            let call = client.raw("cvm", "2017-03-12", "ListIt");
            let param = Param::dynamic(name).place(ParamLocation::Header);
            (call.param(param, value).sign_only(), format!("{name}{value}"))
        }
        2 => (client.raw("cvm", "2017-03-12", "ListIt").with_region(&*text).sign_only(), text.to_string()),
        _ => (client.raw("cvm", "2017-03-12", &*text).sign_only(), text.to_string()),
    };
    let outcome = run(sign);
    assert_eq!(server.sent(), 0);
    match outcome {
        Ok(request) => {
            assert!(!broken.contains(['\r', '\n', '\0']), "{broken:?} is in {:?}", request.headers());
            let sound = |byte: &u8| *byte == b'\t' || (*byte >= b' ' && *byte != 0x7f);
            for (name, value) in request.headers() {
                assert!(value.as_bytes().iter().all(sound), "{name}: {value:?}");
            }
        }
        Err(error) => assert!(!error.to_string().contains(['\r', '\n', '\0']), "{error:?}"),
    }
}

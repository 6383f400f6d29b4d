use super::*;

#[test]
fn texts_that_quote_the_request_lose_its_secrets() {
    for (given, wanted) in [
        ("bad Signature=abc%3D&Action=X", "bad Signature=****&Action=X"),
        (r#"{"SecretKey":"k","a":1}"#, r#"{"SecretKey":"****","a":1}"#),
        (r#"{"Token" : "t v", "b":2}"#, r#"{"Token" : "****", "b":2}"#),
        (r#"{"Token":"t\"v,w","b":2}"#, r#"{"Token":"****","b":2}"#),
        (
            "adminPass=a&LoginSettings.Password=b&NextToken=c",
            "adminPass=****&LoginSettings.Password=****&NextToken=c",
        ),
        ("Secrets.1=a&Passwords[0]=b&c=d", "Secrets.1=****&Passwords[0]=****&c=d"),
        ("Authorization: TC3 Credential=a, Signature=b\nHost: h", "Authorization: ****\nHost: h"),
        ("Authorization: Digest a=\"x\", response=\"y\"\nHost: h", "Authorization: ****\nHost: h"),
        ("the token is expired", "the token is expired"),
        ("no secrets at all", "no secrets at all"),
        ("GET&%2F&A%3D1%26SecurityToken%3Dt%252B%26Z%3D2", "GET&%2F&A%3D1%26SecurityToken%3D****%26Z%3D2"),
        ("Signature%253Ds%2526Token%253Dt", "Signature%253D****%2526Token%253D****"),
        ("100%26", "100%26"),
        ("Token=", "Token="),
        ("密钥 SecretKey=密&x", "密钥 SecretKey=****&x"),
        ("Server=h;Password=a,b;Port=1", "Server=h;Password=****;Port=1"),
        ("password = a b", "password = ****"),
        ("Password: a, b", "Password: ****"),
        ("wrong 'token': 'a b', c", "wrong 'token': '****', c"),
        (r#"said \"Token\":\"a\\\"b\",\"x\":1"#, r#"said \"Token\":\"****\",\"x\":1"#),
        (r#"said \"\\u0054oken\":\"ab\""#, r#"said \"\\u0054oken\":\"****\""#),
        ("&quot;Token&quot;:&quot;ab&quot;,1", "&quot;Token&quot;:&quot;****&quot;,1"),
        ("cloudcall::Token: x", "cloudcall::Token: ****"),
        ("Token::new failed", "Token::new failed"),
        ("at https://u:p@h/x?a=1", "at https://****@h/x?a=1"),
        ("at https://h/x?a=1&sign=1", "at https://h/x?a=1&sign=1"),
        ("Bearer abcdefgh12345678 x", "Bearer **** x"),
        ("Bearer tokens are refused here, sorry", "Bearer tokens are refused here, sorry"),
        ("a -----BEGIN RSA PRIVATE KEY-----\nx\n-----END RSA PRIVATE KEY----- b", "a **** b"),
        ("a -----BEGIN PRIVATE KEY-----\nx", "a ****"),
        ("-----BEGIN CERTIFICATE-----\nx", "-----BEGIN CERTIFICATE-----\nx"),
        ("InputTokens: 57, Tokens: 58, HasPassword: true", "InputTokens: 57, Tokens: 58, HasPassword: true"),
    ] {
        assert_eq!(scrub(given), wanted, "{given}");
    }
}

#[test]
fn bodies_lose_secrets_at_any_depth() {
    for (given, wanted) in [
        (
            r#"{"a":{"Password":["x","y"]},"b":[{"adminPass":{"k":1}}]}"#,
            r#"{"a":{"Password":"****"},"b":[{"adminPass":"****"}]}"#,
        ),
        (r#"{"Token":null,"UserData":"Password=x y"}"#, r#"{"Token":null,"UserData":"Password=**** y"}"#),
        (
            r#"{"a":1.10,"b":12345678901234567890123,"c":true}"#,
            r#"{"a":1.10,"b":12345678901234567890123,"c":true}"#,
        ),
        ("Action=A&Signature=s", "Action=A&Signature=****"),
        (r#"{"Password":"cut o"#, r#"{"Password":"****"#),
        (r#"{"Password":123,"Otp": -1.5e3}"#, r#"{"Password":"****","Otp": "****"}"#),
        (r#"{"\u0050assword":"x","a":"b\n"}"#, r#"{"\u0050assword":"****","a":"b\n"}"#),
        (r#"{"Password" ="x"}"#, r#"{"Password" ="****"}"#),
        (r#"{"Password":hunter2 and more}"#, r#"{"Password":**** and more}"#),
        (
            r#"{"Credentials":{"TmpSecretId":"i","Token":"t","Odd":"x","ExpiredTime":1}}"#,
            r#"{"Credentials":{"TmpSecretId":"i","Token":"****","Odd":"****","ExpiredTime":1}}"#,
        ),
        (
            r#"{"AccessKeys":[{"AccessKeyId":"i","Status":"Active"},"x"]}"#,
            r#"{"AccessKeys":[{"AccessKeyId":"i","Status":"Active"},"****"]}"#,
        ),
        (r#"{"Credentials":{"Odd" "x"}}"#, r#"{"Credentials":{"****"#),
        (r#"{"s":"{\"Password\":\"a \\\"b\",\"c\":1}"}"#, r#"{"s":"{\"Password\":\"****\",\"c\":1}"}"#),
        (
            r#"{"Env":[{"Key":"DB_PASSWORD","Value":"x"},{"Value":"y","Name":"token"},{"Key":"zone","Value":"z"}]}"#,
            r#"{"Env":[{"Key":"DB_PASSWORD","Value":"****"},{"Value":"****","Name":"token"},{"Key":"zone","Value":"z"}]}"#,
        ),
        (
            r#"{"Key":"-----BEGIN EC PRIVATE KEY-----\nx\n-----END EC PRIVATE KEY-----\n","b":1}"#,
            r#"{"Key":"****\n","b":1}"#,
        ),
        (
            r#"{"Config":"users:\n- user:\n    client-key-data: x\n    token: y\n"}"#,
            r#"{"Config":"users:\n- user:\n    client-key-data: ****\n    token: ****\n"}"#,
        ),
        ("data: {\"Token\":\"t\"}\n\ndata: {}\n", "data: {\"Token\":\"****\"}\n\ndata: {}\n"),
        (
            r#"{"Usage":{"TotalTokens":7,"Tokens":8},"NextToken":"n"}"#,
            r#"{"Usage":{"TotalTokens":7,"Tokens":8},"NextToken":"n"}"#,
        ),
        ("<a>Password: x</a>", "<a>Password: ****</a>"),
        ("<R><Token>t</Token><a>b</a></R>", "<R><Token>****</Token><a>b</a></R>"),
        ("<R><Password a=\"b\">t<i/>u</Password><a/></R>", "<R><Password>****</Password><a/></R>"),
        ("<n:Password><![CDATA[a</b>]]></n:Password>", "<n:Password>****</n:Password>"),
        ("<A Password=\"x\" b='y'/>", "<A Password=\"****\" b='y'/>"),
        ("<Password/><b>c</b>", "<Password/><b>c</b>"),
        ("<Password>cut", "<Password>****"),
        (
            "<Credentials><AccessKeyId>i</AccessKeyId><SecretKey>k</SecretKey></Credentials>",
            "<Credentials><AccessKeyId>i</AccessKeyId><SecretKey>****</SecretKey></Credentials>",
        ),
        ("[default]\nsecret_key = a\nregion = b", "[default]\nsecret_key = ****\nregion = b"),
        ("{{{[[[", "{{{[[["),
        (r#"5" and {"Password":"x"}"#, r#"5" and {"Password":"****"}"#),
    ] {
        assert_eq!(body(given), wanted, "{given}");
    }
}

#[test]
fn query_parameters_are_masked_by_name() {
    for (given, wanted) in [
        ("Action=X&Signature=abc&Token=t", "Action=X&Signature=****&Token=****"),
        ("pass%77ord=a%20b&c", "pass%77ord=****&c"),
        ("sign=a&q-signature=b&x=y", "sign=****&q-signature=****&x=y"),
        ("UserData=Password%3Da%26b", "UserData=Password%3D****%26b"),
    ] {
        assert_eq!(query(given), wanted);
    }
}

#[test]
fn masking_twice_changes_nothing() {
    for text in [r#"{"Password":"x","Token":["a"]}"#, "Password: x\nToken=y", "<Token>x</Token>"] {
        let once = body(text);
        assert_eq!(body(&once), once);
    }
}

/// Names of members that responses and requests of the three clouds really have, and what was decided of each.
#[test]
fn real_names_are_decided() {
    const SECRET: &str = "
        Password password AdminPass adminPass UserPassword LoginPassword InitialRootPassword KafkaPassword SharePwd guestPwd
        Pwd chairPasswd Passphrase SrtPassphrase SnmpAuthPassphrase EncryptedPassword PasswordSha256Hex ssl_cert_password
        db_password init-node-password LoginSettings.Password PassWord GitTokenOrPassword
        Token token SecurityToken securitytoken AccessToken Access_token RefreshToken refreshToken SessionToken StsToken
        AuthToken IdToken JwtToken LoginToken BearerToken X-Subject-Token X-Auth-Token x_auth_token TmpToken AccessTokenValue
        JoinToken WebIdentityToken VerifyToken apm_app_token TokenList
        Secret secret Secrets SecretKey secret_key SecretAccessKey AccessKeySecret access_key_secret accesskeysecret AppSecret
        ClientSecret client_secret client-secret DeviceSecret ProductSecret TmpSecretKey S3SecretKey SecretValue SecretString
        SecretBinary SecretData secretYAML JWTSecret OssAkSecret CredentialSecret api_key_secret AppSecretValue
        AccessKey accessKey access_key awsAccessKey AccessKeys ApiKey APIKey api_key ApiKeyValue ApiKeys ai_api_key
        PrivateKey private_key PrivateKeyBody DevicePrivateKey enc_private_key private_keys PrivateKeyString KeyMaterial
        key_material client-key-data Plaintext PlainText plain_text Kubeconfig KubeConfig kube_config
        SK Sk sk app_sk Psk DevicePsk OTP otp JWT AliyunJwt
        Signature signature X-Amz-Signature OssSignature DeviceSignature SignatureKey SignKey sign_key AuthKey auth_key
        EncryptKey EncryptionKey DecryptKey DataKey SessionKey CallbackKey LicenseKey StreamKey
        AuthCode authCode AuthorizationCode VerifyCode verify_code VerificationCode LoginTicket
        Authorization authorization Proxy-Authorization ProxyAuthorization Cookie Set-Cookie HttpCookie Cookies
        Credential Credentials credentials X-Amz-Credential CredentialContent Base32StringSeed QRCodePNG SAMLAssertion
    ";
    const PLAIN: &str = "
        NextToken nextToken next_token NextPageToken PageToken PaginationToken ContinuationToken NextContinuationToken
        ScrollToken PreviousToken ClientToken client_token X-Client-Token HttpTokens TotalTokens InputTokens output_tokens
        PromptTokens CompletionTokens MaxTokens max_output_tokens CachedTokens ReasoningTokens TokenCount TokenType TokenId
        TokenEndpoint TokenUrl Tokenizer AccessTokenValidity AccessTokenExpiredTime TokenUsage
        SecretName SecretType SecretId SecretID SecretIds SecretStatus SecretArn SecretKeyId SecretKeyName secretRef
        TmpSecretId S3SecretId AppSecretId
        AccessKeyId accessKeyId access_key_id OSSAccessKeyId AccessKeyStatus AccessKeyLastUsed accessKeyName ApiKeyId
        ApiKeyName apiKeyMask AK Ak ak AppKey ProductKey AppId SecretVersion
        PasswordPolicy PasswordExpireTime password_expires_at MinimumPasswordLength PasswordStatus PasswordReusePrevention
        Passed PassCount PassRate Bypass PassThrough PassengerName PassportUrl
        KeyId KmsKeyId KeyName KeyPairName PublicKey public_key Key Keys TagKey PrimaryKey PartitionKey ObjectKey MetadataKey
        KeyState KeySpec KeyUsage Certificate CertId certificate-authority-data
        PrivateIp PrivateIpAddress PrivateDnsName IsPrivate PrivateKeyFingerprint SignatureAlgorithm SignatureName SignatureId
        SignatureMethod x-acs-signature-nonce CookieName AuthorizationType AuthorizationUrl AuthorizationRuleId
        encoded_authorization_message CredentialName CredentialId CredentialType CredentialProvider ConnectionString
        SessionId Disk Task Risk TaskId RequestId Ticket TicketId License LicenseType InstanceId Description Description2
        x-acs-content-sha256 X-Sdk-Date
    ";
    for name in SECRET.split_whitespace() {
        assert!(is_secret_name(name), "{name} is a secret");
    }
    for name in PLAIN.split_whitespace() {
        assert!(!is_secret_name(name), "{name} is no secret");
    }
}

/// Each byte is looked at a bounded number of times: ten times the text is at most some ten times the work.
#[test]
fn the_work_grows_as_the_text_does() {
    let long = "x".repeat(1000);
    for unit in [
        "token=a&",
        "token=",
        "token:",
        "token\":",
        "token%3D",
        "token%3Da%26",
        "&",
        "%26",
        "<token>",
        "<",
        "</",
        "<token",
        "{",
        "[",
        "}",
        "{\"",
        "{\"token\":",
        "{\"a\":x",
        "{\"a\":{",
        "[[",
        "[\"",
        "\"",
        "\\\"",
        "\\",
        "\\u0041",
        "token\\",
        "token: {",
        "token: (",
        "token: Some(",
        "token {",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN",
        "-----END",
        "-",
        "://",
        "://a@",
        "a",
        "a.",
        "a[",
        "token ",
        "token' ",
        "token\" ",
        "&quot;token&quot;:&quot;",
        "Bearer ",
        " ",
        "\n",
        "{\"a\":\"{\\\"b\\\":",
        "{\"token\":[",
        "{\"Key\":\"token\",\"Value\":1,",
        "{\"Value\":1},",
        "tokens: 1 ",
        "token: x\\",
        &long,
    ] {
        let work = |bytes: usize| {
            let text = unit.repeat(bytes / unit.len());
            let (masked, steps) = Rule::default().counted(&text);
            assert!(masked.len() <= text.len() * 3 + 16, "{unit}");
            steps
        };
        let (small, large) = (work(5_000), work(50_000));
        assert!(large <= 12 * small.max(5_000), "{unit}: {small} steps, then {large}");
        assert!(large <= 40 * 50_000, "{unit}: {large} steps");
    }
}

/// Secrets that are planted under random names, in random forms, among random text.
#[test]
fn no_planted_secret_gets_through() {
    const NAMES: [&str; 12] = [
        "Password",
        "adminPass",
        "SecretKey",
        "access_key_secret",
        "securityToken",
        "private-key",
        "Authorization",
        "Cookie",
        "PrivateKeyBody",
        "kubeconfig",
        "Pwd",
        "ApiKey",
    ];
    const SECRETS: [&str; 8] = [
        "PLANTED",
        "PLANTED/a+b=",
        "PLANTED-1.2_3~",
        "p@PLANTED:x",
        "PLANTED{}[]()",
        "PLANTED,PLANTED",
        "云PLANTED云",
        "PLANTED!$^*|",
    ];
    const NOISE: [&str; 10] =
        ["", " ", "\"", "{", "the zone z-1 ", "<a>", "a=b&", "it's ", "{\"a\":1} ", "\\"];
    let mut seed = 7_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 33) as usize) % below
    };
    for round in 0..5_000 {
        let (name, secret) = (NAMES[next(NAMES.len())], SECRETS[next(SECRETS.len())]);
        let json = |text: &str| serde_json::to_string(text).unwrap();
        let mut member = format!("{{\"x\":[1,{{{}:{}}}],\"y\":\"z\"}}", json(name), json(secret));
        if next(3) == 0 {
            member = member.replacen(name.get(..1).unwrap(), &format!("\\u00{:02x}", name.as_bytes()[0]), 1);
        }
        let encoded = |text: &str| {
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
        };
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let mut text = match next(9) {
            0 => member,
            1 => json(&member),
            2 => format!("{{\"m\":{}}}", json(&json(&member))),
            3 => format!("a=b&{name}={}&c=d", encoded(secret)),
            4 => format!("<r><a>b</a><{name}>{}</{name}></r>", escaped(secret)),
            5 => format!("<r><a {name}=\"{}\"/></r>", escaped(secret)),
            6 => format!("Host: h\n{name}: {secret}\nA: b"),
            7 => format!("https://h/p?a=b&{name}={}#f", encoded(secret)),
            _ => format!("{name} = {secret}"),
        };
        // Noise before XML or a line breaks neither; JSON is found within other text.
        text.insert_str(0, NOISE[next(NOISE.len())]);
        if next(3) == 0 {
            let cut = head(&text, next(text.len() + 1)).len();
            text.truncate(cut);
        }
        let shown = body(&text);
        assert!(!shown.contains("PLANTED"), "round {round}: {text}\n{shown}");
    }
}

#[test]
fn nothing_panics() {
    let mut seed = 11_u64;
    const PARTS: [&str; 24] = [
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ":",
        "=",
        ",",
        "<",
        ">",
        "/",
        "&",
        "%3D",
        "%26",
        "token",
        "云",
        "\\u00",
        "\\ud83d",
        "1",
        " ",
        "-----BEGIN PRIVATE KEY-----",
        "://",
        "Some(",
    ];
    for _ in 0..5_000 {
        let mut text = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push_str(PARTS[((seed >> 33) as usize) % PARTS.len()]);
        }
        body(&text);
        query(&text);
        address(&text);
    }
}

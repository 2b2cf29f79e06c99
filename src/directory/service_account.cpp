// SPDX-License-Identifier: Apache-2.0
#include "directory/service_account.hpp"

#include "base/json.hpp"
#include "crypto/jws_sign.hpp"
#include "http/form.hpp"
#include "oidc/foreign.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace sekisho::directory
{
namespace
{

constexpr std::string_view setting = "oidc.service_account";
constexpr std::string_view where = "google.token";
constexpr std::string_view scope = "https://www.googleapis.com/auth/admin.directory.group.readonly";
constexpr std::int64_t hour = 3600;

std::unexpected<error> unusable(std::string_view detail)
{
    return fail(
        errc::value_malformed,
        setting,
        std::string(detail) + "; it must be the JSON key of a service account (Google Cloud console, IAM, "
                              "Service accounts, Keys, "
                              "Add key, JSON)"
    );
}

struct members
{
    std::string type;
    std::string email;
    std::string key_id;
    secret key;
    std::string token_address;
};

result<members> read_members(const json& file)
{
    const auto object = json_object::of(file, setting);
    if (!object)
        return std::unexpected(object.error());
    auto type = object->text("type");
    auto email = object->text("client_email");
    auto key_id = object->text("private_key_id");
    auto key = object->text("private_key");
    auto token = object->optional_text("token_uri");
    for (const auto* each : {&type, &email, &key_id, &key})
        if (!*each)
            return std::unexpected(each->error());
    if (!token)
        return std::unexpected(token.error());
    return members{
        std::move(*type),
        std::move(*email),
        std::move(*key_id),
        secret(std::move(*key)),
        token->value_or("https://oauth2.googleapis.com/token")
    };
}

} // namespace

result<service_account> parse_service_account(const secret& file, oidc::transport rule)
{
    auto parsed = parse_json(file.reveal());
    if (!parsed)
        return unusable("the file is no JSON: " + parsed.error().detail);
    auto read = read_members(*parsed);
    if (!read)
        return unusable(read.error().detail);
    if (read->type != "service_account")
        return unusable("the file's type is " + oidc::in_quotes(read->type, 32) + ", not service_account");
    auto key = crypto::signing_key::from_pem(read->key);
    if (!key)
        return unusable("private_key: " + key.error().detail);
    if (key->kind() != crypto::key_kind::rsa)
        return unusable("private_key is no RSA key");
    auto address = oidc::parse_address(read->token_address, rule, setting);
    if (!address)
        return unusable("token_uri: " + address.error().detail);
    return service_account{
        std::move(read->email), std::move(read->key_id), std::move(*key), std::move(*address)
    };
}

result<std::string> grant_form(const service_account& from, std::string_view actor, time_point now)
{
    const auto issued = to_numeric_date(now);
    const json claims{
        {"iss", from.email},
        {"sub", actor},
        {"scope", scope},
        {"aud", from.token_address.text()},
        {"iat", issued},
        {"exp", issued + hour},
    };
    const crypto::jws_header header{.alg = crypto::algorithm::rs256, .kid = from.key_id, .typ = "JWT"};
    auto assertion = crypto::sign_compact(header, to_text(claims), from.key);
    if (!assertion)
        return std::unexpected(assertion.error());
    http::form_writer form;
    form.add("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer").add("assertion", *assertion);
    return std::move(form).text();
}

result<granted_token> read_granted_token(std::string_view body)
{
    constexpr auto meaning = errc::oidc_directory_failure;
    const auto parsed = parse_json(body);
    if (!parsed)
        return fail(meaning, where, "the answer is no usable JSON: " + parsed.error().detail);
    const auto answer = json_object::of(*parsed, where);
    const auto token = answer ? answer->text("access_token") : std::unexpected(answer.error());
    if (!token || token->empty())
        return fail(meaning, where, token ? "the access_token is empty" : token.error().detail);
    const auto life = answer->optional_number("expires_in");
    if (!life)
        return fail(meaning, where, life.error().detail);
    const auto seconds = std::clamp(life->value_or(0), 0.0, static_cast<double>(hour));
    return granted_token{secret(*token), std::chrono::seconds(static_cast<std::int64_t>(seconds))};
}

} // namespace sekisho::directory

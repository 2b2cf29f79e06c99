// SPDX-License-Identifier: Apache-2.0
#include "oidc/userinfo.hpp"

#include "http/form.hpp"
#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"
#include "oidc/query.hpp"
#include "oidc/token_checks.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr token_kind kind{
    errc::oidc_userinfo_failure,
    "userinfo",
    "userinfo.alg",
    bad_userinfo_signature,
};

std::unexpected<error> refused(std::string_view where, std::string detail)
{
    return fail(kind.failure, where, std::move(detail));
}

// Core 5.3.2: the answer must be about the person of the ID token, or it is not used.
result<void> check_subject(const claims& received, const subject& expected)
{
    const auto named = received.subject();
    if (!named.empty() && !expected.empty() && named == expected)
        return {};
    return refused(
        "userinfo.sub",
        (named.empty() ? "is missing, empty or not a text" : "is " + in_quotes(named.view())) +
            ", the sub of the ID token is " + in_quotes(expected.view()) + " (Core 5.3.2)"
    );
}

// Core 5.3.2 says SHOULD, so a missing one is no failure: the answer came from the endpoint itself by TLS.
result<void> check_origin(const claims& received, const signed_userinfo_expectations& expected)
{
    if (const auto* const iss = member(received, "iss"))
    {
        const auto named = iss->is_string() ? iss->get<std::string>() : std::string();
        if (!names_issuer(expected.issuer, expected.tenants, named))
            return refused("userinfo.iss", explain_difference(expected.issuer.view(), named));
    }
    if (member(received, "aud") == nullptr)
        return {};
    const auto audiences = received.texts("aud");
    if (std::ranges::find(audiences, expected.client.view()) == audiences.end())
        return refused(
            "userinfo.aud",
            "does not have our client id " + in_quotes(expected.client.view()) + "; it has " +
                in_quotes(audiences)
        );
    return {};
}

result<void>
check_expiry(const claims& received, const signed_userinfo_expectations& expected, time_point now)
{
    const auto* const exp = member(received, "exp");
    if (exp == nullptr)
        return {};
    if (!exp->is_number())
        return refused("userinfo.exp", "is not a number");
    if (now >= from_numeric_date(exp->get<double>()) + expected.skew)
        return refused(
            "userinfo.exp",
            "the answer has expired: " +
                clock_detail("exp", from_numeric_date(exp->get<double>()), {now, expected.skew})
        );
    return {};
}

} // namespace

userinfo_request
ask_userinfo(const url& endpoint, const secret& access_token, token_place place, token_scheme scheme)
{
    const std::string token(access_token.reveal());
    const http::owned_fields accept{{"Accept", "application/json, application/jwt;q=0.9"}};
    userinfo_request made{"GET", endpoint, accept, {}};
    switch (scheme == token_scheme::dpop ? token_place::header : place)
    {
    case token_place::header:
        made.fields.insert(made.fields.begin(), {"Authorization", std::string(name(scheme)) + " " + token});
        break;
    case token_place::body: // RFC 6750, 2.2
        made.method = "POST";
        made.fields.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        made.body = http::form_writer().add("access_token", token).text();
        break;
    case token_place::query: // RFC 6750, 2.3: nobody on the way may keep the answer either
        made.endpoint = url::parse(with_parameters(endpoint, {{"access_token", token}})).value_or(endpoint);
        made.fields.emplace_back("Cache-Control", "no-store");
        break;
    }
    return made;
}

bool is_signed(std::string_view content_type)
{
    auto type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' ') || type.ends_with('\t'))
        type.remove_suffix(1);
    return http::equal_names(type, "application/jwt");
}

bool refuses_token(int status, std::string_view challenges)
{
    if (!refused_proof(challenges).empty())
        return false;
    return status == 401 || (status >= 400 && status < 500 && challenges.contains("invalid_token"));
}

result<claims> parse_userinfo(int status, std::string_view body, const subject& expected)
{
    if (status != 200)
        return refused(kind.where, "the endpoint answered with status " + std::to_string(status));
    const auto parsed = claims::parse(body, kind.where);
    if (!parsed)
        return translated(parsed.error(), kind.failure, kind.where);
    if (const auto same = check_subject(*parsed, expected); !same)
        return std::unexpected(same.error());
    return *parsed;
}

result<jwt_header> inspect_userinfo(std::string_view jwt) { return inspect(jwt, kind); }

result<claims> validate_signed_userinfo(
    std::string_view jwt,
    const signed_userinfo_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
)
{
    auto read = read_signed_claims(jwt, kind, expected.algorithms, keys);
    if (!read)
        return std::unexpected(read.error());
    if (const auto ours = check_origin(read->claims, expected); !ours)
        return std::unexpected(ours.error());
    if (const auto fresh = check_expiry(read->claims, expected, now); !fresh)
        return std::unexpected(fresh.error());
    if (const auto same = check_subject(read->claims, expected.subject); !same)
        return std::unexpected(same.error());
    return std::move(read->claims);
}

claims merge(const claims& id_token, const claims& userinfo)
{
    auto said = id_token.object();
    for (const auto& [name, value] : userinfo.object().items())
        if (const auto found = said.find(name); found != said.end() && says_something(&value) &&
                                                !says_something(&*found) && name != "email_verified")
            said.erase(found);
    return claims::of(std::move(said), kind.where).value().with_missing_from(userinfo);
}

} // namespace sekisho::oidc

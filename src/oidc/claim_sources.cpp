// SPDX-License-Identifier: Apache-2.0
#include "oidc/claim_sources.hpp"

#include "base/encoding.hpp"
#include "crypto/jws.hpp"
#include "http/fields.hpp"
#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"
#include "oidc/token_checks.hpp"
#include "oidc/userinfo.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace sekisho::oidc
{
namespace
{

constexpr std::size_t most_sources = 4;

constexpr token_kind kind{
    errc::oidc_userinfo_failure,
    "claim_source",
    "claim_source.alg",
    bad_source_signature,
};

// What the sign-in itself rests on comes from the ID token alone.
constexpr std::array<std::string_view, 18> never_from_a_source{
    "iss",
    "sub",
    "aud",
    "exp",
    "nbf",
    "iat",
    "jti",
    "nonce",
    "azp",
    "acr",
    "amr",
    "at_hash",
    "c_hash",
    "sid",
    "tid",
    "hd",
    "events",
    "auth_time",
};

const json* object_in(const json& within, std::string_view name)
{
    const auto found = within.find(name);
    return found == within.end() || !found->is_object() ? nullptr : &*found;
}

// RFC 6901, 4.
std::string as_pointer(std::string_view name)
{
    std::string text("/");
    for (const char each : name)
        if (each == '~' || each == '/')
            text.append(each == '~' ? "~0" : "~1");
        else
            text.push_back(each);
    return text;
}

// Whether what a path leads through first may be the member of this name.
bool begins_with_name(std::string_view path, const std::string& name)
{
    const auto leads_through = [path](std::string_view first, char separator)
    { return path.starts_with(first) && (path.size() == first.size() || path[first.size()] == separator); };
    return leads_through(name, '.') || leads_through(as_pointer(name), '/');
}

bool is_missing(const claims& known, std::string_view name)
{
    const auto found = known.object().find(name);
    return found == known.object().end() || found->is_null();
}

bool may_be_added(const claims& known, std::string_view name)
{
    return is_missing(known, name) && !name.starts_with('_') &&
           std::ranges::find(never_from_a_source, name) == never_from_a_source.end();
}

std::vector<std::string> claims_at(const claims& known, const json& names, std::string_view source)
{
    std::vector<std::string> found;
    for (const auto& [claim, where] : names.items())
        if (where.is_string() && where.get_ref<const std::string&>() == source && may_be_added(known, claim))
            found.push_back(claim);
    return found;
}

std::string text_in(const json& source, std::string_view name)
{
    const auto found = source.find(name);
    return found == source.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

// Core 5.6.2.1 and 5.6.2.2.
result<claim_source> read_source(const std::string& name, const json& value, transport rule)
{
    claim_source made;
    made.name = name;
    if (!value.is_object())
        return fail(kind.failure, kind.where, "is no object");
    made.jwt = text_in(value, "JWT");
    if (!made.jwt.empty())
        return made;
    auto endpoint = parse_address(text_in(value, "endpoint"), rule, kind.where);
    if (!endpoint)
        return std::unexpected(endpoint.error());
    made.endpoint = std::move(*endpoint);
    made.access_token = secret(text_in(value, "access_token"));
    return made;
}

std::string note_on(std::string_view source, std::string_view why)
{
    return "the claim source " + in_quotes(source, 64) + " is left out: " + std::string(why);
}

} // namespace

bool is_kept_elsewhere(const claims& known, std::string_view path)
{
    const auto is_first = [&](const std::string& name) { return begins_with_name(path, name); };
    if (const auto* const names = object_in(known.object(), "_claim_names"))
        for (const auto& [name, unused] : names->items())
            if (is_first(name))
                return true;
    const auto* const said = known.find("hasgroups");
    return is_first("groups") && says_something(said) && *said != false && *said != "false";
}

claim_sources read_claim_sources(const claims& known, transport rule)
{
    claim_sources made;
    const auto* const names = object_in(known.object(), "_claim_names");
    const auto* const sources = object_in(known.object(), "_claim_sources");
    if (names == nullptr || sources == nullptr)
        return made;
    for (const auto& [name, value] : sources->items())
    {
        auto claims = claims_at(known, *names, name);
        if (claims.empty())
            continue;
        if (made.usable.size() == most_sources)
        {
            made.notes.push_back(note_on(name, "there are more than four"));
            break;
        }
        auto source = read_source(name, value, rule);
        if (!source)
        {
            made.notes.push_back(note_on(name, source.error().detail));
            continue;
        }
        source->claims = std::move(claims);
        made.usable.push_back(std::move(*source));
    }
    return made;
}

bool is_allowed_host(const url& endpoint, std::span<const std::string> hosts)
{
    if (!endpoint.is_https() && !endpoint.is_loopback())
        return false;
    const auto with_port = endpoint.host() + ":" + std::to_string(endpoint.port());
    return std::ranges::any_of(
        hosts,
        [&](const std::string& each)
        { return http::equal_names(each, endpoint.authority()) || http::equal_names(each, with_port); }
    );
}

result<jwt_header> inspect_claim_source(std::string_view jwt) { return inspect(jwt, kind); }

result<claims> validate_aggregated(
    std::string_view jwt,
    const aggregated_expectations& expected,
    std::span<const crypto::verification_key> keys,
    time_point now
)
{
    auto read = read_signed_claims(jwt, kind, expected.algorithms, keys);
    if (!read)
        return std::unexpected(read.error());
    const auto& object = read->claims.object();
    if (object.contains("iss") &&
        !names_issuer(expected.issuer, expected.tenants, read->claims.text("iss").value_or("")))
        return fail(
            kind.failure,
            "claim_source.iss",
            explain_difference(expected.issuer.view(), read->claims.text("iss").value_or("")) +
                "; this provider's keys are all we have"
        );
    if (const auto exp = object.find("exp"); exp != object.end())
        if (!exp->is_number() || now >= from_numeric_date(exp->get<double>()) + expected.skew)
            return fail(
                kind.failure,
                "claim_source.exp",
                exp->is_number()
                    ? clock_detail("exp", from_numeric_date(exp->get<double>()), {now, expected.skew})
                    : std::string("is no number but: ") + exp->type_name()
            );
    return std::move(read->claims);
}

result<claims> read_distributed(int status, std::string_view content_type, std::string_view body)
{
    if (status != 200)
        return fail(kind.failure, kind.where, "answered with status " + std::to_string(status));
    if (!is_signed(content_type))
    {
        auto parsed = claims::parse(body, kind.where);
        return parsed ? std::move(parsed) : translated(parsed.error(), kind.failure, kind.where);
    }
    const auto jws = crypto::take_apart(body);
    if (!jws)
        return translated(jws.error(), kind.failure, kind.where);
    auto parsed = claims::parse(as_text(jws->payload), kind.where);
    return parsed ? std::move(parsed) : translated(parsed.error(), kind.failure, kind.where);
}

claims with_source(const claims& known, const claim_source& source, const claims& delivered)
{
    auto more = json::object();
    for (const auto& name : source.claims)
        if (const auto found = delivered.object().find(name);
            found != delivered.object().end() && may_be_added(known, name))
            more[name] = *found;
    return merge(known, claims::of(std::move(more), kind.where).value());
}

} // namespace sekisho::oidc

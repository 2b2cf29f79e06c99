// SPDX-License-Identifier: Apache-2.0
#include "oidc/renewed_id_token.hpp"

#include "base/encoding.hpp"
#include "crypto/hash.hpp"
#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"
#include "oidc/token_checks.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace sekisho::oidc
{
namespace
{

result<void> check_person(const claims& renewed, const renewed_person& person)
{
    constexpr auto meaning = errc::oidc_refresh_refused;
    const auto* const iss = member(renewed, "iss");
    const auto named = iss != nullptr && iss->is_string() ? iss->get<std::string>() : std::string();
    if (named.empty() || named != person.issuer)
        return fail(meaning, "id_token.iss", explain_difference(person.issuer, named));
    if (renewed.subject().empty() || renewed.subject() != person.subject)
        return fail(
            meaning,
            "id_token.sub",
            "the renewed ID token is about " + in_quotes(renewed.subject().view()) +
                ", the session belongs to " + in_quotes(person.subject.view()) + " (Core 12.2)"
        );
    return {};
}

std::optional<time_point> time_in(const claims& from, std::string_view name)
{
    const auto* const value = member(from, name);
    if (value == nullptr || !value->is_number())
        return std::nullopt;
    return from_numeric_date(value->get<double>());
}

std::string told(std::optional<time_point> when)
{
    return when ? "at " + format_time(*when) : std::string("at no time that it says");
}

result<void> check_issued(const claims& renewed, const id_token_mark& mark)
{
    const auto now = time_in(renewed, "iat");
    if (now && *now >= *mark.issued)
        return {};
    return fail(
        errc::oidc_generic_token_failure,
        "id_token.iat",
        "the renewed ID token was issued " + told(now) + ", before the one it renews, of " +
            format_time(*mark.issued) + " (Core 12.2)"
    );
}

result<void> check_auth_time(const claims& renewed, const id_token_mark& mark)
{
    const auto now = time_in(renewed, "auth_time");
    if (!now || !mark.auth_time || *now >= *mark.auth_time)
        return {};
    return fail(
        errc::oidc_generic_token_failure,
        "id_token.auth_time",
        "the renewed ID token is of somebody who signed in " + told(now) +
            ", before the sign-in that it renews, of " + format_time(*mark.auth_time) + " (Core 12.2)"
    );
}

std::optional<std::uint64_t> nonce_of(const claims& from)
{
    const auto* const nonce = member(from, "nonce");
    if (nonce == nullptr)
        return std::nullopt;
    const auto text = nonce->dump();
    const auto hash = crypto::hash(crypto::digest::sha256, as_bytes(text));
    std::uint64_t mark = 0; // enough of it to tell sign-ins apart
    for (std::size_t index = 0; index < sizeof(mark); ++index)
        mark = (mark << 8U) | std::to_integer<std::uint64_t>(hash[index]);
    return mark;
}

result<void> check_nonce(const claims& renewed, const id_token_mark& mark)
{
    const auto nonce = nonce_of(renewed);
    if (!nonce || nonce == mark.nonce)
        return {};
    return fail(
        errc::oidc_nonce_missing,
        "id_token.nonce",
        std::string("the renewed ID token has a nonce, the one of the sign-in had ") +
            (mark.nonce ? "another one" : "none") + " (Core 12.2; the values are secret)"
    );
}

} // namespace

result<void> check_renewed(const claims& renewed, const renewed_person& person)
{
    if (auto same = check_person(renewed, person); !same)
        return same;
    if (!person.mark.issued)
        return {};
    for (const auto check : {check_issued, check_auth_time, check_nonce})
        if (auto good = check(renewed, person.mark); !good)
            return good;
    return {};
}

id_token_mark mark_of(const claims& id_token)
{
    return {nonce_of(id_token), std::nullopt, time_in(id_token, "iat")};
}

claims as_person(const claims& known, const renewed_person& person)
{
    auto all = known.object();
    all["iss"] = person.issuer;
    all["sub"] = person.subject.str();
    auto made = claims::of(std::move(all), "claims");
    return made ? *std::move(made) : claims();
}

} // namespace sekisho::oidc

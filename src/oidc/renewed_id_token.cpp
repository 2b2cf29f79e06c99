// SPDX-License-Identifier: Apache-2.0
#include "oidc/renewed_id_token.hpp"

#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"
#include "oidc/token_checks.hpp"

#include <nlohmann/json.hpp>

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

result<void> check_issued(const claims& renewed, const claims& kept)
{
    const auto* const before = member(kept, "iat");
    const auto* const now = member(renewed, "iat");
    if (before == nullptr || !before->is_number())
        return {};
    if (now != nullptr && now->is_number() && now->get<double>() >= before->get<double>())
        return {};
    return fail(
        errc::oidc_generic_token_failure,
        "id_token.iat",
        "the renewed ID token was issued " +
            (now != nullptr && now->is_number() ? "at " + format_time(from_numeric_date(now->get<double>()))
                                                : std::string("at no time that it says")) +
            ", before the one it renews, of " + format_time(from_numeric_date(before->get<double>())) +
            " (Core 12.2)"
    );
}

result<void> check_nonce(const claims& renewed, const claims& kept)
{
    const auto* const nonce = member(renewed, "nonce");
    if (nonce == nullptr || kept.object().empty())
        return {};
    const auto* const before = member(kept, "nonce");
    if (before != nullptr && *before == *nonce)
        return {};
    return fail(
        errc::oidc_nonce_missing,
        "id_token.nonce",
        std::string("the renewed ID token has a nonce, the one it renews has ") +
            (before == nullptr ? "none" : "another one") + " (Core 12.2; the values are secret)"
    );
}

} // namespace

result<void> check_renewed(const claims& renewed, const renewed_person& person)
{
    if (auto same = check_person(renewed, person); !same)
        return same;
    if (auto newer = check_issued(renewed, person.id_token); !newer)
        return newer;
    return check_nonce(renewed, person.id_token);
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

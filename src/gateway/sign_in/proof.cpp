// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/proof.hpp"

#include "base/encoding.hpp"
#include "oidc/authentication_context.hpp"
#include "oidc/foreign.hpp"
#include "oidc/renewed_id_token.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view step = "step_up";
constexpr std::size_t longest_acr = 256;
constexpr std::string_view advice_for_silence =
    "; the provider does not say what it granted, and a request through the browser can be changed there: "
    "push it (oidc.pushed_authorization) or encrypt it (oidc.request_object), if the provider can do so";

std::string acr_of(const oidc::claims& id_token)
{
    const auto found = id_token.object().find("acr"); // by its very name, no path
    if (found == id_token.object().end() || !found->is_string())
        return {};
    const auto& value = found->get_ref<const std::string&>();
    return value.size() <= longest_acr ? value : std::string();
}

std::optional<time_point> auth_time_of(const oidc::claims& id_token)
{
    constexpr double year_10000 = 253'402'300'800;
    const auto seconds = id_token.number("auth_time");
    if (!seconds || *seconds < 0 || *seconds >= year_10000)
        return std::nullopt;
    return time_point(std::chrono::seconds(static_cast<std::int64_t>(*seconds)));
}

std::string listed(const std::vector<std::string>& values, std::string_view between = " or ")
{
    std::string text;
    for (const auto& each : values)
        text.append(text.empty() ? "" : between).append(oidc::in_quotes(each));
    return text;
}

} // namespace

oidc::claims claims_inside(std::string_view validated_id_token)
{
    const auto first = validated_id_token.find('.');
    const auto last = validated_id_token.rfind('.');
    if (first == std::string_view::npos || last <= first)
        return {};
    const auto payload = base64url_decode(validated_id_token.substr(first + 1, last - first - 1));
    if (!payload)
        return {};
    auto inside = oidc::claims::parse(as_text(*payload), step);
    return inside ? *std::move(inside) : oidc::claims();
}

void note_proof(session::session& made, const oidc::claims& id_token)
{
    made.acr = acr_of(id_token);
    if (const auto when = auth_time_of(id_token))
        made.auth_time = when;
    const auto mark = oidc::mark_of(id_token);
    made.nonce_mark = mark.nonce;
    made.issued = mark.issued;
}

result<void> check_proof(const oidc::claims& id_token, const session::sign_in& begun)
{
    const auto acr = acr_of(id_token);
    if (!oidc::satisfies(id_token, begun.acr))
        return fail(
            errc::oidc_step_up_unmet,
            step,
            "demanded acr " + listed(begun.acr) + ", received " +
                (acr.empty() ? "none" : oidc::in_quotes(acr))
        );
    // Where there is an ID token its check has looked at the moment. Without one the path would demand the
    // same again of whoever comes back, round and round.
    if (begun.max_age && !auth_time_of(id_token))
        return fail(
            errc::oidc_step_up_unmet,
            step,
            "demanded max_age " + format_duration(*begun.max_age) + ", received no auth_time"
        );
    return {};
}

result<void> check_granted(std::string_view granted, const session::sign_in& begun, std::string_view said)
{
    std::vector<std::string> missing;
    for (const auto& each : begun.scopes)
        if (!access::has_scope(granted, each))
            missing.push_back(each);
    if (missing.empty())
        return {};
    return fail(
        errc::oidc_step_up_unmet,
        "step_up.scope",
        "demanded scope " + listed(begun.scopes, " and ") + ", received " +
            (said.empty() ? "none" : oidc::in_quotes(said)) + ": " + listed(missing, " and ") +
            " is missing" + std::string(said.empty() ? advice_for_silence : "")
    );
}

std::string difference(const access::step_up& demanded, const access::sign_in_proof& shown, time_point now)
{
    std::string text("the path demands");
    if (!demanded.acr.empty())
        text.append(" acr ").append(listed(demanded.acr));
    if (demanded.max_age)
        text.append(" max_age ").append(format_duration(*demanded.max_age));
    if (demanded.lifetime)
        text.append(" lifetime ").append(format_duration(*demanded.lifetime));
    if (!demanded.scopes.empty())
        text.append(" scope ").append(listed(demanded.scopes, " and "));
    text.append("; the session shows acr ").append(shown.acr.empty() ? "none" : oidc::in_quotes(shown.acr));
    text.append(", auth_time ")
        .append(shown.auth_time ? format_duration(now - *shown.auth_time) + " ago" : "none");
    text.append(", begun ").append(format_duration(now - shown.began)).append(" ago");
    if (!demanded.scopes.empty())
        text.append(", scope ").append(shown.scope.empty() ? "none" : oidc::in_quotes(shown.scope));
    return text;
}

access::sign_in_proof proof_of(const session::session& here) noexcept
{
    return {here.acr, here.auth_time, here.created, here.scope};
}

} // namespace sekisho::gateway

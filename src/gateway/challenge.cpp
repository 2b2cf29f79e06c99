// SPDX-License-Identifier: Apache-2.0
#include "gateway/challenge.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::gateway
{
namespace
{

// name="first second": a quoted-string of RFC 9110, 5.6.4.
std::string listed(std::string_view name, const std::vector<std::string>& values)
{
    std::string text;
    std::string_view before = "";
    for (const auto& value : values)
    {
        text.append(std::exchange(before, " "));
        for (const char each : value)
            text.append(each == '"' || each == '\\' ? "\\" : "").push_back(each);
    }
    return std::string(name).append("=\"").append(text).append("\"");
}

std::string stronger_sign_in(const access::step_up& demand)
{
    std::string text("Bearer error=\"insufficient_user_authentication\", error_description=\"A different "
                     "authentication level is required\"");
    if (!demand.acr.empty())
        text.append(", ").append(listed("acr_values", demand.acr));
    if (demand.max_age)
        text.append(", max_age=\"").append(std::to_string(demand.max_age->count())).append("\"");
    return text;
}

std::string more_scopes(const access::step_up& demand)
{
    return "Bearer error=\"insufficient_scope\", error_description=\"More has to be granted\", " +
           listed("scope", demand.scopes);
}

} // namespace

std::string challenge_of(const access::step_up& demand, const access::sign_in_proof& shown, time_point now)
{
    auto rest = demand;
    rest.scopes.clear();
    const auto has_scopes = access::has_scopes(shown.scope, demand.scopes);
    if (has_scopes)
        return stronger_sign_in(demand);
    return (access::satisfies(shown, rest, now) ? "" : stronger_sign_in(demand) + ", ") + more_scopes(demand);
}

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#include "oidc/front_channel.hpp"

#include "oidc/foreign.hpp"
#include "oidc/issuer.hpp"

#include <string_view>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "front_channel_logout";

result<std::optional<std::string>> single(std::span<const parameter> received, std::string_view name)
{
    std::optional<std::string> found;
    for (const auto& [each, value] : received)
    {
        if (each != name)
            continue;
        if (found)
            return fail(errc::oidc_parameter_duplicated, where, in_quotes(name) + " was sent more than once");
        found = value;
    }
    if (found && found->empty())
        found.reset();
    return found;
}

} // namespace

result<std::optional<front_channel_logout>>
parse_front_channel_logout(std::span<const parameter> received, const issuer& expected)
{
    constexpr std::size_t longest_sid = 512;
    const auto iss = single(received, "iss");
    if (!iss)
        return std::unexpected(iss.error());
    auto sid = single(received, "sid");
    if (!sid)
        return std::unexpected(sid.error());
    if (!*iss && !*sid)
        return std::nullopt;
    if (*sid && (*sid)->size() > longest_sid)
        return fail(errc::value_too_large, where, "sid has " + std::to_string((*sid)->size()) + " bytes");
    if (*iss && **iss != expected.view())
        return fail(errc::oidc_issuer_mismatch, where, explain_difference(expected.view(), **iss));
    front_channel_logout call;
    if (*iss)
        call.issuer = issuer(**iss);
    call.sid = std::move(*sid);
    return call;
}

} // namespace sekisho::oidc

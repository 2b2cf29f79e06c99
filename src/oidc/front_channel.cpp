// SPDX-License-Identifier: Apache-2.0
#include "oidc/front_channel.hpp"

#include "oidc/foreign.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

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

result<void> check_size(std::string_view name, const std::optional<std::string>& value, std::size_t longest)
{
    if (value && value->size() > longest)
        return fail(
            errc::value_too_large,
            where,
            std::string(name) + " has " + std::to_string(value->size()) + " bytes"
        );
    return {};
}

} // namespace

result<std::optional<front_channel_logout>> parse_front_channel_logout(std::span<const parameter> received)
{
    constexpr std::size_t longest_sid = 512;
    constexpr std::size_t longest_iss = 2048;
    auto iss = single(received, "iss");
    if (!iss)
        return std::unexpected(iss.error());
    auto sid = single(received, "sid");
    if (!sid)
        return std::unexpected(sid.error());
    if (!*iss && !*sid)
        return std::nullopt;
    if (const auto fits = check_size("sid", *sid, longest_sid); !fits)
        return std::unexpected(fits.error());
    if (const auto fits = check_size("iss", *iss, longest_iss); !fits)
        return std::unexpected(fits.error());
    front_channel_logout call;
    if (*iss)
        call.issuer = issuer(**std::move(iss));
    call.sid = std::move(*sid);
    return call;
}

} // namespace sekisho::oidc

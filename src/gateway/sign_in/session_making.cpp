// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/session_making.hpp"

#include "access/step_up.hpp"

#include <array>
#include <utility>

namespace sekisho::gateway
{

void keep_tokens(session::session& into, received_tokens from, const session_making& by, time_point now)
{
    if (by.id_token != keep::no && by.id_token != keep::apart && !from.id_token.empty())
        into.id_token = secret(std::move(from.id_token));
    if (!from.access_token.empty())
        into.tokens_end = from.expires_in ? std::optional(now + *from.expires_in) : std::nullopt;
    if (by.access_token != keep::no && !from.access_token.empty())
        into.access_token = std::move(from.access_token);
    if (by.refresh_token != keep::no && !from.refresh_token.empty())
        into.refresh_token = std::move(from.refresh_token);
    if (!from.scope.empty())
        into.scope = access::those_in(from.scope, by.scopes);
}

std::optional<lighter_session> lighter(const session::session& value, const session_making& by)
{
    struct piece
    {
        keep wanted;
        secret session::session::* token;
        std::string_view name;
    };
    const std::array pieces{
        piece{by.id_token, &session::session::id_token, "id_token"},
        piece{by.access_token, &session::session::access_token, "access_token"},
        piece{by.refresh_token, &session::session::refresh_token, "refresh_token"},
    };
    for (const auto& each : pieces)
        if (each.wanted == keep::if_it_fits && !(value.*each.token).empty())
        {
            lighter_session made{value, each.name};
            made.value.*each.token = {};
            return made;
        }
    return std::nullopt;
}

} // namespace sekisho::gateway

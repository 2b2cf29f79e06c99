// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/provider_ending.hpp"

namespace sekisho::gateway
{

session::ending ending_of(const meant_by_provider& whom, const session::lifetimes& limits, time_point now)
{
    // Our own clock: with the provider's, which may be behind, a session of the last minute would stay.
    return {
        .what = whom.sid.empty() ? session::ends::subject : session::ends::sid,
        .issuer = std::string(whom.issuer),
        .value = std::string(whom.sid.empty() ? whom.subject : whom.sid),
        .at = now,
        .until = now + limits.longest()
    };
}

std::string_view kind_of(const session::ending& what) noexcept
{
    return what.what == session::ends::sid ? "sid" : "sub";
}

} // namespace sekisho::gateway

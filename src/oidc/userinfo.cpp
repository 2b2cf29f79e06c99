// SPDX-License-Identifier: Apache-2.0
#include "oidc/userinfo.hpp"

#include "oidc/foreign.hpp"

#include <string>

namespace sekisho::oidc
{
namespace
{

constexpr std::string_view where = "userinfo";

} // namespace

http::owned_fields userinfo_fields(const secret& access_token)
{
    return {
        {"Authorization", "Bearer " + std::string(access_token.reveal())}, {"Accept", "application/json"}
    };
}

result<claims>
parse_userinfo(int status, std::string_view content_type, std::string_view body, const subject& expected)
{
    if (status != 200)
        return fail(
            errc::oidc_userinfo_failure, where, "the endpoint answered with status " + std::to_string(status)
        );
    if (content_type.starts_with("application/jwt"))
        return fail(
            errc::oidc_userinfo_failure,
            where,
            "the answer is signed or encrypted (application/jwt); have the provider send plain JSON to this "
            "client"
        );
    const auto parsed = claims::parse(body, where);
    if (!parsed)
        return translated(parsed.error(), errc::oidc_userinfo_failure, where);
    const auto named = parsed->subject();
    if (named.empty() || expected.empty() || named != expected)
        return fail(
            errc::oidc_userinfo_failure,
            "userinfo.sub",
            named.empty() ? "is missing, empty or not a text" : "is not the sub of the ID token (Core 5.3.2)"
        );
    return *parsed;
}

claims merge(const claims& id_token, const claims& userinfo) { return id_token.with_missing_from(userinfo); }

} // namespace sekisho::oidc

// SPDX-License-Identifier: Apache-2.0
#include "oidc/address.hpp"

#include "oidc/foreign.hpp"

namespace sekisho::oidc
{

result<url> parse_address(std::string_view text, transport rule, std::string_view where)
{
    auto parsed = url::parse(text);
    if (!parsed)
        return fail(
            errc::value_malformed, where, in_quotes(text) + " is not usable: " + parsed.error().detail
        );
    if (!parsed->is_https() && !parsed->is_loopback() && rule != transport::plain_http_allowed)
        return fail(
            errc::value_malformed,
            where,
            in_quotes(text) + " is plain http: use https, or set oidc.allow_http in a closed test network"
        );
    return parsed;
}

} // namespace sekisho::oidc

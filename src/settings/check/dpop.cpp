// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"
#include "settings/effective.hpp"
#include "settings/spelling.hpp"

#include <string>
#include <utility>

namespace sekisho::settings
{
namespace
{

// Only what the token endpoint gives is bound (RFC 9449, 5); what comes through the browser never is.
bool has_unbound_token(auth_method of)
{
    return of == auth_method::code_token || of == auth_method::code_id_token_token ||
           of == auth_method::id_token_token;
}

void refuse_what_binds_nothing(provider_examination& about)
{
    const auto& oidc = about.oidc();
    if (is_oauth_only(oidc))
        about.refuse("dpop_key", "cannot be used: GitHub and GitLab bind no tokens to keys");
    if (oidc.auth_method == auth_method::implicit)
        about.refuse(
            "dpop_key",
            "has nothing to bind: implicit (" + about.path("auth_method") +
                ") gives no access token; use pkce"
        );
    if (has_unbound_token(oidc.auth_method))
        about.refuse(
            "dpop_key",
            "cannot bind the access token that comes through the browser with " + about.path("auth_method") +
                " " + spelling<auth_method>::print(oidc.auth_method) + "; use pkce"
        );
    if (oidc.userinfo_token != token_place::header)
        about.refuse(
            "dpop_key",
            "needs " + about.path("userinfo_token") + " header: a bound token is taken nowhere else"
        );
}

void check_file(provider_examination& about)
{
    const auto& oidc = about.oidc();
    for (const auto& [name, file] :
         {std::pair("signing_key", oidc.signing_key), std::pair("decryption_key", oidc.decryption_key)})
        if (oidc.dpop_key == file)
            about.refuse(
                "dpop_key", "is also " + about.path(name) + "; one key has one use: make one for each"
            );
}

// Who gets the token and cannot use it.
void warn_of_others(provider_examination& about)
{
    const auto& oidc = about.oidc();
    const auto& identity = about.values().identity;
    if (oidc.groups_from == group_source::microsoft || oidc.groups_from == group_source::gitlab)
        about.warn(
            "dpop_key",
            "binds the access token to our key, and " + about.path("groups_from") +
                " shows that token as a Bearer token: an interface that keeps to RFC 9449 refuses it, and "
                "with "
                "it the sign-in (oidc_directory_failure)"
        );
    if (!identity.access_token_header.empty() || identity.authorization == authorization::access_token)
        about.warn(
            "dpop_key",
            "binds the access token to our key: the application gets it (" +
                std::string(
                    identity.access_token_header.empty() ? "identity.authorization"
                                                         : "identity.access_token_header"
                ) +
                ") and can read it, but not use it at an interface, because it has no key to prove it with"
        );
}

} // namespace

void check_dpop(provider_examination& about)
{
    if (about.oidc().dpop_key.empty())
        return;
    refuse_what_binds_nothing(about);
    check_file(about);
    warn_of_others(about);
}

} // namespace sekisho::settings

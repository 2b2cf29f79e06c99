// SPDX-License-Identifier: Apache-2.0
#include "provider/configuration.hpp"

namespace sekisho::provider
{

bool has_no_keys(const configuration& what) noexcept
{
    return what.protocol == protocol::oauth2 || what.signature == signature_need::believed_for_tls;
}

oidc::key_place place_of_keys(const configuration& what) noexcept
{
    if (what.reach.keys || has_no_keys(what)) // given, or nothing to verify
        return oidc::key_place::elsewhere;
    return what.reach.key_signers ? oidc::key_place::signed_set : oidc::key_place::in_metadata;
}

} // namespace sekisho::provider

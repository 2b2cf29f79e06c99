// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a provider says about a person beside its tokens and UserInfo: groups that no token holds, or, without
// an ID token (OAuth 2.0), who the person is at all. src/directory has the ways there are.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "net/task.hpp"
#include "oidc/claims.hpp"

namespace sekisho::provider
{

class completion
{
public:
    virtual ~completion() = default;
    // On `home`. The known claims and what was found; `access_token` is the sign-in's, empty: there is none.
    // `known` is verified and has `iss` and `sub`, which stay as they are; with protocol::oauth2 it is empty
    // and the answer must have both, `iss` as it is configured. An error ends the sign-in: what could not be
    // found out is never taken for nothing.
    virtual net::task<result<oidc::claims>> complete(oidc::claims known, secret access_token) = 0;
};

} // namespace sekisho::provider

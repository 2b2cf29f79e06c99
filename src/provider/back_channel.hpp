// SPDX-License-Identifier: Apache-2.0
#pragma once
// What we say to the provider behind the browser's back. Each call is made once: a code is good for one
// attempt.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "net/task.hpp"
#include "oidc/claims.hpp"
#include "oidc/metadata.hpp"
#include "oidc/names.hpp"
#include "oidc/token_request.hpp"
#include "oidc/token_response.hpp"
#include "provider/caller.hpp"
#include "provider/configuration.hpp"

#include <memory>

namespace sekisho::provider
{

class back_channel
{
public:
    back_channel(const configuration& what, caller& calls) : what_(what), calls_(calls) {}

    // On `home`. Errors: oidc_code_exchange_failure, oidc_code_exchange_token_missing.
    net::task<result<oidc::token_response>>
    redeem(std::shared_ptr<const oidc::metadata> metadata, oidc::code_grant grant);

    // On `home`. Error: oidc_userinfo_failure, also when the answer is about somebody else.
    net::task<result<oidc::claims>>
    userinfo(std::shared_ptr<const oidc::metadata> metadata, secret access_token, oidc::subject expected);

private:
    const configuration& what_;
    caller& calls_;
};

} // namespace sekisho::provider

// SPDX-License-Identifier: Apache-2.0
#include "session/sign_in.hpp"

#include "oidc/pkce.hpp"

namespace sekisho::session
{

sign_in start_sign_in(oidc::flow method, time_point now, crypto::random_source& random)
{
    sign_in value;
    value.state = oidc::state(random.token(256));
    value.nonce = oidc::nonce(random.token(256));
    if (oidc::uses_pkce(method))
        value.code_verifier = oidc::make_code_verifier(random);
    value.method = method;
    value.created = now;
    return value;
}

} // namespace sekisho::session

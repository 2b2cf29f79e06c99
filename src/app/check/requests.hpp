// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether requests for sign-in go to a provider, and answers come back, in the way that it announces. Pure.

#include "app/check/finding.hpp"
#include "base/time.hpp"
#include "oidc/authorization_request.hpp"
#include "oidc/key_set.hpp"
#include "oidc/metadata.hpp"
#include "provider/configuration.hpp"

namespace sekisho::app
{

// Of response_modes_supported; of a plain form_post with tokens oidc::doubts() knows already.
check_findings judge_response_mode(const oidc::metadata& metadata, oidc::flow flow, oidc::response_mode mode);

// Pushed and signed requests.
check_findings judge_requests(const oidc::metadata& metadata, const provider::configuration& what);

// Whether requests that are to be encrypted can be, with these keys of the provider's; empty: they are not to
// be.
check_findings judge_request_encryption(
    const oidc::key_set& keys,
    const oidc::metadata& metadata,
    const provider::configuration& what,
    time_point now
);

} // namespace sekisho::app

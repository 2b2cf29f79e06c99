// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether requests for sign-in go to a provider, and answers come back, in the way that it announces. Pure.

#include "app/check_finding.hpp"
#include "oidc/authorization_request.hpp"
#include "oidc/metadata.hpp"
#include "provider/configuration.hpp"

namespace sekisho::app
{

// Of response_modes_supported; of a plain form_post with tokens oidc::doubts() knows already.
check_findings judge_response_mode(const oidc::metadata& metadata, oidc::flow flow, oidc::response_mode mode);

// Pushed and signed requests.
check_findings judge_requests(const oidc::metadata& metadata, const provider::configuration& what);

} // namespace sekisho::app

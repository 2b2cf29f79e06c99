// SPDX-License-Identifier: Apache-2.0
#pragma once
// The end of a sign-in that was begun on the test page: what would have become of it, and the report. Pure.

#include "access/administrators.hpp"
#include "access/policy.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "http/head.hpp"
#include "identity/header_config.hpp"
#include "oidc/authorization_request.hpp"
#include "oidc/metadata.hpp"
#include "pages/page.hpp"
#include "provider/configuration.hpp"
#include "provider/journal.hpp"
#include "session/session.hpp"
#include "session/sign_in.hpp"

namespace sekisho::gateway
{

// The request that began the sign-in, in the way in which it goes to this provider.
void note_authorization_request(
    provider::journal& into,
    const provider::configuration& to,
    const oidc::metadata& metadata,
    const oidc::authorization_request& sent
);

// Whom the session would belong to.
void note_person(provider::journal& into, const session::session& made);

// What the application would get. Error: as identity::render().
result<void>
note_headers(provider::journal& into, const session::session& made, const identity::header_config& config);

// What each rule would say to this session.
void note_rules(
    provider::journal& into,
    const session::session& made,
    const access::policy& policy,
    const access::administrators& administrators,
    time_point now
);

// The page, with the report in JSON inside. `outcome`: the session that would have been made, or why none.
http::response test_report(
    const pages::setting& with,
    const provider::journal& record,
    const session::sign_in& begun,
    const result<session::session>& outcome,
    time_point now
);

} // namespace sekisho::gateway

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Microsoft Graph as data: when it has to be asked for groups, what is asked, what its answers mean. Pure.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/url.hpp"
#include "directory/lookup.hpp"
#include "directory/page.hpp"
#include "http/fields.hpp"
#include "oidc/claims.hpp"

namespace sekisho::directory
{

// Whether Entra left the groups out of the token because they are too many: `_claim_names.groups` (more than
// 200), or `hasgroups` (more than 6, implicit).
bool has_too_many_groups(const oidc::claims& known);

// The list of all groups somebody is in, groups within groups included, for whom the access token was issued.
// `base` is Graph's origin ("https://graph.microsoft.com"; other clouds have another). The address that the
// token itself names in `_claim_sources` is never used: it is a retired API, and a token's word is no reason
// to send an access token anywhere.
result<url> graph_groups_address(const url& base);
http::owned_fields graph_fields(const secret& access_token);

// The object ids, as the token would have had them, and @odata.nextLink.
result<page> read_graph_groups(const net::incoming_response& answer, const url& asked);

// What Graph's refusals mean for the registration.
extern const dialect graph_dialect;

} // namespace sekisho::directory

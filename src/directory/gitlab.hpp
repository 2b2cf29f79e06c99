// SPDX-License-Identifier: Apache-2.0
#pragma once
// GitLab's REST API as data: the groups somebody is a member of, and, without OpenID Connect, who they are.
// Pure.

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "directory/lookup.hpp"
#include "directory/page.hpp"
#include "http/fields.hpp"
#include "oidc/names.hpp"

namespace sekisho::directory
{

http::owned_fields gitlab_fields(const secret& access_token);

// Below `base`, GitLab's own address ("https://gitlab.com", "https://HOST/gitlab").
result<url> gitlab_user_address(const url& base);
// Those with at least the access level Guest: without that, an administrator's list has every group there is.
result<url> gitlab_groups_address(const url& base);

// GET /user as claims: `sub` the id, as GitLab's own ID tokens have it, `preferred_username`, `name`, `email`
// with `email_verified` when it was confirmed, `picture`, `profile`. Error: oidc_directory_failure, also for
// an account that is not active.
result<json> read_gitlab_user(const net::incoming_response& answer, const oidc::issuer& issuer);
// The groups' full paths ("staff/tokyo").
result<page> read_gitlab_groups(const net::incoming_response& answer, const url& asked);

extern const dialect gitlab_dialect;

} // namespace sekisho::directory

// SPDX-License-Identifier: Apache-2.0
#pragma once
// GitHub's REST API as data: who somebody is, by OAuth 2.0 without an ID token. Pure.

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "directory/lookup.hpp"
#include "directory/page.hpp"
#include "http/fields.hpp"
#include "oidc/names.hpp"

#include <cstdint>
#include <string>

namespace sekisho::directory
{

http::owned_fields github_fields(const secret& access_token);

// GET /user as claims: `sub` the id (the login can be given up and be somebody else's tomorrow),
// `preferred_username` the login, `name`, `picture`, `profile`. The address in it is what people choose to
// show, so `email` comes from the next one. Error: oidc_directory_failure.
result<json> read_github_user(const net::incoming_response& answer, const oidc::issuer& issuer);
// GET /user/emails: the address that is primary and verified; none otherwise.
result<page> read_github_emails(const net::incoming_response& answer, const url& asked);
// GET /user/orgs: "org".
result<page> read_github_organisations(const net::incoming_response& answer, const url& asked);
// GET /user/teams: "org/team", both as they are written in addresses.
result<page> read_github_teams(const net::incoming_response& answer, const url& asked);

enum class github_groups : std::uint8_t
{
    wanted,
    unwanted,
};

// What X-OAuth-Scopes (of an OAuth app's token; a GitHub App's has none) lacks. GitHub answers a token
// without read:org with a shorter list and no error. Error: oidc_directory_failure.
result<void> check_github_scopes(const net::incoming_response& answer, github_groups groups);

// The organisations of which an answer keeps quiet because the person has no single sign-on session there
// (X-GitHub-SSO: partial-results); empty: it is complete.
std::string github_hidden_organisations(const net::incoming_response& answer);

extern const dialect github_dialect;

} // namespace sekisho::directory

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which claims make a person, and what becomes of their values: as it is written, nothing parsed yet.

#include "identity/group_name.hpp"
#include "identity/header_config.hpp"
#include "identity/username.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sekisho::identity
{

enum class email_policy : std::uint8_t
{
    optional,
    required, // without an address: oidc_missing_email_claim
};

enum class verification_policy : std::uint8_t
{
    required,   // an address must be verified
    if_present, // an address must be verified when the provider says anything about it
    ignored,
};

// Whether the text "true" is as good as the boolean: Amazon Cognito's UserInfo sends it so.
enum class verification_text : std::uint8_t
{
    is_nothing,
    counts,
};

// What to do when the provider sends a pointer instead of a person's groups because there are too many
// (`_claim_names`, `hasgroups`: OIDC Core 5.6.2).
enum class group_overage : std::uint8_t
{
    refused, // oidc_identity_unusable: "no groups" would be a wrong answer
    ignored,
};

// Entries as identity/claim_path reads them; the first that holds a usable value wins. Empty: not wanted.
using claim_names = std::vector<std::string>;

struct extra_claim
{
    std::string header; // the request header it goes to
    claim_names claims;
};

struct mapping_config
{
    claim_names user = {"sub"};
    claim_names username = {"preferred_username"};
    claim_names email = {"email"};
    claim_names name = {"name"};
    claim_names groups = {"groups"};
    claim_names roles = {"roles", "realm_access.roles"};
    claim_names picture = {"picture"};
    std::vector<extra_claim> extra;

    std::vector<std::string> lowercase; // of "user", "username", "email", "groups", "roles"
    std::string username_pattern;       // as identity/pattern reads it; empty: none
    std::string username_replacement;
    username_rule username_rules = username_rule::any;
    bool username_suffix = false; // identity/username_suffix behind every user name

    // In this order: delimiter, path, lower case, include, exclude, prefix.
    std::string group_delimiter; // splits a group claim that is one text; empty: it is one group
    path_groups group_paths = path_groups::keep;
    std::vector<std::string> groups_include; // as identity/group_filter reads them; empty: all
    std::vector<std::string> groups_exclude;
    std::string group_prefix; // taken off each group that has it and more; empty: none
    group_overage overage = group_overage::refused;

    email_policy email_need = email_policy::optional;
    verification_policy verification = verification_policy::if_present;
    std::string verification_claim = "email_verified";
    verification_text verification_as = verification_text::is_nothing;
};

// What is wrong with the configuration, each as a sentence naming the value. Empty: nothing.
std::vector<std::string> problems(const mapping_config& config);

// Chains of paths, as oidc::claims::find takes them, that a person needs; names, roles and pictures only when
// a header carries them. For asking UserInfo when one of them has nothing in the ID token. What is looked for
// in the access token is not among them.
std::vector<std::vector<std::string>>
wanted_claims(const mapping_config& config, const header_config& headers);

// Whether an entry looks into the access token: one that must find it readable, or one that need not ("?") of
// a value that a person needs or a header carries.
bool reads_access_token(const mapping_config& config, const header_config& headers);

} // namespace sekisho::identity

// SPDX-License-Identifier: Apache-2.0
#pragma once
// A mapping_config, parsed: what identity/mapping works with.

#include "identity/claim_list.hpp"
#include "identity/claim_path.hpp"
#include "identity/group_filter.hpp"
#include "identity/mapping_config.hpp"
#include "identity/username.hpp"

#include <optional>
#include <string>
#include <vector>

namespace sekisho::identity
{

struct extra_chain
{
    std::string header;
    claim_chain claims;
};

struct lower_casing
{
    bool user = false;
    bool username = false;
    bool email = false;
    bool groups = false;
    bool roles = false;
};

struct mapping_rules
{
    claim_chain user;
    claim_chain username;
    claim_chain email;
    claim_chain name;
    claim_chain groups;
    claim_chain roles;
    claim_chain picture;
    std::vector<extra_chain> extra;
    lower_casing lower;
    std::optional<username_rewrite> rewrite;
    username_rule name_rule = username_rule::any;
    bool has_suffix = false;
    list_reading group_reading;
    path_groups group_paths = path_groups::keep;
    group_filter include; // empty: all
    group_filter exclude;
    std::string group_prefix;
    group_overage overage = group_overage::refused;
    email_policy email_need = email_policy::optional;
    verification_policy verification = verification_policy::if_present;
    std::string verification_claim;
    verification_text verification_as = verification_text::is_nothing;
};

struct parsed_rules
{
    mapping_rules rules;
    std::vector<std::string> problems; // empty: the rules are whole
};

parsed_rules parse_rules(const mapping_config& config);

} // namespace sekisho::identity

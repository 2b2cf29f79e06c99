// SPDX-License-Identifier: Apache-2.0
#include "identity/mapping_rules.hpp"

#include <string_view>
#include <utility>

namespace sekisho::identity
{
namespace
{

enum class chain_kind
{
    one_text,
    list,
};

class parser
{
public:
    claim_chain chain(std::string_view what, const claim_names& names, chain_kind kind)
    {
        claim_chain made;
        for (const auto& name : names)
        {
            auto path = claim_path::parse(name);
            if (!path)
                note(what, path.error().detail);
            else if (kind == chain_kind::one_text && is_of_lists(*path))
                note(what, "\"" + name + "\" is of a list, and this is one text");
            else
                made.push_back(*std::move(path));
        }
        return made;
    }

    group_filter filter(std::string_view what, const std::vector<std::string>& entries)
    {
        return or_note(what, group_filter::parse(entries)).value_or(group_filter());
    }

    std::optional<username_rewrite> rewrite(const std::string& expression, const std::string& replacement)
    {
        if (expression.empty())
        {
            if (!replacement.empty())
                note("the user name's replacement", "has no pattern beside it");
            return std::nullopt;
        }
        auto compiled = or_note("the user name's pattern", pattern::compile(expression));
        if (!compiled)
            return std::nullopt;
        if (auto checked = compiled->check_replacement(replacement); !checked)
            note("the user name's replacement", checked.error().detail);
        return username_rewrite{*std::move(compiled), replacement};
    }

    lower_casing lower(const std::vector<std::string>& names)
    {
        lower_casing made;
        for (const auto& name : names)
            if (name == "user")
                made.user = true;
            else if (name == "username")
                made.username = true;
            else if (name == "email")
                made.email = true;
            else if (name == "groups")
                made.groups = true;
            else if (name == "roles")
                made.roles = true;
            else
                note("lower case", "\"" + name + "\" is none of user, username, email, groups, roles");
        return made;
    }

    void note(std::string_view what, std::string_view fault)
    {
        problems_.push_back(std::string(what).append(": ").append(fault));
    }
    std::vector<std::string> finish() { return std::move(problems_); }

private:
    static bool is_of_lists(const claim_path& path)
    {
        return !path.member.empty() || path.form != element_form::whole;
    }

    template <class T>
    std::optional<T> or_note(std::string_view what, result<T> made)
    {
        if (made)
            return *std::move(made);
        note(what, made.error().detail);
        return std::nullopt;
    }

    std::vector<std::string> problems_;
};

} // namespace

parsed_rules parse_rules(const mapping_config& config)
{
    parser read;
    mapping_rules made;
    made.user = read.chain("the user id's claims", config.user, chain_kind::one_text);
    made.username = read.chain("the user name's claims", config.username, chain_kind::one_text);
    made.email = read.chain("the e-mail address's claims", config.email, chain_kind::one_text);
    made.name = read.chain("the name's claims", config.name, chain_kind::one_text);
    made.groups = read.chain("the groups' claims", config.groups, chain_kind::list);
    made.roles = read.chain("the roles' claims", config.roles, chain_kind::list);
    made.picture = read.chain("the picture's claims", config.picture, chain_kind::one_text);
    for (const auto& each : config.extra)
        made.extra.push_back(
            {each.header, read.chain("the claims for " + each.header, each.claims, chain_kind::list)}
        );
    if (config.user.empty())
        read.note("the user id's claims", "there is none, so nobody could sign in");
    made.lower = read.lower(config.lowercase);
    made.rewrite = read.rewrite(config.username_pattern, config.username_replacement);
    made.name_rule = config.username_rules;
    made.has_suffix = config.username_suffix;
    made.group_reading.delimiter = config.group_delimiter;
    made.group_paths = config.group_paths;
    made.include = read.filter("the groups to include", config.groups_include);
    made.exclude = read.filter("the groups to exclude", config.groups_exclude);
    made.group_prefix = config.group_prefix;
    made.overage = config.overage;
    made.email_need = config.email_need;
    made.verification = config.verification;
    made.verification_claim = config.verification_claim;
    made.verification_as = config.verification_as;
    return {std::move(made), read.finish()};
}

std::vector<std::string> problems(const mapping_config& config) { return parse_rules(config).problems; }

} // namespace sekisho::identity

// SPDX-License-Identifier: Apache-2.0
#include "identity/mapping.hpp"

#include "base/url.hpp"
#include "identity/characters.hpp"
#include "identity/claim_list.hpp"
#include "identity/claim_text.hpp"
#include "identity/email.hpp"
#include "identity/mapping_rules.hpp"
#include "identity/username_suffix.hpp"
#include "oidc/claim_sources.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace sekisho::identity
{

struct mapping::rules : mapping_rules
{
};

namespace
{

constexpr std::string_view step = "identity.mapping";

// Whether what the chain would take first was replaced by a reference that nobody followed.
bool is_replaced_by_reference(const oidc::claims& claims, const claim_chain& chain)
{
    for (const auto& path : chain)
        if (path.source == claim_source::claims)
        {
            const auto* const found = claims.find(path.path);
            if (oidc::says_something(found) && !(found->is_array() && found->empty()))
                return false;
            if (oidc::is_kept_elsewhere(claims, path.path))
                return true;
        }
    return false;
}

// One sign-in's way through the rules; each step fills its members.
class attempt
{
public:
    attempt(const claim_sources& from, const mapping_rules& rules) : from_(from), rules_(rules) {}

    result<void> read_key()
    {
        const auto& claims = from_.claims;
        who().issuer = claims.text("iss").value_or("");
        who().subject = claims.subject().str();
        // An empty one would be everybody (CVE-2026-23990).
        if (who().subject.empty())
            return fail(errc::oidc_missing_user_claim, step, "no subject in: sub");
        if (who().issuer.empty())
            return fail(errc::oidc_missing_user_claim, step, "no issuer in: iss");
        if (const auto fault = fault_of_name(who().subject); !fault.empty())
            return unusable("sub", fault);
        return {};
    }

    result<void> read_user()
    {
        auto user = first_name(from_, rules_.user);
        if (!user)
            return std::unexpected(user.error());
        if (user->claim.empty())
            return fail(
                errc::oidc_missing_user_claim, step, "no user id in: " + looked_for(from_, rules_.user)
            );
        who().user = in_case(std::move(user->value), rules_.lower.user);
        return {};
    }

    result<void> read_email()
    {
        who().email_state =
            read_verification(from_.claims, rules_.verification_claim, rules_.verification_as);
        auto address = first_name(from_, rules_.email);
        if (!address)
            return std::unexpected(address.error());
        if (address->claim.empty())
        {
            if (rules_.email_need == email_policy::required)
                return fail(
                    errc::oidc_missing_email_claim,
                    step,
                    "no e-mail address in: " + looked_for(from_, rules_.email)
                );
            return {};
        }
        // "a@evil.example@ok.example" belongs to whichever domain the reader splits off (CVE-2026-40574).
        if (!is_email_address(address->value))
            return unusable(address->claim, "is not an e-mail address of one clear form");
        doubt_other_address(address->value);
        if (auto verified =
                check_verification(who().email_state, rules_.verification, rules_.verification_claim);
            !verified)
            return verified;
        who().email = in_case(std::move(address->value), rules_.lower.email);
        return {};
    }

    // After user and email, which a name may be made of.
    result<void> read_username()
    {
        auto claim = first_name(from_, rules_.username);
        if (!claim)
            return std::unexpected(claim.error());
        const auto name = in_case(std::move(claim->value), rules_.lower.username);
        // Whoever chose an unverified address would choose the name.
        const bool may_use_email = who().email && who().email_state != email_verification::unverified;
        const auto email = in_case(may_use_email ? *who().email : "", rules_.lower.username);
        const auto suffix = rules_.has_suffix ? username_suffix(who().issuer, who().subject) : std::string();
        auto chosen = choose_username({name, email, who().user, suffix}, rules_.rewrite, rules_.name_rule);
        if (!chosen)
            return std::unexpected(chosen.error());
        if (const auto fault = fault_of_name(*chosen); !chosen->empty() && !fault.empty())
            return unusable(listed(rules_.username), fault);
        who().username = *std::move(chosen);
        return {};
    }

    result<void> read_for_display()
    {
        auto name = first_display_text(from_, rules_.name);
        if (!name)
            return std::unexpected(name.error());
        if (name->value.size() > max_text_size)
            leave_out(name->claim, "is longer than 1024 bytes");
        else
            who().name = std::move(name->value);
        auto picture = first_display_text(from_, rules_.picture);
        if (!picture)
            return std::unexpected(picture.error());
        if (picture->value.size() > max_picture_size)
            leave_out(picture->claim, "is longer than 2048 bytes");
        // An application may write it into a page: nothing there may run (javascript:, data:).
        else if (!picture->claim.empty() && !url::parse(picture->value))
            leave_out(picture->claim, "is not an http or https address");
        else
            who().picture = std::move(picture->value);
        return {};
    }

    result<void> read_groups()
    {
        auto groups = read_list(from_, rules_.groups, rules_.group_reading);
        if (!groups)
            return std::unexpected(groups.error());
        if (rules_.overage == group_overage::refused && is_replaced_by_reference(from_.claims, rules_.groups))
            return unusable(
                listed(rules_.groups),
                "was replaced by a reference because the person has too many groups; let the provider send "
                "only "
                "the groups assigned to the application, or set oidc.groups_from"
            );
        who().groups = chosen(*std::move(groups));
        return check_size(who().groups, "groups");
    }

    result<void> read_roles()
    {
        auto roles = read_list(from_, rules_.roles, {});
        if (!roles)
            return std::unexpected(roles.error());
        if (is_replaced_by_reference(from_.claims, rules_.roles))
            return unusable(listed(rules_.roles), "was replaced by a reference that was not followed");
        for (auto& role : *roles)
            role = in_case(std::move(role), rules_.lower.roles);
        who().roles = each_once(*std::move(roles));
        return check_size(who().roles, "roles");
    }

    result<void> read_extra()
    {
        for (const auto& wanted : rules_.extra)
        {
            auto values = read_list(from_, wanted.claims, {.form = list_form::values, .delimiter = {}});
            if (!values)
                return std::unexpected(values.error());
            if (auto fits = check_size(*values, "the values for " + wanted.header); !fits)
                return fits;
            if (!values->empty())
                who().extra.push_back({wanted.header, *std::move(values)});
        }
        return {};
    }

    mapped finish() { return std::move(made_); }

private:
    identity& who() noexcept { return made_.who; }

    static std::string in_case(std::string text, bool is_lower)
    {
        return is_lower ? lower_case(text) : std::move(text);
    }

    void leave_out(std::string_view claim, std::string_view fault)
    {
        made_.left_out.push_back(std::string("claim ").append(claim).append(" ").append(fault));
    }

    // `email_verified` is said of `email` (Core 5.1): of another address it proves nothing, though it may
    // warn.
    void doubt_other_address(const std::string& address)
    {
        const auto told = from_.claims.text("email").value_or("");
        if (who().email_state == email_verification::verified && lower_case(address) != lower_case(told))
            who().email_state = email_verification::unknown;
    }

    std::vector<std::string> chosen(std::vector<std::string> groups) const
    {
        std::vector<std::string> kept;
        for (auto& each : groups)
        {
            auto group = in_case(shortened(each, rules_.group_paths), rules_.lower.groups);
            if ((rules_.include.empty() || rules_.include.meets(group)) && !rules_.exclude.meets(group))
                kept.push_back(without_prefix(std::move(group)));
        }
        std::erase_if(kept, [](const auto& each) { return is_blank(each); }); // "/ " was a path
        return each_once(std::move(kept));
    }

    std::string without_prefix(std::string group) const
    {
        const auto& prefix = rules_.group_prefix;
        if (group.size() > prefix.size() && group.starts_with(prefix))
            group.erase(0, prefix.size());
        return group;
    }

    const claim_sources& from_;
    const mapping_rules& rules_;
    mapped made_;
};

} // namespace

mapping::mapping() : mapping(of(mapping_config()).value()) {}

mapping::mapping(std::shared_ptr<const rules> compiled) : rules_(std::move(compiled)) {}

result<mapping> mapping::of(const mapping_config& config)
{
    auto parsed = parse_rules(config);
    std::string all;
    for (const auto& each : parsed.problems)
        all.append(all.empty() ? "" : "; ").append(each);
    if (!all.empty())
        return fail(errc::value_malformed, step, std::move(all));
    auto made = std::make_shared<rules>();
    static_cast<mapping_rules&>(*made) = std::move(parsed.rules);
    return mapping(std::move(made));
}

result<mapped> mapping::map(const claim_sources& from) const
{
    attempt made(from, *rules_);
    for (const auto read :
         {&attempt::read_key,
          &attempt::read_user,
          &attempt::read_email,
          &attempt::read_username,
          &attempt::read_for_display,
          &attempt::read_groups,
          &attempt::read_roles,
          &attempt::read_extra})
        if (auto done = (made.*read)(); !done)
            return std::unexpected(done.error());
    return made.finish();
}

} // namespace sekisho::identity

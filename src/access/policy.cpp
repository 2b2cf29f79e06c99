// SPDX-License-Identifier: Apache-2.0
#include "access/policy.hpp"

#include <algorithm>

namespace sekisho::access
{

policy::policy(std::vector<rule> public_rules, std::vector<step_up_rule> step_ups)
    : public_rules_(std::move(public_rules)), step_ups_(std::move(step_ups))
{
    for (const auto& rule : step_ups_)
        for (const auto& each : rule.demand.scopes)
            if (std::ranges::find(scopes_, each) == scopes_.end())
                scopes_.push_back(each);
}

result<policy> policy::parse(const std::vector<std::string>& public_paths, std::vector<step_up_rule> step_ups)
{
    std::vector<rule> rules;
    rules.reserve(public_paths.size());
    for (const auto& text : public_paths)
    {
        auto parsed = rule::parse(text);
        if (!parsed)
            return std::unexpected(parsed.error());
        rules.push_back(*std::move(parsed));
    }
    return policy(std::move(rules), std::move(step_ups));
}

verdict policy::decide(std::string_view method, std::string_view canonical_path) const noexcept
{
    const bool is_public = std::ranges::any_of(
        public_rules_, [&](const rule& each) { return each.matches(method, canonical_path); }
    );
    return is_public ? verdict::allowed : verdict::sign_in_required;
}

const step_up* policy::unmet(
    std::string_view method, std::string_view canonical_path, const sign_in_proof& shown, time_point now
) const noexcept
{
    // Both, for a looser reading must not put a weaker rule in the place of the one that is meant.
    const auto exact = std::ranges::find_if(
        step_ups_, [&](const step_up_rule& each) { return each.path.matches(canonical_path); }
    );
    const auto loose = std::ranges::find_if(
        step_ups_, [&](const step_up_rule& each) { return each.path.may_match(canonical_path); }
    );
    for (const auto& found : {exact, loose})
        if (found != step_ups_.end() && !satisfies(shown, found->demand, now))
            return decide(method, canonical_path) == verdict::allowed ? nullptr : &found->demand;
    return nullptr;
}

const step_up_rule* policy::beginning_at(std::string_view canonical_path) const noexcept
{
    const auto found = std::ranges::find_if(
        step_ups_, [&](const step_up_rule& each) { return each.path.matches(canonical_path); }
    );
    const auto demands_nothing =
        found == step_ups_.end() || decide("GET", canonical_path) == verdict::allowed;
    return demands_nothing ? nullptr : &*found;
}

} // namespace sekisho::access

// SPDX-License-Identifier: Apache-2.0
#include "directory/known_person.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace sekisho::directory
{

person person_of(const oidc::claims& known)
{
    return {oidc::issuer(known.text("iss").value_or("")), known.subject()};
}

oidc::claims with_groups(const oidc::claims& known, const std::vector<std::string>& groups)
{
    json all = known.object();
    all["groups"] = groups;
    all.erase("hasgroups");
    if (const auto names = all.find("_claim_names"); names != all.end() && names->is_object())
    {
        names->erase("groups");
        if (names->empty())
            all.erase("_claim_names");
    }
    auto made = oidc::claims::of(std::move(all), "groups");
    return made ? std::move(*made) : known; // an object stays an object
}

} // namespace sekisho::directory

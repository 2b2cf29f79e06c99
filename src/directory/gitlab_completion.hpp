// SPDX-License-Identifier: Apache-2.0
#pragma once
// GitLab's groups beside its ID token; without one (OAuth 2.0) also who the person is.

#include "directory/answer_cache.hpp"
#include "directory/lookup.hpp"
#include "oidc/names.hpp"
#include "provider/completion.hpp"

#include <chrono>
#include <cstdint>

namespace sekisho::directory
{

enum class gitlab_groups : std::uint8_t
{
    wanted,
    unwanted,
};

struct gitlab_settings
{
    url base;            // "https://gitlab.com"
    oidc::issuer issuer; // what `iss` becomes where there is no ID token
    gitlab_groups groups = gitlab_groups::wanted;
    lookup_limits limits{};
    std::chrono::milliseconds cache_life = std::chrono::minutes(5); // of groups; 0: none
};

class gitlab_completion final : public provider::completion
{
public:
    gitlab_completion(std::string provider_name, provider::services with, gitlab_settings what);

    // `known` without `sub`: the person is asked for as well.
    net::task<result<oidc::claims>> complete(oidc::claims known, secret access_token) override;

private:
    net::task<result<oidc::claims>> person(lookup& asking);
    net::task<result<oidc::claims>> completed_groups(lookup& asking, oidc::claims known);

    gitlab_settings what_;
    api api_;
    answer_cache cache_; // home only
};

} // namespace sekisho::directory

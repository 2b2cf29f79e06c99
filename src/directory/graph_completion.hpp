// SPDX-License-Identifier: Apache-2.0
#pragma once
// Entra's people who are in more groups than a token holds: Microsoft Graph has them all.

#include "directory/answer_cache.hpp"
#include "directory/lookup.hpp"
#include "provider/completion.hpp"

#include <chrono>

namespace sekisho::directory
{

struct graph_settings
{
    url base; // "https://graph.microsoft.com"
    lookup_limits limits{};
    std::chrono::milliseconds cache_life = std::chrono::minutes(5); // 0: none
};

class graph_completion final : public provider::completion
{
public:
    graph_completion(std::string provider_name, provider::services with, graph_settings what);

    // Claims that hold all groups stay as they are, without a call.
    net::task<result<oidc::claims>> complete(oidc::claims known, secret access_token) override;

private:
    net::task<result<std::vector<std::string>>> ask(secret access_token);

    graph_settings what_;
    api api_;
    answer_cache cache_; // home only
};

} // namespace sekisho::directory

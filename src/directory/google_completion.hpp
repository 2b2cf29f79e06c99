// SPDX-License-Identifier: Apache-2.0
#pragma once
// Groups of Google Workspace, which no token has: asked for by a service account at every sign-in.

#include "directory/answer_cache.hpp"
#include "directory/lookup.hpp"
#include "directory/service_account.hpp"
#include "provider/completion.hpp"

#include <chrono>
#include <string>

namespace sekisho::directory
{

struct google_settings
{
    url base; // "https://admin.googleapis.com"
    service_account account;
    std::string actor; // the administrator it acts for
    lookup_limits limits{};
    std::chrono::milliseconds cache_life = std::chrono::minutes(5); // of groups; 0: none
};

class google_completion final : public provider::completion
{
public:
    google_completion(std::string provider_name, provider::services with, google_settings what);

    // The sign-in's own access token is not used.
    net::task<result<oidc::claims>> complete(oidc::claims known, secret access_token) override;

private:
    net::task<result<secret>> token();
    net::task<result<granted_token>> fetch_token();
    net::task<result<std::vector<std::string>>> ask(oidc::subject who);

    google_settings what_;
    api api_;
    // Home only.
    answer_cache cache_;
    secret token_; // empty: none
    provider::steady_time token_end_;
};

} // namespace sekisho::directory

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Signing in at GitHub: its API says who the person is and which organisations and teams they are in.

#include "directory/github.hpp"
#include "directory/lookup.hpp"
#include "oidc/names.hpp"
#include "provider/completion.hpp"

namespace sekisho::directory
{

struct github_settings
{
    url base;            // "https://api.github.com"; of a server of one's own "https://HOST/api/v3"
    oidc::issuer issuer; // what `iss` becomes: "https://github.com"
    github_groups groups = github_groups::wanted;
    lookup_limits limits{};
};

class github_completion final : public provider::completion
{
public:
    github_completion(std::string provider_name, provider::services with, github_settings what);

    // `known` has nothing: GitHub gives no ID token.
    net::task<result<oidc::claims>> complete(oidc::claims known, secret access_token) override;

private:
    net::task<result<json>> person(lookup& asking);
    net::task<result<std::vector<std::string>>> groups(lookup& asking);
    net::task<result<std::vector<std::string>>> list(lookup& asking, std::string path, page_reader read);

    github_settings what_;
    api api_;
};

} // namespace sekisho::directory

// link: directory
// SPDX-License-Identifier: Apache-2.0
// Whatever an API answers, an access token stays on the origin that was asked and no entry is empty.
#include "base/encoding.hpp"
#include "base/json.hpp"
#include "directory/github.hpp"
#include "directory/gitlab.hpp"
#include "directory/google.hpp"
#include "directory/graph.hpp"
#include "directory/reason.hpp"
#include "directory/service_account.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

namespace
{

using namespace sekisho;

void hold(const result<directory::page>& got, const url& asked)
{
    if (!got)
        return;
    if (got->next && !same_origin(*got->next, asked))
        std::abort();
    for (const auto& each : got->values)
        if (each.empty())
            std::abort();
}

} // namespace

// The first line is the Link field, the rest the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = as_text(std::as_bytes(std::span(data, size)));
    const auto line = text.substr(0, text.find('\n'));
    net::incoming_response answer{
        200, {{"Link", std::string(line)}, {"X-OAuth-Scopes", std::string(line)}}, {}
    };
    answer.body = text.substr(std::min(line.size() + 1, text.size()));
    const auto asked = url::parse("https://api.example/list?x=1").value();
    for (const auto read :
         {directory::read_graph_groups,
          directory::read_github_emails,
          directory::read_github_organisations,
          directory::read_github_teams,
          directory::read_gitlab_groups})
        hold(read(answer, asked), asked);
    hold(directory::google_groups_reader(asked)(answer, asked), asked);
    const oidc::issuer issuer("https://api.example");
    for (const auto& user :
         {directory::read_github_user(answer, issuer), directory::read_gitlab_user(answer, issuer)})
        if (user && (*user)["sub"].get<std::string>().empty())
            std::abort();
    (void)directory::check_github_scopes(answer, directory::github_groups::wanted);
    (void)to_text(directory::reason_of(answer.body));
    (void)directory::read_granted_token(answer.body);
    return 0;
}

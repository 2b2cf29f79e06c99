// SPDX-License-Identifier: Apache-2.0
#include "app/composition/directory.hpp"
#include "crypto/signing_key.hpp"
#include "directory/github_completion.hpp"
#include "directory/gitlab_completion.hpp"
#include "directory/google_completion.hpp"
#include "directory/graph_completion.hpp"
#include "support/catch.hpp"
#include "unit/directory/fixture.hpp"

#include <nlohmann/json.hpp>

using namespace sekisho;
using settings::group_source;
using settings::preset;

namespace
{

struct fixture : test::directory_fixture
{
    settings::oidc_settings from;
    std::string key_file;

    result<std::unique_ptr<provider::completion>> made()
    {
        provider::configuration what;
        what.issuer = oidc::parse_issuer("https://idp.example", oidc::transport::https_or_loopback).value();
        what.protocol = app::protocol_of(from);
        const app::file_reader read = [this](const std::string& name) -> result<std::string>
        {
            if (name != "key.json")
                return fail(errc::value_malformed, "file", "no such file");
            return key_file;
        };
        return app::completion_of(from, what, services(), read);
    }
};

template <class T>
bool is(const result<std::unique_ptr<provider::completion>>& made)
{
    return made && dynamic_cast<const T*>(made->get()) != nullptr;
}

} // namespace

TEST_CASE("GitHub is OAuth 2.0, GitLab only without openid, everybody else is OpenID Connect", "[app]")
{
    using enum provider::protocol;
    const auto [which, groups, scopes, spoken] =
        GENERATE(table<preset, group_source, settings::texts, provider::protocol>({
            {preset::github, group_source::github, {"read:user"}, oauth2},
            {preset::github, group_source::claims, {"openid"}, oauth2},
            {preset::generic, group_source::github, {"read:user"}, oauth2},
            {preset::gitlab, group_source::gitlab, {"openid", "read_api"}, openid_connect},
            {preset::gitlab, group_source::gitlab, {"read_user", "read_api"}, oauth2},
            {preset::generic, group_source::claims, {"profile"}, openid_connect},
            {preset::entra, group_source::microsoft, {"openid"}, openid_connect},
        }));
    settings::oidc_settings from;
    from.preset = which;
    from.groups_from = groups;
    from.scopes = scopes;
    CHECK(app::protocol_of(from) == spoken);
}

TEST_CASE("groups come from where groups_from says", "[app]")
{
    fixture the;
    CHECK(the.made().value() == nullptr);
    the.from.groups_from = group_source::microsoft;
    CHECK(is<directory::graph_completion>(the.made()));
    the.from.groups_from = group_source::github;
    CHECK(is<directory::github_completion>(the.made()));
    the.from.groups_from = group_source::gitlab;
    CHECK(is<directory::gitlab_completion>(the.made()));
    the.from.groups_from = group_source::claims;
    the.from.preset = preset::gitlab; // with openid: the tokens and UserInfo say it all
    CHECK(the.made().value() == nullptr);
    the.from.scopes = {"read_user"};
    CHECK(is<directory::gitlab_completion>(the.made()));
    the.from.preset = preset::github;
    CHECK(is<directory::github_completion>(the.made()));
}

TEST_CASE("Google's groups need a key file and somebody to act for, each named when it is missing", "[app]")
{
    fixture the;
    the.from.groups_from = group_source::google;
    CHECK(the.made().error().where == "service_account");
    the.from.service_account = "other.json";
    CHECK(the.made().error().where == "service_account_actor");
    the.from.service_account_actor = "admin@acme.example";
    CHECK(the.made().error().detail == "no such file");
    the.from.service_account = "key.json";
    the.key_file = "{}";
    CHECK(the.made().error().where == "service_account");
    const json file{
        {"type", "service_account"},
        {"client_email", "gate@project.example"},
        {"private_key_id", "k-1"},
        {"private_key", crypto::signing_key::generate(crypto::algorithm::rs256)->private_pem().reveal()},
    };
    the.key_file = to_text(file);
    CHECK(is<directory::google_completion>(the.made()));
}

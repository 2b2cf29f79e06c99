// SPDX-License-Identifier: Apache-2.0
#include "flow/preset_house.hpp"

#include "app/composition/directory.hpp"
#include "app/composition/parts.hpp"
#include "app/composition/provider.hpp"
#include "app/composition/renewal.hpp"
#include "app/file.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <utility>

namespace sekisho::test
{
namespace
{

const std::string session_secret = "c2VraXNoby10ZXN0LXNlY3JldC1vZi0zMi1ieXRlcw";

// The files by their names, and those that are there.
app::file_reader reader_of(const settings::environment& files)
{
    return [files](const std::string& name) -> result<std::string>
    {
        if (const auto found = files.find(name); found != files.end())
            return found->second;
        return app::read_file(name);
    };
}

settings::loaded usable(const settings::sources& from, doubts any)
{
    auto made = settings::load(from);
    for (const auto& each : made.found.problems)
        FAIL(settings::to_text(each));
    if (any == doubts::none)
        for (const auto& each : made.found.warnings)
            FAIL_CHECK(settings::to_text(each));
    REQUIRE(settings::effective_providers(made.values).size() == 1);
    return made;
}

provider::configuration
configuration_of(const settings::effective_provider& from, const app::file_reader& read)
{
    auto made = app::provider_of(from, read);
    if (!made)
        FAIL(made.error().where << ": " << made.error().detail);
    return *std::move(made);
}

house_plan plan_of(const settings::loaded& what, const settings::environment& files)
{
    const auto read = reader_of(files);
    const auto from = settings::effective_providers(what.values).front();
    const auto made = configuration_of(from, read);
    auto making = app::making_of(what.values);
    app::keep_for_renewal(making, what.values.session);
    house_plan plan;
    plan.flow = made.flow;
    plan.mode = made.wishes.mode;
    plan.mapping = app::mapping_of(from);
    plan.id_token = making.id_token;
    plan.tokens = making.refresh_token == gateway::keep::no ? making.access_token : making.refresh_token;
    plan.configure = [from, read](provider::configuration& main) { main = configuration_of(from, read); };
    plan.completes = [from, read](const provider::services& with)
    {
        auto completes = app::completion_of(from.oidc, configuration_of(from, read), with, read);
        REQUIRE(completes);
        return std::move(*completes);
    };
    return plan;
}

// A comment or an empty line sets nothing.
void read_line(settings::environment& into, const std::string& line)
{
    if (line.empty() || line.front() == '#')
        return;
    const auto sign = line.find('=');
    REQUIRE(sign != std::string::npos);
    into[line.substr(0, sign)] = line.substr(sign + 1);
}

std::string without_slash(std::string path)
{
    while (path.ends_with('/'))
        path.pop_back();
    return path;
}

} // namespace

settings::sources written(std::string_view name, const settings::environment& changes)
{
    std::ifstream file(SEKISHO_SOURCE_DIR "/config/" + std::string(name) + ".env");
    REQUIRE(file);
    settings::environment variables;
    for (std::string line; std::getline(file, line);)
        read_line(variables, line);
    variables["SERVER_PUBLIC_URL"] = "https://app.example.com";
    for (const auto& [each, value] : changes)
        variables[each] = value;
    return {
        .file = {},
        .variables = std::move(variables),
        .overrides = {},
        .read_secret = [](const std::string&) { return result<std::string>(session_secret); }
    };
}

settings::sources in_yaml(std::string text)
{
    return {
        .file = settings::text_file{.name = "sekisho.yaml", .text = std::move(text)},
        .variables = {{"SESSION_SECRET", session_secret}},
        .overrides = {},
        .read_secret = {}
    };
}

void give_access_token(preset_house& at, std::string access_token)
{
    at.peer().instead["/token"] =
        [&peer = at.peer(), access_token = std::move(access_token)](const net::outgoing_request&)
    {
        return json_reply(
            {{"id_token", peer.id_token()}, {"access_token", access_token}, {"token_type", "Bearer"}}
        );
    };
}

std::string signed_by(preset_house& at, const nlohmann::json& inside)
{
    return at.peer().key.sign_with_kid(at.peer().kid, inside.dump());
}

std::string field_of(const net::outgoing_request& asked, std::string_view name)
{
    for (const auto& [field, value] : asked.fields)
        if (field == name)
            return value;
    return {};
}

fake_provider::reply always(nlohmann::json body, int status)
{
    return [body = std::move(body), status](const net::outgoing_request&)
    { return json_reply(body, status); };
}

preset_house::preset_house(const settings::sources& written, doubts any)
    : preset_house(usable(written, any), settings::environment())
{
}

preset_house::preset_house(const settings::sources& written, const settings::environment& files)
    : preset_house(usable(written, doubts::none), files)
{
}

preset_house::preset_house(const settings::loaded& what, const settings::environment& files)
    : from(settings::effective_providers(what.values).front()), here(plan_of(what, files))
{
    speak();
}

void preset_house::speak()
{
    const auto issuer =
        oidc::parse_issuer(from.oidc.issuer, oidc::transport::https_or_loopback).value().identifier.str();
    const auto address = url::parse(issuer).value();
    const auto at = address.origin();
    auto& peer = here.peer;
    peer.metadata = {
        {"issuer", issuer},
        {"authorization_endpoint", at + "/authorize"},
        {"token_endpoint", at + "/token"},
        {"userinfo_endpoint", at + "/userinfo"},
        {"jwks_uri", at + "/jwks"},
    };
    peer.claims = {
        {"iss", issuer},
        {"aud", from.oidc.client_id},
        {"sub", "s-1"},
        {"iat", opening},
        {"exp", opening + 300}
    };
    peer.userinfo = {{"sub", "s-1"}};
    peer.instead[without_slash(address.path()) + "/.well-known/openid-configuration"] =
        [&peer](const net::outgoing_request&) { return json_reply(peer.metadata); };
}

client_answer preset_house::sign_in(const std::string& at)
{
    const auto journey = here.leave(at);
    if (oidc::is_posted(here.plan.flow, here.plan.mode))
        return here.come_back(journey);
    return here.get("/oidc/callback?code=c-1&state=" + journey.state, errand::link_elsewhere);
}

nlohmann::json preset_house::person()
{
    const auto back = sign_in();
    INFO(back.body);
    REQUIRE(back.status == 303);
    return nlohmann::json::parse(here.get("/oidc/session", errand::fetch).body);
}

std::string preset_house::way_out() { return std::string(here.get("/logout").field("Location")); }

void preset_house::become_somebody_else() { here.jar = cookie_jar(); }

std::string preset_house::token_field(std::string_view name) const
{
    for (const auto& each : here.peer.requests())
        if (each.method == "POST")
            return field_of(each, name);
    return {};
}

std::string preset_house::asked_addresses() const
{
    std::string all;
    for (const auto& each : here.peer.requests())
        all.append(each.target.text()).append("\n");
    return all;
}

} // namespace sekisho::test

// SPDX-License-Identifier: Apache-2.0
#pragma once
// A house whose provider comes from settings as an administrator writes them: the example in config/, a few
// variables, the preset that is found from the issuer, and what app/composition makes of it all.

#include "flow/house.hpp"
#include "settings/effective.hpp"
#include "settings/load.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sekisho::test
{

// config/<name>.env with these variables in place of its own; an empty one takes one away.
settings::sources written(std::string_view name, const settings::environment& changes);
// One file, and a secret for the session.
settings::sources in_yaml(std::string text);

// Whether the settings may be warned about.
enum class doubts : std::uint8_t
{
    none,
    allowed,
};

class preset_house
{
public:
    // The settings must be usable and name one provider. It answers as the plainest provider of that issuer:
    // discovery, one ES256 key, an ID token with iss, aud, sub, iat and exp, no end_session_endpoint.
    explicit preset_house(const settings::sources& from, doubts any = doubts::none);
    // `files`: by their names, what settings such as OIDC_SERVICE_ACCOUNT point to.
    preset_house(const settings::sources& from, const settings::environment& files);

    fake_provider& peer() { return here.peer; }
    client_answer sign_in(const std::string& at = "/oidc/login");
    // Signs in, which must succeed, and gives what /oidc/session says.
    nlohmann::json person();
    // The address that signing out leads to; empty: it ends here.
    std::string way_out();
    // The same browser later, as somebody who never was here.
    void become_somebody_else();
    // A field of the request to the token endpoint; empty: it is not there.
    std::string token_field(std::string_view name) const;
    // The whole addresses of our requests, a line each.
    std::string asked_addresses() const;

    const settings::effective_provider from;
    house here;

private:
    preset_house(const settings::loaded& what, const settings::environment& files);
    void speak();
};

// The token endpoint gives this for an access token.
void give_access_token(preset_house& at, std::string access_token);
// A JWT of the provider.
std::string signed_by(preset_house& at, const nlohmann::json& inside);

// The value of a request's field; empty: it is not there.
std::string field_of(const net::outgoing_request& asked, std::string_view name);

// Answers in JSON, whatever is asked.
fake_provider::reply always(nlohmann::json body, int status = 200);

} // namespace sekisho::test

// SPDX-License-Identifier: Apache-2.0
#pragma once
// What `sekisho check` prints, as text for people and as JSON for scripts. Pure.

#include "app/check/finding.hpp"
#include "gateway/addresses.hpp"
#include "settings/finding.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace sekisho::app
{

// What a provider's form asks for.
struct registration
{
    std::string redirect_uri;
    std::string post_logout_redirect_uri;
    std::string front_channel_logout_uri;
    std::string back_channel_logout_uri;
    std::string initiate_login_uri;
    std::string jwks_uri{}; // empty: no key of ours signs
    std::map<std::string, std::string> other_landings{
    }; // by provider: where it sends people after a sign-out
};

// The host is "https://YOUR-HOST" when server.public_url is not set.
registration registration_of(const gateway::addresses& ours);
// The same with the address of our public keys.
registration registration_with_keys(const gateway::addresses& ours);

// The address of an oidc.sign_out_landing, which is a path of ours or an address as it is registered.
std::string landing_of(const std::string& setting, const gateway::addresses& ours);

struct check_report
{
    registration addresses;
    check_findings findings; // in the order they are to be read
};

// What there is to say about settings that must not be used.
check_report refused_report(const settings::findings& found, registration addresses);

std::size_t count(const check_report& report, check_level level);

// 0: nothing worse than a warning; status_failed: a problem; status_unusable: settings that were refused.
int status_of(const check_report& report);

// A finding says whose it is when there are several providers. Lines of at most 96 columns, unless an address
// is longer. No control characters but newlines.
std::string to_text(const check_report& report);
// {"findings": [{level, code, provider, found, meaning, advice}], "register": {…},
// "summary": {problems, warnings, notes, status}} and a newline.
std::string to_json(const check_report& report);

} // namespace sekisho::app

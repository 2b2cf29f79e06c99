// SPDX-License-Identifier: Apache-2.0
#pragma once
// Settings as the value types that the other folders take: they do not know settings, so that they can be
// read and tested alone.

#include "gateway/addresses.hpp"
#include "gateway/admission.hpp"
#include "gateway/endpoint/callback.hpp"
#include "gateway/endpoint/sign_in.hpp"
#include "identity/header_config.hpp"
#include "identity/mapping.hpp"
#include "provider/configuration.hpp"
#include "server/limits.hpp"
#include "session/cookie_config.hpp"
#include "settings/model.hpp"

#include <vector>

namespace sekisho::app
{

gateway::addresses addresses_of(const settings::model& from);
// Error: value_malformed for trusted_proxies.
result<gateway::admission_rules> admission_of(const settings::server_settings& from);
gateway::sign_in_wishes wishes_of(const settings::oidc_settings& from);
// Errors: those of identity::mapping::of.
result<gateway::session_making> making_of(const settings::model& from);
identity::header_config headers_of(const settings::identity_settings& from);
identity::mapping_config mapping_of(const settings::identity_settings& from);
// Error: value_malformed for the issuer or an algorithm.
result<provider::configuration> provider_of(const settings::model& from);
server::limits limits_of(const settings::server_settings& from);
session::cookie_config cookies_of(const settings::model& from);
// Where the browser's connection is https: by public_url, else by our own certificate.
session::transport transport_of(const settings::server_settings& from);

} // namespace sekisho::app

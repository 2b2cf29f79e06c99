// SPDX-License-Identifier: Apache-2.0
#pragma once
// How we prove ourselves to a provider: settings as the provider folder's values.

#include "base/result.hpp"
#include "oidc/client_authentication.hpp"
#include "provider/client_proofs.hpp"
#include "settings/model.hpp"

#include <optional>

namespace sekisho::app
{

// nullopt: chosen from the metadata and from what there is.
std::optional<oidc::client_authentication> authentication_of(settings::client_authentication from);

// `from` after the preset; a token_origin that is still automatic is off. Error: value_malformed at
// "oidc.signing_key_algorithm".
result<provider::client_proofs> proofs_of(const settings::oidc_settings& from);

} // namespace sekisho::app

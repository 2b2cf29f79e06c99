// SPDX-License-Identifier: Apache-2.0
#pragma once
// What every token of one provider is held against, whenever it comes.

#include "oidc/id_token.hpp"
#include "oidc/metadata.hpp"
#include "provider/configuration.hpp"

namespace sekisho::provider
{

// Without anything that belongs to one sign-in (nonce, max_age, hashes).
oidc::id_token_expectations token_expectations(const configuration& what, const oidc::metadata& metadata);

} // namespace sekisho::provider

// SPDX-License-Identifier: Apache-2.0
#pragma once
// How strongly somebody signed in, as the provider's tokens say it (Core 2, `acr`).

#include "oidc/claims.hpp"

#include <span>
#include <string>

namespace sekisho::oidc
{

// Whether the `acr` of validated claims is one of the demanded values, letter by letter. Without demands
// everything satisfies; without a text in `acr` nothing satisfies a demand: acr_values is only a wish to the
// provider (Core 3.1.2.1), so what came back has to be looked at.
bool satisfies(const claims& id_token, std::span<const std::string> acr_values);

} // namespace sekisho::oidc

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which checks of an ID token passed, from the one that failed or from the claims: they are made in a known
// order, and the first failure ends them.

#include "base/result.hpp"
#include "oidc/claims.hpp"
#include "oidc/id_token.hpp"
#include "provider/journal.hpp"

#include <cstdint>
#include <string_view>

namespace sekisho::provider
{

enum class signature_check : std::uint8_t
{
    made,
    left_out, // believed for TLS (oidc.id_token_signature)
};

struct noted_id_token
{
    std::string_view text;
    signature_check signature = signature_check::made;
};

// Writes the token and its checks into the step under way. `outcome` is what validate_id_token() said.
void note_id_token(
    journal& into,
    noted_id_token id_token,
    const oidc::id_token_expectations& expected,
    const result<oidc::claims>& outcome
);

} // namespace sekisho::provider

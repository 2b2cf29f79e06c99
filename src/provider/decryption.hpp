// SPDX-License-Identifier: Apache-2.0
#pragma once
// Takes the encryption off what a provider sends (Core 10.2 and 16.14). What is inside is verified afterwards
// like what came without: anybody can encrypt for us.

#include "base/error.hpp"
#include "base/result.hpp"
#include "crypto/decryption_key.hpp"
#include "provider/configuration.hpp"
#include "provider/decryption_keys.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::provider
{

// Where a failure is found in the log; both live forever.
struct encrypted_kind
{
    errc failure;
    std::string_view where; // "id_token.encryption"
};
inline constexpr encrypted_kind encrypted_id_token{errc::oidc_generic_token_failure, "id_token.encryption"};
inline constexpr encrypted_kind encrypted_logout_token{
    errc::oidc_generic_token_failure, "logout_token.encryption"
};
inline constexpr encrypted_kind encrypted_response{errc::oidc_generic_token_failure, "response.encryption"};
inline constexpr encrypted_kind encrypted_userinfo{errc::oidc_userinfo_failure, "userinfo.encryption"};

// What is inside a text of five parts; any other text as it is. Error: kind.failure at kind.where: there are
// no keys, the detail names the setting; it is not for them, or was changed; it is done in a way we refuse.
result<std::string> without_encryption(
    std::string text, const result<std::vector<crypto::decryption_key>>& keys, const encrypted_kind& kind
);

// The same for an ID token. Error also when configuration::encryption demands what is not there.
result<std::string>
signed_id_token(std::string id_token, const configuration& what, decryption_keys& keys, time_point now);

} // namespace sekisho::provider

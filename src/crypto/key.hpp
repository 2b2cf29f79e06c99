// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keys that verify signatures, parsed once (RFC 7517, RFC 7518, RFC 8037, RFC 9864).

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sekisho::crypto
{

enum class algorithm
{
    rs256,
    rs384,
    rs512,
    ps256,
    ps384,
    ps512,
    es256,
    es384,
    es512,
    eddsa, // with either curve (RFC 8037); the next two say which (RFC 9864)
    ed25519,
    ed448,
    hs256,
    hs384,
    hs512,
};

std::string_view name(algorithm alg) noexcept;                           // "RS256"
std::optional<algorithm> find_algorithm(std::string_view name) noexcept; // exact case
bool is_symmetric(algorithm alg) noexcept;

enum class key_kind
{
    rsa,
    ec_p256,
    ec_p384,
    ec_p521,
    ed25519,
    ed448,
    symmetric,
};

// Which kind of key an algorithm takes. EdDSA takes ed25519 and ed448.
bool goes_with(algorithm alg, key_kind kind) noexcept;

// Whether one name may stand for the other, for a key that goes with both: EdDSA and the name of its curve.
bool is_other_name(algorithm one, algorithm other) noexcept;

// Whether one of these algorithms is meant by `alg`: itself, and EdDSA by the name of its curve too.
bool allows(std::span<const algorithm> these, algorithm alg) noexcept;

// One key. Immutable and cheap to copy; may be used by several threads at once.
class verification_key
{
public:
    // Errors: value_malformed with the reason: unknown kty or crv, use other than "sig", key_ops without
    // "verify", RSA below 2048 bits or with an odd exponent problem, a point off its curve, private members
    // are ignored. "oct" keys are refused: symmetric keys come only from from_secret.
    static result<verification_key> from_jwk(const json& jwk);
    // A public key or certificate in PEM. Error: value_malformed.
    static result<verification_key> from_pem(std::string_view pem);
    // For HS256, HS384 and HS512: the UTF-8 bytes of a client secret (OpenID Connect Core 10.1).
    static verification_key from_secret(const secret& value);

    key_kind kind() const noexcept { return kind_; }
    const std::optional<std::string>& kid() const noexcept { return kid_; }
    const std::optional<algorithm>& alg() const noexcept { return alg_; } // what the JWK says it is for
    // Whether it verifies signatures of this algorithm: by its kind, and by alg() where it has one. A key for
    // EdDSA is one for the name of its curve, and the other way round (RFC 9864, 2.2).
    bool takes(algorithm alg) const noexcept;

    struct native; // EVP_PKEY or the secret's bytes
    const native& handle() const noexcept { return *native_; }

private:
    verification_key() = default;
    key_kind kind_ = key_kind::rsa;
    std::optional<std::string> kid_;
    std::optional<algorithm> alg_;
    std::shared_ptr<const native> native_;
};

} // namespace sekisho::crypto

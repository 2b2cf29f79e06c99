// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keys of ours that sign: private ones from PEM or JWK, and shared secrets (RFC 7517, RFC 7518, RFC 8037).

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/key.hpp"

#include <memory>
#include <optional>
#include <string>

namespace sekisho::crypto
{

// One key. Immutable and cheap to copy; may be used by several threads at once.
class signing_key
{
public:
    // A private key in PEM: PKCS#8, or the older forms of OpenSSL for RSA and EC. Error: value_malformed with
    // the reason: encrypted, a public key, RSA below 2048 or above 8192 bits, another kind or curve.
    static result<signing_key> from_pem(const secret& pem);
    // A private JWK with all its members (RFC 7518, 6.2.2 and 6.3.2; RFC 8037, 2). Error: value_malformed,
    // also when the private half does not belong to the public one, for a `use` other than "sig", an `alg`
    // that does not go with the key, and "oct".
    static result<signing_key> from_jwk(const json& jwk);
    // For HS256, HS384 and HS512: the UTF-8 bytes of a client secret (OpenID Connect Core 10.1).
    static signing_key from_secret(const secret& value);
    // A new key for an asymmetric algorithm; RSA with 3072 bits, EdDSA on Ed25519. Error: value_malformed
    // for a symmetric one.
    static result<signing_key> generate(algorithm alg);

    // The same key, bound to this algorithm. Error: value_malformed when it does not go with the key.
    result<signing_key> used_with(algorithm alg) const;

    key_kind kind() const noexcept { return kind_; }
    // The JWK's own; otherwise the thumbprint. Empty for secrets.
    const std::string& kid() const noexcept { return kid_; }
    const std::optional<algorithm>& alg() const noexcept { return alg_; } // what the JWK says it is for
    // What it signs with when nobody says otherwise: alg(), or RS256, the ES of its curve, EdDSA, HS256.
    algorithm usual_algorithm() const noexcept;

    // The rest is not for secrets.

    // kty with the public members, kid, use "sig", and alg unless it is an RSA key bound to none.
    json public_jwk() const;
    // The same with the private members: the whole key. Never to be logged or answered.
    json private_jwk() const;
    // PKCS#8, not encrypted.
    secret private_pem() const;
    // SHA-256 of the required public members, base64url (RFC 7638).
    std::string thumbprint() const;

    const verification_key::native& handle() const noexcept { return *native_; }

private:
    signing_key() = default;
    static result<signing_key> of(verification_key::native key);

    key_kind kind_ = key_kind::rsa;
    std::string kid_;
    std::optional<algorithm> alg_;
    std::shared_ptr<const verification_key::native> native_;
};

} // namespace sekisho::crypto

// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keys of ours that decrypt: the private halves of what a provider encrypts tokens to (RFC 7517, RFC 7518, 4;
// RFC 8037, 3.2).

#include "base/json.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/jwe_algorithm.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::crypto
{

// One key. Immutable and cheap to copy; may be used by several threads at once.
class decryption_key
{
public:
    // A private key in PEM: PKCS#8, or the older forms of OpenSSL for RSA and EC. RSA of 2048 to 8192 bits,
    // P-256, P-384, P-521 and X25519. Error: value_malformed with the reason.
    static result<decryption_key> from_pem(const secret& pem);
    // A private JWK with all its members. Error: value_malformed, also when the private half does not belong
    // to the public one, for a `use` other than "enc", and for an `alg` that we do not decrypt or that does
    // not go with the key.
    static result<decryption_key> from_jwk(const json& jwk);
    // A new key bound to this algorithm: RSA with 3072 bits, otherwise P-256.
    static result<decryption_key> generate(key_management alg);

    // The JWK's own; otherwise the thumbprint.
    const std::string& kid() const noexcept { return kid_; }
    const std::optional<key_management>& alg() const noexcept { return alg_; } // what the JWK says it is for
    // "RSA", "P-256", "P-384", "P-521" or "X25519".
    std::string_view family() const noexcept { return family_; }
    // Whether it decrypts what says so: by its kind, and by alg() where that is bound.
    bool takes(key_management alg) const noexcept;

    // kty with the public members, kid, use "enc", and alg where it is bound: without one it is good for
    // every algorithm of its kind, whichever the provider registered.
    json public_jwk() const;
    // The same with the private members: the whole key. Never to be logged or answered.
    json private_jwk() const;
    // PKCS#8, not encrypted.
    secret private_pem() const;
    // SHA-256 of the required public members, base64url (RFC 7638).
    std::string thumbprint() const;

    struct native; // the EVP_PKEY
    const native& handle() const noexcept { return *native_; }

private:
    decryption_key() = default;
    static result<decryption_key> of(native key);

    std::string kid_;
    std::optional<key_management> alg_;
    std::string_view family_;
    std::shared_ptr<const native> native_;
};

} // namespace sekisho::crypto

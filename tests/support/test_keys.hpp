// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keys that sign what the tests need signed. Straight on EVP, so that it shares no line with the verifier it
// tests.

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

namespace sekisho::test
{

// RFC 4648, 5, without padding; independent of base/encoding.
std::string base64url(std::string_view bytes);

// How a public key is presented; an empty member is left out.
struct jwk_members
{
    std::string kid = {};
    std::string use = "sig";
    std::string alg = {};
};

// One key with one algorithm (RFC 7518, 3.1; RFC 8037). Cheap to copy.
class signing_key
{
public:
    // A new key for RS*, PS*, ES*, "EdDSA" (with Ed25519), "Ed25519" or "Ed448". RSA keys have 2048 bits and
    // are the same one in the whole process, for they are slow to make.
    static signing_key make(std::string_view algorithm);
    // A new RSA key of this size, never shared.
    static signing_key make_rsa(std::string_view algorithm, unsigned int bits);
    // A new key for "EdDSA" on Ed448.
    static signing_key make_ed448();
    // HS256, HS384 or HS512 with the bytes of this text.
    static signing_key with_secret(std::string_view algorithm, std::string_view secret);
    // The same key under another algorithm's name and procedure, whether or not that makes sense of it.
    signing_key as(std::string_view algorithm) const;

    const std::string& algorithm() const { return algorithm_; }
    // The public half as one JWK; for a secret the "oct" key itself.
    std::string jwk(const jwk_members& members = {}) const;
    // A JWK Set of only this key.
    std::string jwks(const jwk_members& members = {}) const;
    std::string public_pem() const;
    std::string private_pem() const;

    // The signature alone, as a JWS has it (ECDSA: r and s).
    std::string sign_bytes(std::string_view input) const;
    // A compact JWS. The header is taken as it is: it may lie.
    std::string sign(std::string_view header, std::string_view payload) const;
    // The same with {"alg":…} and, unless empty, this kid for header.
    std::string sign_with_kid(std::string_view kid, std::string_view payload) const;

    // PS* only: a compact JWS whose salt has this many bytes instead of the digest's size.
    std::string sign_with_salt(int salt_size, std::string_view payload) const;

private:
    explicit signing_key(std::string_view algorithm) : algorithm_(algorithm) {}

    std::string algorithm_;
    std::string secret_;
    std::shared_ptr<EVP_PKEY> key_;
};

} // namespace sekisho::test

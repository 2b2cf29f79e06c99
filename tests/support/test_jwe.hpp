// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tokens encrypted for us, as a provider makes them. Straight on EVP, so that it shares no line with the
// decryption it tests.

#include <string>
#include <string_view>

namespace sekisho::test
{

struct jwe_plan
{
    std::string alg = "RSA-OAEP-256";
    std::string enc = "A256GCM";
    std::string to;            // the recipient's public key, PEM
    std::string header = "{}"; // further members, as JSON; they win over what would be there
    // What the wrong sort of sender does; empty: nothing.
    std::string content_key{}; // instead of a random one
    std::string epk{};         // instead of the sender's own, as JSON
};

// A JWE in compact form (RFC 7516, 5.1).
std::string encrypt(std::string_view plain, const jwe_plan& plan);

// A new private key in PEM: "RSA", "P-256", "P-384", "P-521", "X25519". The RSA one has 2048 bits and is the
// same in the whole process.
std::string private_pem(std::string_view family);
// The public half of a private key in PEM.
std::string public_pem(std::string_view private_pem);

} // namespace sekisho::test

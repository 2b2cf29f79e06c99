// SPDX-License-Identifier: Apache-2.0
#pragma once
// A passkey in software, and the browser around it: answers to WebAuthn ceremonies, honest or with one lie.
// Writes its own CBOR and signs straight on EVP, so that it shares no line with what it tests.

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::test
{

// What an answer says; a test changes one of them.
struct ceremony_answer
{
    std::string type{};
    std::string challenge{};
    std::string origin = "https://app.example.com";
    std::string rp_id = "app.example.com";
    std::string more_client_data{}; // ",\"crossOrigin\":true"
    unsigned flags = 0x05;          // UP and UV; attested data is added by registrations
    std::uint32_t counter = 0;
    std::string more_authenticator_data{};
    std::string format = "none";
    std::string statement = "\xa0"; // CBOR
    std::string behind{};           // the attestation object
};

class authenticator
{
public:
    // "ES256", "EdDSA" or "RS256".
    explicit authenticator(std::string_view algorithm, std::string id = "passkey-one");

    const std::string& id() const { return id_; }
    std::string cose_key() const;
    std::string client_data(const ceremony_answer& says) const;
    std::string authenticator_data(const ceremony_answer& says, bool is_new) const;
    // CBOR: the attestation object.
    std::string attestation(const ceremony_answer& says) const;
    std::string sign(const std::string& authenticator_data, const std::string& client_data) const;
    // As "packed" has it without a certificate.
    std::string self_statement(const ceremony_answer& says) const;

private:
    std::string algorithm_;
    std::string id_;
    std::shared_ptr<EVP_PKEY> key_;
};

// Pieces of CBOR.
std::string cbor_head(unsigned kind, std::uint64_t argument);
std::string cbor_octets(std::string_view data);
std::string cbor_text(std::string_view text);
std::string cbor_number(std::int64_t value);

} // namespace sekisho::test

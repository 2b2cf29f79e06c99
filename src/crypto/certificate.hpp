// SPDX-License-Identifier: Apache-2.0
#pragma once
// The certificate of a key of ours, as JOSE headers name it.

#include "base/result.hpp"
#include "crypto/signing_key.hpp"

#include <string>
#include <string_view>

namespace sekisho::crypto
{

// base64url of the digests of a certificate's DER (RFC 7515, 4.1.7 and 4.1.8).
struct certificate_thumbprints
{
    std::string x5t;      // SHA-1: providers that want it compare nothing else
    std::string x5t_s256; // SHA-256
};

// Of the certificate among these (one or more in PEM) that was made for this key, the first of several.
// Error: value_malformed: no certificate at all, or none of this key.
result<certificate_thumbprints> thumbprints_for(std::string_view certificates_pem, const signing_key& key);

// The subject of the first of these certificates, as RFC 4514 writes it ("CN=gate,O=Example"). Error:
// value_malformed: no certificate at all.
result<std::string> certificate_subject(std::string_view certificates_pem);

} // namespace sekisho::crypto

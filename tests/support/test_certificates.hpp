// SPDX-License-Identifier: Apache-2.0
#pragma once
// An authority that issues whatever certificate a test needs, good ones and bad ones.

#include <openssl/types.h>

#include <memory>
#include <string>
#include <vector>

namespace sekisho::test
{

struct certificate_request
{
    std::vector<std::string> dns_names{}; // may hold NUL
    std::vector<std::string> addresses{}; // "127.0.0.1"
    std::string common_name = "test";
    long valid_from = -3600; // seconds from now
    long valid_until = 3600;
};

struct issued_certificate
{
    std::string certificate_pem;
    std::string key_pem;
};

class test_authority
{
public:
    test_authority();
    const std::string& pem() const { return pem_; }
    issued_certificate issue(const certificate_request& wanted) const;
    // The same, signed with its own key.
    static issued_certificate issue_self_signed(const certificate_request& wanted);

private:
    std::shared_ptr<EVP_PKEY> key_;
    std::shared_ptr<X509> certificate_;
    std::string pem_;
};

} // namespace sekisho::test

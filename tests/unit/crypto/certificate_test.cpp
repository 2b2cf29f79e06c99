// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.hpp"
#include "support/catch.hpp"
#include "support/outcome.hpp"
#include "support/private_keys.hpp"
#include "support/test_certificates.hpp"

using namespace sekisho;
using crypto::signing_key;

namespace
{

signing_key vector_key()
{
    return signing_key::from_pem(secret(std::string(test::openssl_ec_pkcs8))).value();
}

} // namespace

TEST_CASE("x5t and x5t#S256 are the digests that openssl computes", "[crypto]")
{
    const auto made = crypto::thumbprints_for(test::openssl_ec_certificate, vector_key());
    REQUIRE(test::outcome(made) == "ok");
    CHECK(made->x5t == test::openssl_ec_x5t);
    CHECK(made->x5t_s256 == test::openssl_ec_x5t_s256);
}

TEST_CASE("of several certificates the one of the signing key is taken", "[crypto]")
{
    const auto other = test::test_authority::issue_self_signed({.dns_names = {"other"}});
    const auto bundle = other.certificate_pem + std::string(test::openssl_ec_certificate);
    const auto made = crypto::thumbprints_for(bundle, vector_key());
    REQUIRE(test::outcome(made) == "ok");
    CHECK(made->x5t == test::openssl_ec_x5t);
}

TEST_CASE("without a certificate of the signing key there is no thumbprint", "[crypto]")
{
    const auto other = test::test_authority::issue_self_signed({.dns_names = {"other"}});
    const auto of_another = crypto::thumbprints_for(other.certificate_pem, vector_key());
    CHECK(test::outcome(of_another) == "value_malformed at certificate");
    CHECK(test::has(test::detail(of_another), vector_key().kid()));
    const auto none = crypto::thumbprints_for("", vector_key());
    CHECK(test::has(test::detail(none), "no certificate in PEM"));
}

TEST_CASE("a certificate's subject is written as RFC 4514 writes it", "[crypto]")
{
    CHECK(crypto::certificate_subject(test::openssl_ec_certificate).value() == "CN=vector");
    CHECK_FALSE(crypto::certificate_subject("no certificate"));
}

// SPDX-License-Identifier: Apache-2.0
// Writes the lines jws_lines is tested with; each carries what is right in "expected". Fresh keys every time.
#include "base/algorithm_names.hpp"
#include "crypto/jws_sign.hpp"
#include "crypto/signing_key.hpp"
#include "support/rfc_vectors.hpp"
#include "support/test_keys.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <string>

namespace
{

using nlohmann::json;
using sekisho::test::base64url;
using sekisho::test::signing_key;

enum class expected
{
    valid,
    invalid,
};

void write(
    std::string_view id, std::string_view alg, std::string_view jwks, std::string_view jws, expected verdict
)
{
    const json line = {
        {"id", id},
        {"alg", alg},
        {"jwks", json::parse(jwks)},
        {"jws", jws},
        {"expected", verdict == expected::valid},
    };
    std::cout << line.dump() << '\n';
}

std::string keys(std::initializer_list<std::string> all)
{
    std::string out;
    for (const auto& each : all)
        out.append(out.empty() ? "" : ",").append(each);
    return "{\"keys\":[" + out + "]}";
}

// The third part replaced.
std::string resigned(const std::string& jws, const std::string& signature)
{
    return jws.substr(0, jws.rfind('.') + 1) + signature;
}

constexpr std::string_view payload = R"({"sub":"x"})";

void each_algorithm()
{
    for (const auto name : sekisho::signature_algorithms)
    {
        const std::string alg(name);
        const auto key = alg.starts_with("HS") ? signing_key::with_secret(alg, "a secret of this line")
                                               : signing_key::make(alg);
        const auto jws = key.sign_with_kid("k", payload);
        const auto changed = base64url(R"({"sub":"y"})");
        auto forged = jws;
        forged.replace(jws.find('.') + 1, changed.size(), changed);
        write(alg, alg, key.jwks(), jws, expected::valid);
        write(
            alg + " with kid and alg",
            alg,
            key.jwks({.kid = "k", .use = "sig", .alg = alg}),
            jws,
            expected::valid
        );
        write(alg + " modified payload", alg, key.jwks(), forged, expected::invalid);
        write(alg + " without signature", alg, key.jwks(), resigned(jws, ""), expected::invalid);
        write(
            alg + " kid mismatch",
            alg,
            key.jwks({.kid = "other", .use = "sig", .alg = ""}),
            jws,
            expected::invalid
        );
        write(
            alg + " for encryption",
            alg,
            key.jwks({.kid = "", .use = "enc", .alg = ""}),
            jws,
            expected::invalid
        );
        write(alg + " without keys", alg, R"({"keys":[]})", jws, expected::invalid);
    }
}

void confusions()
{
    const auto rsa = signing_key::make("RS256");
    const auto pem = signing_key::with_secret("HS256", rsa.public_pem());
    write("RSA key as HMAC secret", "HS256", rsa.jwks(), pem.sign_with_kid("", payload), expected::invalid);
    write(
        "HS256 where RS256 is allowed", "RS256", rsa.jwks(), pem.sign_with_kid("", payload), expected::invalid
    );
    write(
        "PS256 where RS256 is allowed",
        "RS256",
        rsa.jwks(),
        rsa.as("PS256").sign_with_kid("", payload),
        expected::invalid
    );
    write(
        "RS256 signed as PS256",
        "PS256",
        rsa.jwks(),
        rsa.sign(R"({"alg":"PS256"})", payload),
        expected::invalid
    );
    const auto p384 = signing_key::make("ES384");
    write(
        "ES256 with a P-384 key",
        "ES256",
        p384.jwks(),
        p384.as("ES256").sign_with_kid("", payload),
        expected::invalid
    );
    const auto none = base64url(R"({"alg":"none"})") + "." + base64url(payload) + ".";
    write("none", "none", rsa.jwks(), none, expected::invalid);
    write("none where RS256 is allowed", "RS256", rsa.jwks(), none, expected::invalid);
}

void forms()
{
    const auto key = signing_key::make("ES256");
    const auto good = key.sign_with_kid("", payload);
    const auto raw = [&](std::string_view header) { return key.sign(header, payload); };
    write("padded", "ES256", key.jwks(), good + "==", expected::invalid);
    // A signature of 64 bytes ends in a letter with four bits of nothing.
    auto non_canonical = good;
    non_canonical.back() = non_canonical.back() == 'A' ? 'B' : static_cast<char>(non_canonical.back() + 1);
    write("non-canonical base64url", "ES256", key.jwks(), non_canonical, expected::invalid);
    write("duplicate alg", "ES256", key.jwks(), raw(R"({"alg":"ES256","alg":"ES256"})"), expected::invalid);
    write("crit", "ES256", key.jwks(), raw(R"({"alg":"ES256","crit":["exp"],"exp":1})"), expected::invalid);
    write("b64", "ES256", key.jwks(), raw(R"({"alg":"ES256","b64":true})"), expected::invalid);
    write(
        "own key in the header",
        "ES256",
        signing_key::make("ES256").jwks(),
        raw(R"({"alg":"ES256","jwk":)" + key.jwk() + "}"),
        expected::invalid
    );
    write("four parts", "ES256", key.jwks(), good + ".AAAA", expected::invalid);
}

// r and s of RFC 7515, A.3, as DER instead of 64 bytes.
void der_signature()
{
    const std::string jws(sekisho::test::es256_vector.jws);
    const auto key = keys({std::string(sekisho::test::es256_vector.jwk)});
    write("RFC 7515 A.3", "ES256", key, jws, expected::valid);
    write(
        "DER instead of raw",
        "ES256",
        key,
        resigned(
            jws,
            "MEUCIA7RIVN5Y2xIPC9_FVgH1AKjsigDOvl8fheBmsMWnqZlAiEAxQoH04w8"
            "cOXY8S2vCEpUgKZlkMXyk1Cajz9_ioOjVNU"
        ),
        expected::invalid
    );
}

void sets()
{
    const auto one = signing_key::make("ES256");
    const auto two = signing_key::make("ES256");
    const auto unusable = std::string(R"({"kty":"future","kid":"x"})");
    write(
        "second of two without kid",
        "ES256",
        keys({one.jwk(), two.jwk()}),
        two.sign_with_kid("", payload),
        expected::valid
    );
    write(
        "unusable keys are skipped",
        "ES256",
        keys({unusable, "7", two.jwk()}),
        two.sign_with_kid("", payload),
        expected::valid
    );
    write(
        "kid names the other key",
        "ES256",
        keys({one.jwk({.kid = "one"}), two.jwk({.kid = "two"})}),
        two.sign_with_kid("one", payload),
        expected::invalid
    );
    const auto weak = signing_key::make_rsa("RS256", 1024);
    write("1024 bits", "RS256", weak.jwks(), weak.sign_with_kid("", payload), expected::invalid);
}

// What our own signer makes; fresh keys here too.
void ours()
{
    using namespace sekisho;
    for (const auto name : key_pair_algorithms)
    {
        const std::string alg(name);
        const auto wanted = crypto::find_algorithm(alg).value();
        static const auto rsa = crypto::signing_key::generate(crypto::algorithm::rs256).value();
        const auto key = alg.starts_with("RS") || alg.starts_with("PS")
                             ? rsa.used_with(wanted).value()
                             : crypto::signing_key::generate(wanted).value();
        const auto jws =
            crypto::sign_compact({.alg = wanted, .kid = key.kid(), .typ = "JWT"}, payload, key).value();
        const auto jwk = key.public_jwk().dump();
        write("ours " + alg, alg, keys({jwk}), jws, expected::valid);
        write("ours " + alg + " cut", alg, keys({jwk}), jws.substr(0, jws.size() - 4), expected::invalid);
    }
}

void malformed()
{
    std::cout << R"({"id":"no jws","alg":"ES256","jwks":{"keys":[]},"expected":false})" << '\n'
              << R"({"id":"keys is text","alg":"ES256","jwks":{"keys":"x"},"jws":"a.b.c","expected":false})"
              << '\n'
              << R"({"id":7,"alg":7,"jwks":7,"jws":7,"expected":false})" << '\n'
              << "not json\n"
              << "[]\n"
              << '\n';
}

} // namespace

int main()
{
    each_algorithm();
    confusions();
    forms();
    der_signature();
    sets();
    ours();
    malformed();
}

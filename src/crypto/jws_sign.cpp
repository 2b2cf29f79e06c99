// SPDX-License-Identifier: Apache-2.0
#include "crypto/jws_sign.hpp"

#include "crypto/hash.hpp"
#include "crypto/jws_algorithm.hpp"
#include "crypto/native_key.hpp"

#include <nlohmann/json.hpp>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <fmt/format.h>
#include <utility>

namespace sekisho::crypto
{
namespace
{

constexpr std::string_view step = "jws.sign";

const unsigned char* raw(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(bytes& data) { return reinterpret_cast<unsigned char*>(data.data()); }

std::unexpected<error> failed()
{
    ERR_clear_error();
    return fail(errc::internal_error, step, "OpenSSL could not sign");
}

// RFC 7518, 3.4: r and s, each of the size of the curve's order.
result<bytes> raw_of(const bytes& der, const EVP_PKEY& key)
{
    const auto* cursor = reinterpret_cast<const unsigned char*>(der.data());
    const ecdsa_signature both(d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(der.size())));
    if (!both)
        return failed();
    const auto size = (EVP_PKEY_get_bits(&key) + 7) / 8;
    bytes out(static_cast<std::size_t>(size) * 2);
    if (BN_bn2binpad(ECDSA_SIG_get0_r(both.get()), raw(out), size) != size ||
        BN_bn2binpad(ECDSA_SIG_get0_s(both.get()), raw(out) + size, size) != size)
        return failed();
    return out;
}

result<bytes> sign_evp(algorithm alg, EVP_PKEY& key, std::string_view input)
{
    const evp_digest_context context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* padding = nullptr;
    if (!context || EVP_DigestSignInit(context.get(), &padding, evp_digest_of(alg), nullptr, &key) != 1)
        return failed();
    // RFC 7518, 3.5: the salt is as long as the digest, MGF1 uses the same digest (OpenSSL's default).
    if (is_pss(alg) && (EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) != 1 ||
                        EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) != 1))
        return failed();
    std::size_t size = 0;
    if (EVP_DigestSign(context.get(), nullptr, &size, raw(input), input.size()) != 1)
        return failed();
    bytes signature(size);
    if (EVP_DigestSign(context.get(), raw(signature), &size, raw(input), input.size()) != 1)
        return failed();
    signature.resize(size); // ECDSA's DER is often shorter than it could be
    return is_ecdsa(alg) ? raw_of(signature, key) : signature;
}

} // namespace

result<bytes> sign(algorithm alg, const signing_key& key, std::string_view input)
{
    if (!goes_with(alg, key.kind()))
        return fail(
            errc::value_malformed, step, fmt::format("{} does not go with this kind of key", name(alg))
        );
    const auto& native = key.handle();
    if (!is_symmetric(alg))
        return sign_evp(alg, *native.key, input);
    // Nobody's secret is empty: it would be everybody's.
    if (native.shared_bytes.empty())
        return fail(errc::value_malformed, step, "the shared secret is empty");
    return hmac(digest_of(alg), as_bytes(native.shared_bytes.reveal()), as_bytes(input));
}

result<std::string> sign_compact(const jws_header& header, std::string_view payload, const signing_key& key)
{
    json members{{"alg", name(header.alg)}};
    const auto add = [&](const char* member, const std::string& value)
    {
        if (!value.empty())
            members[member] = value;
    };
    add("kid", header.kid);
    add("typ", header.typ);
    add("x5t", header.x5t);
    add("x5t#S256", header.x5t_s256);
    if (!header.jwk.empty())
        members["jwk"] = json::parse(header.jwk);
    auto text = base64url_encode(as_bytes(to_text(members))) + "." + base64url_encode(as_bytes(payload));
    const auto signature = sign(header.alg, key, text);
    if (!signature)
        return std::unexpected(signature.error());
    return std::move(text) + "." + base64url_encode(*signature);
}

} // namespace sekisho::crypto
